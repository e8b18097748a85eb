/** Findings as ranges of the page, drawn by the CSS Custom Highlight API: the page's own nodes stay as they are. */

/**
 * @typedef {{finding: import("../lib/verdict.js").Evidence, range: Range}} Mark
 */

var HIGHLIGHT_NAMES = /** @type {const} */ (["unspun-light", "unspun-strong", "unspun-pulse"]);
var STRONG_SHARE = 0.5; // of the heaviest finding's weight
var PULSE_MS = 1_600;

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
  if (startOffset > startNode.length || endOffset > endNode.length) return null; // the page rewrote the node
  const range = startNode.ownerDocument.createRange();
  range.setStart(startNode, startOffset);
  range.setEnd(endNode, endOffset);
  return range;
}

/**
 * @param {readonly (Mark | null)[]} marks
 */
function drawHighlights(marks) {
  clearHighlights();
  const shown = marks.filter((mark) => mark !== null);
  const heaviest = Math.max(0, ...shown.map(({ finding }) => finding.weight));
  for (const level of /** @type {const} */ (["light", "strong"])) {
    const ranges = shown.filter(({ finding }) => levelOf(finding.weight, heaviest) === level);
    CSS.highlights.set(`unspun-${level}`, new Highlight(...ranges.map(({ range }) => range)));
  }
}

/**
 * @param {number} weight
 * @param {number} heaviest
 */
function levelOf(weight, heaviest) {
  return weight >= heaviest * STRONG_SHARE ? "strong" : "light";
}

function clearHighlights() {
  for (const name of HIGHLIGHT_NAMES) CSS.highlights.delete(name);
}

/**
 * Bring a finding into view and light it up for a moment.
 * @param {Mark} mark
 */
function pulse({ range }) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  CSS.highlights.set("unspun-pulse", new Highlight(range));
  setTimeout(() => CSS.highlights.delete("unspun-pulse"), PULSE_MS);
}

/**
 * The finding under a point of the window, if any.
 * @param {readonly (Mark | null)[]} marks
 * @param {number} x
 * @param {number} y
 * @returns {Mark | null}
 */
function markAt(marks, x, y) {
  const caret = document.caretPositionFromPoint(x, y);
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
