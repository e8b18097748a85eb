/** Findings as ranges of the page, drawn by the CSS Custom Highlight API: the page's own nodes stay as they are. */

/**
 * @typedef {{finding: import("../lib/verdict.js").Evidence, range: Range}} Mark
 */

var HIGHLIGHT_NAMES = /** @type {const} */ (["unspun-light", "unspun-strong", "unspun-pulse"]);
var STRONG_SHARE = 0.5; // of the heaviest finding's weight
var PULSE_MS = 1_600;
var LEAST_SHARES = { few: 0.5, most: 0.2, all: 0 }; // of the heaviest finding's weight: what each strength shows

/**
 * The findings that can be shown; index for index, null where the page has changed too much.
 * @param {readonly import("../lib/verdict.js").Evidence[]} findings
 * @param {PageText} page
 * @returns {(Mark | null)[]}
 */
function makeMarks(findings, page) {
  return findings.map((finding) => {
    const place = locate(page.runs, finding.start, finding.end);
    const range = place && rangeOf(place);
    return range ? { finding, range } : null;
  });
}

/**
 * @param {Place} place
 * @returns {Range | null}
 */
function rangeOf({ startNode, startOffset, endNode, endOffset }) {
  if (!startNode.isConnected || !endNode.isConnected) return null;
  if (startNode.getRootNode() !== endNode.getRootNode()) return null; // no range crosses the border of a shadow tree
  if (startOffset > startNode.length || endOffset > endNode.length) return null; // the page rewrote the node
  const range = startNode.ownerDocument.createRange();
  range.setStart(startNode, startOffset);
  range.setEnd(endNode, endOffset);
  return range;
}

/**
 * The marks heavy enough to be shown, in the order of the text; those of a page that changed are left out.
 * @param {readonly (Mark | null)[]} marks
 * @param {import("../lib/settings.js").Strength} strength
 * @returns {Mark[]}
 */
function shownMarks(marks, strength) {
  const there = marks.filter((mark) => mark !== null);
  const heaviest = there.reduce((most, { finding }) => Math.max(most, finding.weight), 0);
  const heavy = there.filter(({ finding }) => finding.weight >= heaviest * LEAST_SHARES[strength]);
  return heavy.sort((one, other) => one.finding.start - other.finding.start);
}

/**
 * The mark that lies one step on from another, round and round.
 * @param {readonly Mark[]} marks in the order of the text
 * @param {Mark | null} from null before the first step
 * @param {1 | -1} by
 * @returns {Mark | null} null when there is none
 */
function markBeside(marks, from, by) {
  if (marks.length === 0) return null;
  const at = marks.findIndex((mark) => mark === from);
  if (at < 0) return marks[by > 0 ? 0 : marks.length - 1] ?? null;
  return marks[(at + by + marks.length) % marks.length] ?? null;
}

/**
 * @param {readonly (Mark | null)[]} marks
 */
function drawHighlights(marks) {
  const shown = marks.filter((mark) => mark !== null);
  const heaviest = shown.reduce((most, { finding }) => Math.max(most, finding.weight), 0);
  for (const { view, here } of markedPlaces(marks)) {
    for (const level of /** @type {const} */ (["light", "strong"])) {
      const ranges = here.filter(({ finding }) => levelOf(finding.weight, heaviest) === level);
      view.CSS.highlights.set(`unspun-${level}`, new view.Highlight(...ranges.map(({ range }) => range)));
    }
  }
}

/**
 * The windows that hold marks, each with its own: this page's, and those of frames.
 * @param {readonly (Mark | null)[]} marks
 * @returns {{view: Window & typeof globalThis, here: Mark[]}[]}
 */
function markedPlaces(marks) {
  const places = new Map(/** @type {[Document, Mark[]][]} */ ([[document, []]]));
  for (const mark of marks.filter((one) => one !== null)) {
    const home = /** @type {Document} */ (mark.range.startContainer.ownerDocument);
    const here = places.get(home) ?? [];
    here.push(mark);
    places.set(home, here);
  }
  return [...places].flatMap(([home, here]) => (home.defaultView ? { view: home.defaultView, here } : []));
}

/**
 * @param {number} weight
 * @param {number} heaviest
 */
function levelOf(weight, heaviest) {
  return weight >= heaviest * STRONG_SHARE ? "strong" : "light";
}

/** @param {readonly (Mark | null)[]} marks those drawn last */
function clearHighlights(marks) {
  for (const { view } of markedPlaces(marks)) {
    for (const name of HIGHLIGHT_NAMES) view.CSS.highlights.delete(name);
  }
}

/**
 * Bring a finding into view and light it up for a moment.
 * @param {Mark} mark
 * @param {boolean} [isQuick] jump there
 */
function pulse({ range }, isQuick = false) {
  const still = isQuick || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const text = /** @type {Text} */ (range.startContainer);
  holderOf(text)?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  const view = text.ownerDocument.defaultView ?? window;
  view.CSS.highlights.set("unspun-pulse", new view.Highlight(range));
  setTimeout(() => view.CSS.highlights.delete("unspun-pulse"), PULSE_MS);
}

/**
 * The finding under a point of the window, if any.
 * @param {readonly (Mark | null)[]} marks
 * @param {Document} document the window's
 * @param {number} x
 * @param {number} y
 * @returns {Mark | null}
 */
function markAt(marks, document, x, y) {
  const roots = marks.flatMap((mark) => mark?.range.startContainer.getRootNode() ?? []);
  const shadowRoots = /** @type {ShadowRoot[]} */ ([...new Set(roots)].filter(({ nodeType }) => nodeType !== 9));
  const caret = document.caretPositionFromPoint(x, y, { shadowRoots });
  if (!caret || caret.offsetNode.nodeType !== 3) return null;
  const touches = /** @param {Mark | null} mark */ (mark) =>
    mark !== null && mark.range.isPointInRange(caret.offsetNode, caret.offset) && isInside(mark.range, x, y);
  return marks.find(touches) ?? null;
}

/**
 * The caret snaps to the nearest text even from a margin; this asks whether the point is on the words themselves.
 * @param {Range} range
 * @param {number} x
 * @param {number} y
 */
function isInside(range, x, y) {
  return [...range.getClientRects()].some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom);
}

/**
 * Which way a key goes through the findings; 0 for every other key, and while the reader types.
 * @param {KeyboardEvent} event
 * @returns {1 | -1 | 0}
 */
function stepOf({ code, altKey, shiftKey, ctrlKey, metaKey, isTrusted, target }) {
  if (!altKey || !shiftKey || ctrlKey || metaKey || !isTrusted) return 0;
  const typed = /** @type {Element | null} */ (target)?.closest?.("input, textarea, select, [contenteditable]");
  if (typed) return 0;
  return code === "KeyN" ? 1 : code === "KeyP" ? -1 : 0;
}

/**
 * @param {import("../lib/verdict.js").Evidence} finding
 * @param {number} number
 * @param {number} count
 * @param {(key: string, parts: string[]) => string} say
 */
function spokenFinding({ text, likely_original }, number, count, say) {
  const parts = [String(number), String(count), text];
  return likely_original === null
    ? say("findingSpoken", parts)
    : say("findingSpokenSwap", [...parts, likely_original]);
}
