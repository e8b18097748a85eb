/** What the tools themselves leave behind, as detector/leftovers.py finds it: spintax, letters exchanged to hide. */

import { LOOK_ALIKE_LETTERS, isBorrowed } from "./text.js";

const SPINTAX_LEFTOVER = "spintax leftover";
// {hardware}, {big|large}, and the marks that auto-blogging plug-ins leave round the body of a post.
const SPINTAX = /\{[^{}\n]{1,80}\}|\[ad_[12]\]/g;
// What Python's [^\W\d_] means among code units: no letters beyond the first 65,536.
const WORD = /(?:(?=[\0-\uffff])[\p{L}\p{Nl}\p{No}])+/gu;

/**
 * @typedef {{start: number, end: number, why: string}} Leftover
 */

/**
 * All of them in text order; they do not overlap.
 * @param {import("./text.js").Symbols} symbols
 * @returns {Leftover[]}
 */
export function findLeftovers({ text, marks }) {
  const found = [...text.matchAll(SPINTAX)].map((match) => leftoverOf(match, SPINTAX_LEFTOVER));
  if (!marks.includes(LOOK_ALIKE_LETTERS)) return found;
  const words = [...text.matchAll(WORD)]
    .filter(([word]) => /[a-z]/.test(word.toLowerCase()) && [...word].some(isBorrowed))
    .map((match) => leftoverOf(match, LOOK_ALIKE_LETTERS))
    .filter((word) => !found.some(({ start, end }) => start < word.end && word.start < end));
  return [...found, ...words].sort((one, other) => one.start - other.start);
}

/**
 * @param {RegExpExecArray} match
 * @param {string} why
 * @returns {Leftover}
 */
function leftoverOf({ 0: text, index }, why) {
  return { start: index, end: index + text.length, why };
}
