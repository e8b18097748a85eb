/** What may be asked of the worker, and by whom: pages tell little and get nothing, our own pages ask for deeds. */

/**
 * @typedef {{type: string, tabId?: number, fresh?: boolean, code?: string, label?: import("./label-book.js").LabelName,
 *   id?: string, other?: import("./deeds.js").Other, hosts?: string[]}} Message
 * @param {{checker: import("./checker.js").Checker, pairing: ReturnType<typeof import("./pairing.js").createPairing>,
 *   deeds: import("./deeds.js").Deeds, labels: import("./labels.js").Labels,
 *   states: import("../lib/state.js").TabStates, dismissed: import("./dismissed.js").Dismissed,
 *   tabOf: (tabId: number) => Promise<import("./checker.js").Tab | null>,
 *   describe: (tab: chrome.tabs.Tab, address?: string) => import("./checker.js").Tab,
 *   links: Pick<import("../links/worker.js").Links, "marksFor">,
 *   health: () => Promise<unknown>, own: string}} parts own: how addresses of our own pages begin
 */
export function createMessages(parts) {
  const { checker, pairing, deeds, labels, states, dismissed, tabOf, describe, links, health, own } = parts;

  /**
   * @param {Message} message
   * @param {chrome.tabs.Tab} tab
   * @param {string | undefined} address
   */
  async function answerPage(message, tab, address) {
    const page = describe(tab, address);
    if (message.type === "dismissed") return dismiss(page.id);
    if (message.type === "links") return links.marksFor(message.hosts);
    if (message.type !== "changed") return undefined;
    if (message.fresh) await checker.forget(page.id);
    return checker.check(page, { manual: false, scope: "page" });
  }

  /** @param {number} tabId whose banner the reader closed */
  async function dismiss(tabId) {
    const state = await states.get(tabId);
    if (state?.status === "verdict") await dismissed.add(state.hash);
  }

  /**
   * @param {Message} message
   * @returns {Promise<unknown>}
   */
  async function answerOwn({ type, tabId = -1, code = "", label = "spun", id = "", other = { tabId: -1 } }) {
    switch (type) {
      case "check": {
        const tab = await tabOf(tabId);
        return tab && checker.check(tab, { manual: true, scope: "page" });
      }
      case "original":
        return deeds.original(tabId);
      case "report":
        return deeds.report(tabId);
      case "compare":
        return deeds.compare(tabId, other);
      case "compare_report":
        return deeds.compareReport(tabId, other);
      case "label":
        return deeds.label(tabId, label);
      case "undo_label":
        return labels.undo(id);
      case "pair_start":
        return pairing.start();
      case "pair_finish":
        return pairing.finish(code).finally(() => void labels.deliver());
      case "pairing":
        return pairing.standing();
      case "unpair":
        return pairing.end();
      case "health":
        return health();
      default:
        return undefined;
    }
  }

  /**
   * @param {Message} message
   * @param {chrome.runtime.MessageSender} sender
   * @returns {Promise<unknown>}
   */
  return async function answer(message, sender) {
    const isOwn = sender.url?.startsWith(own) ?? false; // one of our pages, in a popup or in a tab
    if (isOwn || !sender.tab) return answerOwn(message);
    return sender.tab.id === undefined ? undefined : answerPage(message, sender.tab, sender.url);
  };
}
