/**
 * The text of a page and where each word of it stands: what is sent, and how offsets find their way back.
 * A classic script, like all of page/: content scripts are no modules. `var` and functions only at the top, because
 * the file may be run again in the same world after an update of the extension.
 */

/**
 * `start` counts UTF-16 code units of the text; `offset` of the node's data. A run is one word, or part of one.
 * @typedef {{start: number, length: number, node: Text, offset: number}} Run
 * @typedef {{text: string, runs: Run[]}} PageText
 * @typedef {{startNode: Text, startOffset: number, endNode: Text, endOffset: number}} Place
 */

var MAX_TEXT_UNITS = 300_000; // about 50,000 words; keeps the request far below the server's 2 MB

var BLOCKS =
  "address,article,aside,blockquote,body,caption,dd,details,dialog,div,dl,dt,figcaption,figure,footer,form,h1,h2,h3," +
  "h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,summary,table,tbody,td,tfoot,th,thead,tr,ul";

var NOT_PROSE = "script,style,noscript,template,textarea,select,button,svg,math,iframe,object,canvas,audio,video";

/**
 * The words of the chosen text nodes under root: white space collapsed, a blank line between blocks.
 * @param {Node} root
 * @param {(node: Text) => readonly [number, number] | null} choose which part of a text node counts, null for none
 * @returns {PageText}
 */
function collectText(root, choose) {
  /** @type {PageText} */
  const page = { text: "", runs: [] };
  let gap = "";
  /** @type {Element | null} */
  let block = null;
  walkFlat(root, (node) => {
    if (node.nodeType === 1 && /** @type {Element} */ (node).localName === "br") gap = widest(gap, "\n");
    if (node.nodeType !== 3) return page.text.length < MAX_TEXT_UNITS;
    const text = /** @type {Text} */ (node);
    const isBlank = /^\s*$/.test(text.data);
    if (isBlank && text.data !== "") gap = widest(gap, " ");
    const part = isBlank ? null : choose(text);
    if (!part) return true;
    const home = blockOf(text);
    if (home !== block) gap = "\n\n";
    block = home;
    gap = addWords(page, text, part, gap);
    return page.text.length < MAX_TEXT_UNITS;
  });
  return page;
}

/**
 * The block a text stands in; in a shadow tree without blocks that is the tree's host.
 * @param {Text} text
 * @returns {Element | null}
 */
function blockOf(text) {
  return text.parentElement?.closest(BLOCKS) ?? /** @type {ShadowRoot} */ (text.getRootNode()).host ?? null;
}

/**
 * Append one node's words; returns the gap owed to the next node.
 * @param {PageText} page
 * @param {Text} node
 * @param {readonly [number, number]} part
 * @param {string} gap
 */
function addWords(page, node, [from, to], gap) {
  let end = from;
  const last = Math.min(to, from + MAX_TEXT_UNITS); // some pages put megabytes into one node
  for (const match of node.data.slice(from, last).matchAll(/[^ \t\n\r\f]+/g)) {
    const offset = from + match.index;
    if (offset > end) gap = widest(gap, " ");
    if (page.text !== "") page.text += gap;
    page.runs.push({ start: page.text.length, length: match[0].length, node, offset });
    page.text += match[0];
    end = offset + match[0].length;
    gap = "";
  }
  return end < to ? widest(gap, " ") : gap;
}

/**
 * @param {string} one
 * @param {string} other
 */
function widest(one, other) {
  const widths = ["", " ", "\n", "\n\n"];
  return widths.indexOf(one) > widths.indexOf(other) ? one : other;
}

/**
 * Where the text's units start to end stand in the page; null when nothing of the page lies between.
 * @param {readonly Run[]} runs
 * @param {number} start
 * @param {number} end
 * @returns {Place | null}
 */
function locate(runs, start, end) {
  const first = runs[firstIndex(runs, (run) => run.start + run.length > start)];
  const last = runs[firstIndex(runs, (run) => run.start >= end) - 1];
  if (!first || !last || first.start > last.start) return null;
  return {
    startNode: first.node,
    startOffset: first.offset + Math.max(0, start - first.start),
    endNode: last.node,
    endOffset: last.offset + Math.min(last.length, end - last.start),
  };
}

/**
 * Binary search: the first index for which the test holds, given that it holds for all after it.
 * @param {readonly Run[]} runs
 * @param {(run: Run) => boolean} holds
 */
function firstIndex(runs, holds) {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(/** @type {Run} */ (runs[middle]))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @param {string} text */
function countWords(text) {
  return text.match(/\p{L}[\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
}
