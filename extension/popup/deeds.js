/** What the popup's buttons do: each asks the worker or the page, and gives what came of it. */

import { readSettings, settingOf, writeSetting } from "../lib/settings.js";
import { isWebAddress } from "../lib/verdict.js";
import { make } from "../ui/dom.js";

/**
 * @template T
 * @typedef {import("../background/server.js").Result<T>} Result
 */

/**
 * @typedef {import("../background/deeds.js").Other} Other
 * @typedef {import("../background/label-book.js").LabelName} LabelName
 * @typedef {{title: string, url: string, other: Other}} Candidate a page to compare with
 */

/** @param {number} tabId */
export function createDeeds(tabId) {
  const { local } = chrome.storage;

  /**
   * @param {object} message
   * @returns {Promise<any>}
   */
  async function ask(message) {
    return chrome.runtime.sendMessage({ tabId, ...message });
  }

  /**
   * @param {object} message
   * @returns {Promise<boolean>}
   */
  async function tellPage(message) {
    const done = await chrome.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => false);
    return done === true;
  }

  return {
    check: () => void ask({ type: "check" }),
    /** @param {number} index */
    reveal: (index) => tellPage({ type: "reveal", index }),
    /** @param {1 | -1} by */
    step: (by) => tellPage({ type: "step", by }),
    strength: async () => (await readSettings(local)).strength,
    /** @param {string} strength */
    setStrength: (strength) => writeSetting(local, settingOf("strength"), strength),
    /**
     * Open a search for the original in a new tab.
     * @returns {Promise<Result<{query: string, address: string}>>}
     */
    async findOriginal() {
      /** @type {Result<{query: string, address: string}>} */
      const answer = await ask({ type: "original" });
      if (answer.ok && isWebAddress(answer.value.address)) await chrome.tabs.create({ url: answer.value.address });
      return answer;
    },
    /** @returns {Promise<Result<import("../background/server.js").SentFile>>} */
    async saveReport() {
      /** @type {Result<import("../background/server.js").SentFile>} */
      const answer = await ask({ type: "report" });
      if (answer.ok) saveFile(answer.value);
      return answer;
    },
    /**
     * The other open pages that the extension may read.
     * @returns {Promise<Candidate[]>}
     */
    async candidates() {
      const own = await chrome.tabs.get(tabId);
      const tabs = await chrome.tabs.query({});
      return tabs.flatMap(({ id, url, title, incognito }) => {
        if (id === undefined || id === tabId || !url || !isWebAddress(url) || incognito !== own.incognito) return [];
        return [{ title: title || url, url: url.replace(/#.*$/, ""), other: { tabId: id } }];
      });
    },
    /**
     * @param {Other} other
     * @returns {Promise<Result<import("../background/server.js").Compared>>}
     */
    compare: (other) => ask({ type: "compare", other }),
    /** @param {Other} other */
    async openComparison(other) {
      const [[key, value] = ["", ""]] = Object.entries(other);
      const wanted = new URLSearchParams({ a: String(tabId), [key]: String(value) });
      await chrome.tabs.create({ url: chrome.runtime.getURL(`popup/comparison.html?${wanted}`) });
    },
    /**
     * @param {LabelName} label
     * @returns {Promise<{ok: true} | {ok: false, trouble: import("../lib/trouble.js").Trouble}>}
     */
    label: (label) => ask({ type: "label", label }),
    /** @param {string} id */
    undoLabel: (id) => ask({ type: "undo_label", id }),
  };
}

/** @typedef {ReturnType<typeof createDeeds>} PageDeeds */

/** @param {import("../background/server.js").SentFile} file */
function saveFile({ name, html }) {
  const address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser reads it while it saves
}
