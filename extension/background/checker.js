/** One check of one tab: read, have it judged, keep the verdict, mark the page. */

import { isSiteOff } from "../lib/sites.js";
import { isFlagged } from "../lib/verdict.js";

/**
 * @typedef {import("../lib/state.js").TabState} TabState
 * @typedef {{manual: boolean, scope: import("../lib/state.js").Scope}} CheckWish
 * @typedef {{id: number, host: string | null, port: string}} Tab host: null when it is no web page
 */

/**
 * @param {{pages: import("./pages.js").Pages, states: import("../lib/state.js").TabStates,
 *   draw: (tabId: number, state: TabState | undefined) => Promise<void>,
 *   settings: () => Promise<import("../lib/settings.js").Settings>,
 *   judge: import("./judge.js").Judge}} parts
 */
export function createChecker({ pages, states, draw, settings, judge }) {
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
   * @param {number} tabId
   * @param {{text: string, reading: number, extractor: string}} article
   * @param {import("../lib/state.js").Scope} scope
   */
  async function ask(tabId, { text, reading, extractor }, scope) {
    const run = crypto.randomUUID();
    await put(tabId, { status: "checking", run });
    const answer = await judge(text);
    if (!(await isStill(tabId, run))) return; // the reader moved on, or asked again, meanwhile
    if (!answer.ok) return put(tabId, { status: "trouble", trouble: answer.trouble });
    const { verdict, engine, trouble } = answer;
    await put(tabId, { status: "verdict", verdict, scope, engine, trouble, extractor });
    const { highlights } = await settings();
    if (isFlagged(verdict) && highlights) await pages.mark(tabId, reading, verdict.evidence);
    else await pages.clear(tabId);
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
      if (reading.kind === "article") await ask(tab.id, reading, scope);
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
