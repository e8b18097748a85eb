/** What is known of one tab: the value that badge, toolbar title and popup are drawn from. */

/**
 * @typedef {{status: "checking", run: string}
 *   | {status: "not_article"}
 *   | {status: "verdict", verdict: import("./verdict.js").Verdict, scope: Scope, engine: EngineName,
 *     trouble: import("./trouble.js").Trouble | null, extractor: string, hash: string}
 *   | {status: "trouble", trouble: import("./trouble.js").Trouble}} TabState
 * @typedef {"page" | "selection"} Scope
 * @typedef {"browser" | "server"} EngineName which engine gave the verdict; trouble: why it was not the server; hash:
 *   of the text, which itself is not kept
 * @typedef {{status: "idle"} | {status: "site_off"} | TabState} ShownState
 */

const PREFIX = "tab:";

/**
 * Tab states in session storage: in memory only, gone with the browser, and alive when the worker sleeps.
 * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} area
 */
export function createTabStates(area) {
  return {
    /**
     * @param {number} tabId
     * @returns {Promise<TabState | undefined>}
     */
    async get(tabId) {
      const key = PREFIX + tabId;
      return /** @type {Record<string, TabState>} */ (await area.get(key))[key];
    },
    /**
     * @param {number} tabId
     * @param {TabState} state
     */
    async put(tabId, state) {
      await area.set({ [PREFIX + tabId]: state });
    },
    /** @param {number} tabId */
    async forget(tabId) {
      await area.remove(PREFIX + tabId);
    },
    /** @returns {Promise<Map<number, TabState>>} */
    async all() {
      const stored = /** @type {Record<string, TabState>} */ (await area.get(null));
      const rows = Object.entries(stored).filter(([key]) => key.startsWith(PREFIX));
      return new Map(rows.map(([key, state]) => [Number(key.slice(PREFIX.length)), state]));
    },
    /**
     * Is this the storage key of the tab?
     * @param {string} key
     * @param {number} tabId
     */
    isKeyOf(key, tabId) {
      return key === PREFIX + tabId;
    },
  };
}

/** @typedef {ReturnType<typeof createTabStates>} TabStates */
