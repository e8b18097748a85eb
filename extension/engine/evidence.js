/** The phrases that speak for a spinner, what they stood for, and why they are shown: as detector/evidence.py does. */

import { findLeftovers } from "./leftovers.js";
import { pairKey } from "./reference.js";
import { spanOf } from "./text.js";

const DICTIONARY_SWAP = "dictionary swap";
const BROKEN_PHRASE = "broken fixed phrase";
const ALTERED_NAME = "altered name";
const UNLIKELY_PAIR = "unlikely word pair";
const MIN_SWAPPED = 0.85;
const MIN_CHANCE = 0.8;
const MIN_WEIGHT = 0.5; // of listed wording
const MIN_ODD_PAIR = 7;
const MIN_EDGE = 1.5;
const MIN_FIXED_WORDS = 2; // a fixed phrase is one of so many words ...
const MIN_FIXED_LETTERS = 4; // ... of so many letters

/**
 * @typedef {import("../lib/verdict.js").Evidence} Evidence
 * @typedef {import("./text.js").Symbols} Symbols
 * @typedef {import("./ngrams.js").Words} Words
 * @typedef {import("./wording.js").Wording} Wording
 * @typedef {{first: number, end: number, original: string}} Swap words: the first, the one after the last
 */

/**
 * The likely ones of the guesses. Neighbours are joined when their originals belong together, as written do not.
 * @param {import("./guesses.js").Guess[]} guesses
 * @param {Words} words
 * @param {Wording} wording
 * @returns {Swap[]}
 */
export function guessedSwaps(guesses, words, wording) {
  const sure = guesses.filter(({ swapped }) => swapped >= MIN_SWAPPED);
  /** @type {Swap[]} */
  const swaps = [];
  sure.forEach((guess, i) => {
    const before = sure[i - 1];
    const original = guess.chance >= MIN_CHANCE ? wording.originalOf(guess.original) : "";
    const last = swaps.at(-1);
    if (before && last && belongTogether(before, guess, words, wording)) {
      last.end = guess.end;
      last.original = `${last.original} ${original}`;
    } else swaps.push({ first: guess.first, end: guess.end, original });
  });
  return swaps;
}

/**
 * Do people write these originals one after the other, but not what stands there?
 * @param {import("./guesses.js").Guess} one
 * @param {import("./guesses.js").Guess} next
 * @param {Words} words
 * @param {Wording} wording
 */
function belongTogether(one, next, { hashes, endsPhrase }, { reference, textOf }) {
  const isTouching = one.end === next.first && endsPhrase[one.end - 1] !== 1;
  if (!isTouching || one.chance < MIN_CHANCE || next.chance < MIN_CHANCE) return false;
  const restored = pairKey(textOf(one.original).last, textOf(next.original).first);
  const written = pairKey(hashes[one.end - 1] ?? 0, hashes[next.first] ?? 0);
  return reference.logCount(restored) >= 0 && reference.logCount(written) < 0;
}

/**
 * For models without wording tables: known phrases of one to three words, the weightiest first to choose.
 * @param {Words} words
 * @param {Float64Array} sums of the words' parts in the score: of the first i words, for every i
 * @param {import("./family.js").Known[]} known
 * @param {string[]} originals for each row of the phrase table the wording it stands for, or nothing
 * @returns {Swap[]}
 */
export function listedSwaps({ count, endsPhrase }, sums, known, originals) {
  const taken = new Uint8Array(count);
  const weighty = known
    .map(({ row, first, length }) => ({ row, first, end: first + length, weight: sumOf(sums, first, first + length) }))
    .filter(({ weight }) => weight >= MIN_WEIGHT)
    .sort((one, other) => other.weight - one.weight);
  const chosen = [];
  for (const { row, first, end } of weighty) {
    if (endsPhrase.subarray(first, end - 1).includes(1) || taken.subarray(first, end).includes(1)) continue;
    taken.fill(1, first, end);
    chosen.push({ first, end, original: originals[row] ?? "" });
  }
  return chosen.sort((one, other) => one.first - other.first);
}

/**
 * Phrases that do not overlap, in text order.
 * @param {Symbols} symbols
 * @param {Words} words
 * @param {Float64Array} sums
 * @param {Swap[]} swaps in text order
 * @param {Wording | null} wording
 * @returns {Evidence[]}
 */
export function findPhrases(symbols, words, sums, swaps, wording) {
  const taken = new Uint8Array(words.count);
  const found = leftovers(symbols, words, sums, taken);
  for (const { first, end: last, original } of swaps) {
    const { start, end } = spanOfWords(symbols, words, first, last);
    const text = wordingAt(symbols, start, end);
    if (taken.subarray(first, last).includes(1) || text.includes("\n")) continue;
    taken.fill(1, first, last);
    const weight = Math.max(0, sumOf(sums, first, last));
    const why = reasonOf(text, original);
    found.push({ start, end, text, weight, why, likely_original: cased(original, text) || null });
  }
  found.push(...oddPairs(symbols, words, sums, taken, wording));
  return found.sort((one, other) => one.start - other.start);
}

/**
 * @param {Symbols} symbols
 * @param {Words} words
 * @param {Float64Array} sums
 * @param {Uint8Array} taken
 * @returns {Evidence[]}
 */
function leftovers(symbols, words, sums, taken) {
  const { places } = symbols;
  const starts = Array.from(words.bounds.subarray(0, -1), (bound) => places[bound] ?? 0);
  return findLeftovers(symbols).map(({ start, end, why }) => {
    const first = countBelow(starts, start);
    const last = countBelow(starts, end);
    taken.fill(1, first, last);
    const text = wordingAt(symbols, start, end);
    return { start, end, text, weight: Math.max(0, sumOf(sums, first, last)), why, likely_original: null };
  });
}

/**
 * Two words within a phrase that speak for a spinner, each of them, and that people were not seen to write together.
 * @param {Symbols} symbols
 * @param {Words} words
 * @param {Float64Array} sums
 * @param {Uint8Array} taken
 * @param {Wording | null} wording
 */
function oddPairs(symbols, words, sums, taken, wording) {
  /** @type {Evidence[]} */
  const found = [];
  for (let first = 0; first + 1 < words.count; first += 1) {
    const one = sumOf(sums, first, first + 1);
    const other = sumOf(sums, first + 1, first + 2);
    const isOdd = Math.min(one, other) >= MIN_EDGE && one + other >= MIN_ODD_PAIR;
    if (!isOdd || taken[first] === 1 || taken[first + 1] === 1 || words.endsPhrase[first] === 1) continue;
    const key = pairKey(words.hashes[first] ?? 0, words.hashes[first + 1] ?? 0);
    if (wording && wording.reference.logCount(key) >= 0) continue;
    const { start, end } = spanOfWords(symbols, words, first, first + 2);
    const text = wordingAt(symbols, start, end);
    if (text.includes("\n")) continue;
    found.push({ start, end, text, weight: one + other, why: UNLIKELY_PAIR, likely_original: null });
    first += 1;
  }
  return found;
}

/**
 * Where words stand in the text.
 * @param {Symbols} symbols
 * @param {Words} words
 * @param {number} first
 * @param {number} end the word after the last
 */
export function spanOfWords(symbols, { bounds }, first, end) {
  return spanOf(symbols, (bounds[first] ?? 0) + 1, (bounds[end] ?? 0) - 1);
}

/**
 * @param {Float64Array} sums
 * @param {number} first
 * @param {number} end
 */
function sumOf(sums, first, end) {
  return (sums[end] ?? 0) - (sums[first] ?? 0);
}

/**
 * @param {number[]} sorted
 * @param {number} value
 */
function countBelow(sorted, value) {
  const found = sorted.findIndex((one) => one >= value);
  return found < 0 ? sorted.length : found;
}

/**
 * The text there; half a surrogate pair cannot be written down.
 * @param {Symbols} symbols
 * @param {number} start
 * @param {number} end
 */
function wordingAt({ text }, start, end) {
  return text.slice(start, end).replace(/\p{Surrogate}/gu, "\ufffd");
}

/**
 * @param {string} text
 * @param {string} original
 */
function reasonOf(text, original) {
  if (/^\p{Uppercase}/u.test(text) && /^\p{Uppercase}\p{L}/u.test(original)) return ALTERED_NAME;
  const words = original.split(/\s+/).filter((word) => [...word].length >= MIN_FIXED_LETTERS);
  return words.length >= MIN_FIXED_WORDS && text.includes(" ") ? BROKEN_PHRASE : DICTIONARY_SWAP;
}

/**
 * The original wording, with the capital of the wording that stands for it.
 * @param {string} original
 * @param {string} text
 */
function cased(original, text) {
  return /^\p{Uppercase}/u.test(text) ? original.slice(0, 1).toUpperCase() + original.slice(1) : original;
}
