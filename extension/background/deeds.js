/**
 * What the reader can do with a judged page: save a report, find the original, compare, say what it is. The worker
 * keeps no text, so each deed asks the page for it again.
 */

/**
 * @typedef {import("./server.js").Server} Server
 * @typedef {import("./checker.js").Tab} Tab
 * @typedef {import("../lib/state.js").Scope} Scope
 * @typedef {{tabId: number} | {url: string}} Other another page to compare with
 * @typedef {{ok: false, trouble: import("../lib/trouble.js").Trouble}} Failed
 */

const PAGE_GONE = /** @type {const} */ ({ ok: false, trouble: { kind: "page_gone" } });
const ASIDE = /** @type {const} */ ({ manual: true, force: true, isAside: true });

/**
 * @param {{pages: Pick<import("./pages.js").Pages, "text" | "read">,
 *   connect: () => Promise<Server>, labels: Pick<import("./labels.js").Labels, "give">,
 *   tabOf: (tabId: number) => Promise<Tab | null>}} parts
 */
export function createDeeds({ pages, connect, labels, tabOf }) {
  /**
   * The text that the tab's verdict is about, and where it stands.
   * @param {number} tabId
   */
  async function judged(tabId) {
    const [tab, read] = await Promise.all([tabOf(tabId), pages.text(tabId)]);
    return tab && read ? { ...read, url: tab.url, title: tab.title, tab } : null;
  }

  /**
   * The side of another page: its text where a tab shows it, else its address, which the server reads.
   * @param {Other} other
   * @returns {Promise<import("./server.js").Side | null>}
   */
  async function sideOf(other) {
    if ("url" in other) return other;
    const read = await pages.read(other.tabId, { scope: "page", ...ASIDE });
    const title = (await tabOf(other.tabId))?.title ?? null;
    return read.kind === "article" ? { text: read.text, title } : null;
  }

  /**
   * @template T
   * @param {number} tabId
   * @param {Other} other
   * @param {(server: Server, a: import("./server.js").Side, b: import("./server.js").Side) => Promise<T>} ask
   * @returns {Promise<T | Failed>}
   */
  async function withSides(tabId, other, ask) {
    const mine = await judged(tabId);
    if (!mine) return PAGE_GONE;
    const theirs = await sideOf(other);
    if (!theirs) return { ok: false, trouble: { kind: "page_blank" } };
    return ask(await connect(), { text: mine.text, title: mine.title }, theirs);
  }

  /**
   * @param {Tab} tab
   * @param {string} text
   * @param {import("./label-book.js").LabelName} label
   * @returns {Promise<{ok: true} | Failed>}
   */
  async function give({ url, title, isPrivate }, text, label) {
    if (isPrivate) return { ok: false, trouble: { kind: "private_window" } }; // a label keeps the text
    const isKept = await labels.give({ text, url, title }, label);
    return isKept ? { ok: true } : { ok: false, trouble: { kind: "labels_full" } };
  }

  return {
    /** @param {number} tabId */
    async original(tabId) {
      const asked = await judged(tabId);
      return asked ? (await connect()).original(asked) : PAGE_GONE;
    },
    /** @param {number} tabId */
    async report(tabId) {
      const asked = await judged(tabId);
      return asked ? (await connect()).report(asked) : PAGE_GONE;
    },
    /**
     * @param {number} tabId
     * @param {Other} other
     */
    async compare(tabId, other) {
      return withSides(tabId, other, (server, a, b) => server.compare(a, b));
    },
    /**
     * @param {number} tabId
     * @param {Other} other
     */
    async compareReport(tabId, other) {
      return withSides(tabId, other, (server, a, b) => server.compareReport(a, b));
    },
    /**
     * Label the text that the tab's verdict is about.
     * @param {number} tabId
     * @param {import("./label-book.js").LabelName} label
     * @returns {Promise<{ok: true} | Failed>}
     */
    async label(tabId, label) {
      const asked = await judged(tabId);
      return asked ? give(asked.tab, asked.text, label) : PAGE_GONE;
    },
    /**
     * Label the page's article, or what is selected on it, judged or not.
     * @param {Tab} tab
     * @param {Scope} scope
     * @param {import("./label-book.js").LabelName} label
     * @returns {Promise<{ok: true} | Failed>}
     */
    async labelRead(tab, scope, label) {
      const read = await pages.read(tab.id, { scope, ...ASIDE });
      return read.kind === "article" ? give(tab, read.text, label) : { ok: false, trouble: { kind: "page_blank" } };
    },
  };
}

/** @typedef {ReturnType<typeof createDeeds>} Deeds */
