/** One check of one tab: read, have it judged, keep the verdict, mark the page. */

import { isSiteOff } from "../lib/sites.js";
import { hashOf } from "../lib/text-hash.js";
import { isFlagged } from "../lib/verdict.js";

/**
 * @typedef {import("../lib/state.js").TabState} TabState
 * @typedef {{manual: boolean, scope: import("../lib/state.js").Scope}} CheckWish
 * @typedef {{id: number, host: string | null, port: string, url: string | null, title: string | null,
 *   isPrivate: boolean}} Tab host, url: null when it is no web page
 */

/**
 * @param {{pages: import("./pages.js").Pages, states: import("../lib/state.js").TabStates,
 *   draw: (tabId: number, state: TabState | undefined) => Promise<void>,
 *   settings: () => Promise<import("../lib/settings.js").Settings>,
 *   judge: import("./judge.js").Judge, dismissed: Pick<import("./dismissed.js").Dismissed, "has">}} parts
 */
export function createChecker({ pages, states, draw, settings, judge, dismissed }) {
  /**
   * @param {number} tabId
   * @param {TabState} state
   */
  async function put(tabId, state) {
    await states.put(tabId, state);
    await draw(tabId, state);
  }

  /**
   * @param {number} tabId
   * @param {string} run
   */
  async function isStill(tabId, run) {
    const state = await states.get(tabId);
    return state?.status === "checking" && state.run === run;
  }

  /**
   * @param {Tab} tab
   * @param {{text: string, reading: number, extractor: string}} article
   * @param {import("../lib/state.js").Scope} scope
   */
  async function ask(tab, { text, reading, extractor }, scope) {
    const run = crypto.randomUUID();
    await put(tab.id, { status: "checking", run });
    const answer = await judge(askedOf(tab, text, scope));
    if (!(await isStill(tab.id, run))) return; // the reader moved on, or asked again, meanwhile
    if (!answer.ok) return put(tab.id, { status: "trouble", trouble: answer.trouble });
    const { verdict, engine, trouble } = answer;
    const hash = await hashOf(text);
    await put(tab.id, { status: "verdict", verdict, scope, engine, trouble, extractor, hash });
    await show(tab.id, reading, verdict, hash);
  }

  /**
   * @param {number} tabId
   * @param {number} reading
   * @param {import("../lib/verdict.js").Verdict} verdict
   * @param {string} hash of the text
   */
  async function show(tabId, reading, verdict, hash) {
    const { highlights, banner, strength } = await settings();
    const hasBanner = banner && verdict.verdict === "spun" && !(await dismissed.has(hash));
    if (isFlagged(verdict) && (highlights || hasBanner)) {
      const findings = highlights ? verdict.evidence : [];
      await pages.mark(tabId, reading, findings, { strength, banner: hasBanner });
    } else await pages.clear(tabId);
  }

  return {
    /**
     * Check the tab; not when its site is switched off and, unasked, not when checks wait for a click or the page is
     * the server's own; the answer "off" says so, and that nothing will be asked of this page.
     * @param {Tab} tab
     * @param {CheckWish} wish
     * @returns {Promise<"off" | undefined>}
     */
    async check(tab, { manual, scope }) {
      const wanted = await settings();
      if (tab.host !== null && isSiteOff(tab.host, wanted.sitesOff)) return "off";
      if (!manual && (wanted.mode === "click" || isServer(tab, wanted.port))) return "off";
      const before = await states.get(tab.id);
      const isSettled = before?.status === "verdict" || before?.status === "not_article";
      const force = manual || !isSettled; // a check may never end: the browser stops the worker as it likes
      const reading = await pages.read(tab.id, { scope, manual, force });
      if (reading.kind === "article") await ask(tab, reading, scope);
      if (reading.kind === "not_article") await put(tab.id, { status: "not_article" });
      if (reading.kind === "unreadable" && manual) {
        await put(tab.id, { status: "trouble", trouble: { kind: "unreadable" } });
      }
    },
    /**
     * Drop what is known of a tab: it shows another page now.
     * @param {number} tabId
     */
    async forget(tabId) {
      await states.forget(tabId);
      await draw(tabId, undefined);
    },
  };
}

/** @typedef {ReturnType<typeof createChecker>} Checker */

/**
 * @param {Tab} tab
 * @param {number} port
 */
function isServer({ host, port: own }, port) {
  return (host === "127.0.0.1" || host === "localhost") && own === String(port);
}

/**
 * What goes to the engine with the text. A part that the reader selected is not the page's article.
 * @param {Tab} tab
 * @param {string} text
 * @param {import("../lib/state.js").Scope} scope
 * @returns {import("./server.js").Asked}
 */
export function askedOf({ url, title, isPrivate }, text, scope) {
  const isPage = scope === "page" && !isPrivate;
  return { text, url: isPage ? url : null, title: isPage ? title : null, isPrivate };
}
