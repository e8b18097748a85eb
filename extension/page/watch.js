/** When to look again: pages that load their article late, or swap it without loading anew. At most once a second. */

var LATE_CONTENT_UNITS = 500; // of added text; menus, adverts and clocks add less
var FIRST_PAUSE_MS = 1_000;
var LONGEST_PAUSE_MS = 60_000; // a page that never stops changing is looked at ever more rarely
var MIN_CHANGED_UNITS = 100; // of a text that is changed in place; clocks and counters are shorter

/**
 * Calls `look` when asked and, once started, after large additions, with growing pauses between. Between a large
 * addition and the look it leads to, the page is not observed at all: floods cost nothing.
 * @param {Document} document
 * @param {() => void} look
 */
function createWatch(document, look) {
  let pause = FIRST_PAUSE_MS;
  let added = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let lastLook = -Infinity;
  let isStarted = false;
  /** @type {readonly Node[]} */
  let roots = [document];

  function schedule() {
    const since = performance.now() - lastLook;
    if (timer === undefined && since > 2 * pause) pause = FIRST_PAUSE_MS; // the page has been quiet
    timer ??= setTimeout(() => {
      timer = undefined;
      added = 0;
      lastLook = performance.now();
      pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
      if (isStarted) observe();
      look();
    }, Math.max(0, pause - since));
  }

  const observer = new MutationObserver((records) => {
    added += addedUnits(records);
    if (added < LATE_CONTENT_UNITS) return;
    observer.disconnect();
    schedule();
  });

  function observe() {
    for (const root of roots) observer.observe(root, { childList: true, subtree: true, characterData: true });
  }

  /** @param {Event} event a frame has loaded, perhaps with the article in it */
  function seeFrame({ target }) {
    const inner = /** @type {HTMLIFrameElement} */ (target).contentDocument;
    if (isStarted && inner?.body && (inner.body.textContent ?? "").length >= LATE_CONTENT_UNITS) schedule();
  }
  document.addEventListener("load", seeFrame, true);

  return {
    schedule,
    /**
     * Observe from now on.
     * @param {readonly Node[]} inside shadow trees and frames' documents, which do not report to the document
     */
    start(inside) {
      roots = [document, ...inside];
      isStarted = true;
      if (timer === undefined) observe();
    },
    /** Another article is expected: start over with short pauses. */
    restart() {
      pause = FIRST_PAUSE_MS;
      schedule();
    },
    stop() {
      isStarted = false;
      observer.disconnect();
      document.removeEventListener("load", seeFrame, true);
      clearTimeout(timer);
    },
  };
}

/**
 * @param {readonly MutationRecord[]} records
 */
function addedUnits(records) {
  let units = 0;
  for (const { type, target, addedNodes } of records) {
    if (type === "characterData") {
      const { length } = /** @type {Text} */ (target);
      units += length >= MIN_CHANGED_UNITS ? length : 0;
    }
    for (const node of addedNodes) units += textUnits(node);
    if (units >= LATE_CONTENT_UNITS) break;
  }
  return units;
}

/**
 * @param {Node} node
 * @returns {number}
 */
function textUnits(node) {
  const inShadow = /** @type {Element} */ (node).shadowRoot?.textContent?.length ?? 0;
  return inShadow + (node.textContent?.length ?? 0);
}
