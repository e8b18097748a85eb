/** The page side as the worker sees it: read an article, mark findings, clear. Knows how to reach any open tab. */

import { PAGE_FILES } from "./page-side.js";

/**
 * @typedef {import("../lib/state.js").Scope} Scope
 * @typedef {{kind: "article", reading: number, text: string, extractor: string, isFramed: boolean}} ReadArticle
 * @typedef {ReadArticle | {kind: "not_article"} | {kind: "unchanged"} | {kind: "unreadable"}} Reading
 * @typedef {{scope: Scope, manual: boolean, force: boolean, isAside?: boolean}} ReadWish manual: read even what does
 *   not look like an article; force: answer even when the text is the one read last; isAside: the page stays as judged
 */

/**
 * @param {Pick<typeof chrome, "tabs" | "scripting">} browser
 */
export function createPages({ tabs, scripting }) {
  /**
   * @param {number} tabId
   * @param {object} message
   */
  async function tell(tabId, message) {
    try {
      return await tabs.sendMessage(tabId, message, { frameId: 0 });
    } catch {
      return undefined; // no page side there: a page of the browser's own, or a tab opened before unspun came
    }
  }

  /**
   * Bring the page side to a tab that was open before unspun was installed.
   * @param {number} tabId
   */
  async function inject(tabId) {
    try {
      await scripting.insertCSS({ target: { tabId }, files: [...PAGE_FILES.css] });
      await scripting.executeScript({ target: { tabId }, files: [...PAGE_FILES.js] });
    } catch {
      // the browser lets no extension in here; the next message goes unanswered and says so
    }
  }

  /**
   * The marks' style is in the page itself only; an article in a frame needs it there.
   * @param {number} tabId
   */
  async function dressFrames(tabId) {
    const target = { tabId, allFrames: true };
    await scripting.insertCSS({ target, files: [...PAGE_FILES.css] }).catch(() => undefined); // the frame is gone
  }

  return {
    /**
     * @param {number} tabId
     * @param {ReadWish} wish
     * @returns {Promise<Reading>}
     */
    async read(tabId, wish) {
      const message = { type: "read", ...wish };
      let reading = await tell(tabId, message);
      if (!reading) {
        await inject(tabId);
        reading = (await tell(tabId, message)) ?? { kind: "unreadable" };
      }
      if (reading.isFramed) await dressFrames(tabId);
      return reading;
    },
    /**
     * @param {number} tabId
     * @param {number} reading which reading of the page the offsets belong to
     * @param {import("../lib/verdict.js").Evidence[]} findings
     * @param {{strength: import("../lib/settings.js").Strength, banner: boolean}} wish how much to show
     */
    async mark(tabId, reading, findings, wish) {
      await tell(tabId, { type: "mark", reading, findings, ...wish });
    },
    /**
     * Show more or fewer of the marks.
     * @param {number} tabId
     * @param {import("../lib/settings.js").Strength} strength
     */
    async strengthen(tabId, strength) {
      await tell(tabId, { type: "strength", strength });
    },
    /**
     * The text read last, which the worker itself does not keep; undefined when there is none.
     * @param {number} tabId
     * @returns {Promise<{text: string, extractor: string} | undefined>}
     */
    async text(tabId) {
      return (await tell(tabId, { type: "text" })) ?? undefined;
    },
    /**
     * Tell the reader something in the page itself, for a moment.
     * @param {number} tabId
     * @param {string} words
     */
    async note(tabId, words) {
      await tell(tabId, { type: "note", words });
    },
    /** @param {number} tabId */
    async clear(tabId) {
      await tell(tabId, { type: "clear" });
    },
    /**
     * The tab's address changed: a page that swapped its article without loading anew checks itself again.
     * False when no page side is there, so that a new page is loading.
     * @param {number} tabId
     */
    async moved(tabId) {
      return (await tell(tabId, { type: "moved" })) === true;
    },
  };
}

/** @typedef {ReturnType<typeof createPages>} Pages */
