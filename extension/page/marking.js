/** What is shown of a verdict in the page: marks, tooltip, banner, and the way from one finding to the next. */

/**
 * @param {Document} document
 * @param {{say: typeof chrome.i18n.getMessage, dismissed: () => void}} parts dismissed: the reader closed the banner
 */
function createMarking(document, { say, dismissed }) {
  /** @type {(Mark | null)[]} */
  let marks = [];
  /** @type {Mark[]} in the order of the text */
  let shown = [];
  /** @type {Mark | null} the finding gone to last */
  let current = null;
  /** @type {ReturnType<typeof createPanel> | null} */
  let panel = null;

  /** Our one element in the page, with what it holds. */
  function createPanel() {
    const host = createHost(document);
    const banner = createBanner(host.root, say, { step, dismissed });
    return { host, tooltip: createTooltip(host.root, say), banner };
  }

  function thePanel() {
    panel ??= createPanel();
    return panel;
  }

  /** @param {import("../lib/settings.js").Strength} strength */
  function draw(strength) {
    clearHighlights(marks);
    shown = shownMarks(marks, strength);
    current = null;
    drawHighlights(shown);
  }

  /**
   * Go to the next finding, or the one before.
   * @param {1 | -1} by
   */
  function step(by) {
    const found = markBeside(shown, current, by);
    if (!found) return false;
    current = found;
    pulse(found, true);
    const { tooltip, banner } = thePanel();
    banner.speak(spokenFinding(found.finding, shown.indexOf(found) + 1, shown.length, say));
    requestAnimationFrame(() => requestAnimationFrame(() => tooltip.show(found))); // the jump's scroll event hides it
    return true;
  }

  return {
    draw,
    step,
    hasMarks: () => shown.length > 0,
    hasPanel: () => panel !== null,
    /**
     * Show findings in the place of those shown before.
     * @param {(Mark | null)[]} found
     * @param {import("../lib/settings.js").Strength} strength
     * @param {boolean} hasBanner
     */
    show(found, strength, hasBanner) {
      clearHighlights(marks);
      marks = found;
      draw(strength);
      const { banner } = thePanel();
      if (hasBanner) banner.showVerdict(shown.length > 0);
      else banner.hide();
    },
    clear() {
      clearHighlights(marks);
      marks = [];
      shown = [];
      panel?.host.remove();
      panel = null;
    },
    /**
     * Bring the finding of this number into view; false where the page no longer has it.
     * @param {number} index
     */
    reveal(index) {
      const found = marks[index];
      if (!found) return false;
      current = found;
      pulse(found);
      return true;
    },
    /** @param {string} words for the reader, for a moment */
    note(words) {
      thePanel().banner.note(words);
    },
    hideTooltip() {
      panel?.tooltip.hide();
    },
    /**
     * Explain the finding under the mouse, if any.
     * @param {Document} home of the window the mouse is in
     * @param {number} x
     * @param {number} y
     */
    point(home, x, y) {
      const found = markAt(shown, home, x, y);
      if (found) panel?.tooltip.show(found);
      else panel?.tooltip.hide();
    },
    /** The windows that hold marks. */
    views: () => markedPlaces(marks).map(({ view }) => view),
  };
}
