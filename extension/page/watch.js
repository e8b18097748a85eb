/** When to look again: pages that load their article late, or swap it without loading anew. At most once a second. */

var LATE_CONTENT_UNITS = 500; // of added text; menus, adverts and clocks add less
var FIRST_PAUSE_MS = 1_000;
var LONGEST_PAUSE_MS = 60_000; // a page that never stops changing is looked at ever more rarely

/**
 * Calls `look` after large additions and when asked, with growing pauses between.
 * @param {Document} document
 * @param {() => void} look
 */
function createWatch(document, look) {
  let pause = FIRST_PAUSE_MS;
  let added = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let lastLook = -Infinity;

  function schedule() {
    const wait = Math.max(0, lastLook + pause - performance.now());
    timer ??= setTimeout(() => {
      timer = undefined;
      added = 0;
      lastLook = performance.now();
      pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
      look();
    }, wait);
  }

  const observer = new MutationObserver((records) => {
    added += addedUnits(records);
    if (added >= LATE_CONTENT_UNITS) schedule();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });

  return {
    schedule,
    /** Another article is expected: start over with short pauses. */
    restart() {
      pause = FIRST_PAUSE_MS;
      schedule();
    },
    stop() {
      observer.disconnect();
      clearTimeout(timer);
    },
  };
}

/**
 * @param {readonly MutationRecord[]} records
 */
function addedUnits(records) {
  const nodes = records.flatMap((record) => [...record.addedNodes]);
  return nodes.reduce((sum, node) => sum + (node.textContent?.length ?? 0), 0);
}
