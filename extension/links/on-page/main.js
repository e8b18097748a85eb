/** On a search-result page: which sites its links lead to, whether the reader has seen them spun, a mark on those. */

(() => {
  const LOOK_PAUSE_MS = 300; // results come in bursts; one look after each is enough
  const badges = createBadges(document);
  /** @type {Map<string, {pages: number, spun: number} | null>} */
  const known = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const leaving = new AbortController();

  async function look() {
    const results = resultsOf(document);
    const fresh = [...new Set(results.map(({ site }) => site))].filter((site) => !known.has(site));
    if (fresh.length > 0 && !(await learn(fresh))) return leave();
    badges.draw(results.flatMap(({ link, site }) => {
      const counts = known.get(site);
      return counts ? [{ link, words: wordsFor(counts) }] : [];
    }));
  }

  /**
   * Ask the worker, which looks into its list; false when marks are off now.
   * @param {string[]} sites
   */
  async function learn(sites) {
    try {
      const marked = await chrome.runtime.sendMessage({ type: "links", hosts: sites });
      if (marked === "off" || !marked) return false;
      for (const site of sites) known.set(site, marked[site] ?? null);
      return true;
    } catch {
      return false; // the extension was updated or removed
    }
  }

  /** @param {{pages: number, spun: number}} counts */
  function wordsFor({ pages, spun }) {
    return `⚠ ${chrome.i18n.getMessage("linkMark", [String(spun), String(pages)])}`;
  }

  function lookSoon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      void look();
    }, LOOK_PAUSE_MS);
  }

  function leave() {
    leaving.abort();
    changes.disconnect();
    sizes.disconnect();
    clearTimeout(timer);
    badges.remove();
  }

  const changes = new MutationObserver(lookSoon);
  const sizes = new ResizeObserver(lookSoon);
  changes.observe(document.body, { childList: true, subtree: true });
  sizes.observe(document.body);
  addEventListener("resize", lookSoon, { signal: leaving.signal });
  void look();
})();
