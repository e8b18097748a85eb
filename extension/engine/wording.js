/** The spinners' dictionaries run backwards, and how people write: what detector/wording.py decodes of a model. */

import { wordsOf } from "./ngrams.js";
import { readPacked } from "./packed.js";
import { createReference, logChance, pairKey, singleKey, tripleKey } from "./reference.js";
import { symbolise } from "./text.js";

export const WORDING_MAGIC = "unspunW1";
/** In this order; phrases sorted by key. sizes: how many candidates each has. */
export const WORDING_ARRAYS = /** @type {const} */ ([
  "keys",
  "left_alone",
  "sizes",
  "candidates",
  "rates",
  "speakers",
  "originals",
  "entries",
  "words",
]);
export const MAX_PHRASE_WORDS = 6;
const LOG_STEP = 0.05; // chances are stored as bytes: exp(-LOG_STEP * byte)
const RUN_BASE = 0x01000193;
const MIX = 0x7feb352d;
const { fround, imul } = Math;

/**
 * A wording as the reference sees it: its tokens, log counts of its words and of its first and last two, and the log
 * chance of its third word and those after it.
 * @typedef {{tokens: ArrayLike<number>, isSingle: boolean, first: number, second: number, beforeLast: number,
 *   last: number, firstCount: number, secondCount: number, lastCount: number, headCount: number, tailCount: number,
 *   within: number}} Text
 * @typedef {{row: number, original: number, rate: number, speakers: number}} Candidate original: its row; rate: log
 *   chance that a spinner writes the phrase for it; speakers: a bit for each dictionary that has the pair
 */

/**
 * The wording tables, views into the bytes. Throws TablesError.
 * @param {ArrayBuffer} buffer
 */
export function wordingFrom(buffer) {
  const views = readPacked(buffer, WORDING_MAGIC, WORDING_ARRAYS.length);
  const keys = views.take(0, Uint32Array);
  const leftAlone = views.take(1, Uint8Array);
  const sizes = views.take(2, Uint8Array);
  const candidates = views.take(3, Uint32Array);
  const rates = views.take(4, Uint8Array);
  const speakers = views.take(5, Uint32Array);
  const originals = new TextDecoder().decode(views.take(6, Uint8Array)).split("\n");
  const { byteOffset, length } = views.take(7, Uint16Array); // two to a bucket
  const buckets = new Uint32Array(buffer, byteOffset, length / 2);
  const reference = createReference(buckets, views.take(8, Uint32Array)[0] ?? 0);
  const firsts = new Uint32Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; i += 1) firsts[i + 1] = (firsts[i] ?? 0) + (sizes[i] ?? 0);
  /** @type {Map<number, Text>} */
  const texts = new Map();

  return {
    keys,
    reference,
    /** @param {number} row */
    leftAlone: (row) => (leftAlone[row] ?? 0) * -LOG_STEP,
    /**
     * What a phrase may stand for.
     * @param {number} row
     * @returns {Candidate[]}
     */
    candidatesOf(row) {
      const found = [];
      for (let i = firsts[row] ?? 0; i < (firsts[row + 1] ?? 0); i += 1) {
        const rate = (rates[i] ?? 0) * -LOG_STEP;
        found.push({ row: i, original: candidates[i] ?? 0, rate, speakers: speakers[i] ?? 0 });
      }
      return found;
    },
    /** @param {number} row */
    originalOf: (row) => originals[row] ?? "",
    /** @param {number} row of the originals */
    textOf(row) {
      const known = texts.get(row);
      if (known) return known;
      const text = textOf(wordsOf(symbolise(originals[row] ?? "")).hashes, reference);
      texts.set(row, text);
      return text;
    },
  };
}

/** @typedef {ReturnType<typeof wordingFrom>} Wording */

/**
 * @param {ArrayLike<number>} tokens at least one
 * @param {import("./reference.js").Reference} reference
 * @returns {Text}
 */
export function textOf(tokens, reference) {
  const n = tokens.length;
  const token = (/** @type {number} */ i) => tokens[Math.max(0, Math.min(i, n - 1))] ?? 0;
  const count = (/** @type {number} */ i) => reference.logCount(singleKey(token(i)));
  const pair = (/** @type {number} */ i) => reference.logCount(pairKey(token(i), token(i + 1)));
  let within = 0;
  for (let i = 2; i < n; i += 1) {
    const triple = reference.logCount(tripleKey(token(i - 2), token(i - 1), token(i)));
    within += logChance(triple, pair(i - 2), pair(i - 1), count(i - 1), fround(count(i) - reference.logWords));
  }
  return {
    tokens,
    isSingle: n === 1,
    first: token(0),
    second: token(1),
    beforeLast: token(n - 2),
    last: token(n - 1),
    firstCount: count(0),
    secondCount: count(1),
    lastCount: count(n - 1),
    headCount: pair(0),
    tailCount: pair(n - 2),
    within: fround(within),
  };
}

/**
 * The keys of all runs of tokens, for each length from one word up: keys[length - 1][start].
 * @param {ArrayLike<number>} tokens
 */
export function runKeys(tokens) {
  const keys = [];
  let sums = new Uint32Array(tokens.length + 1);
  for (let length = 1; length <= MAX_PHRASE_WORDS; length += 1) {
    const before = sums;
    sums = new Uint32Array(Math.max(0, before.length - 1));
    sums = sums.map((_, i) => imul(before[i] ?? 0, RUN_BASE) + (tokens[i + length - 1] ?? 0));
    keys.push(sums.map(spread));
  }
  return keys;
}

/** @param {number} sum */
function spread(sum) {
  const mixed = imul(sum ^ (sum >>> 16), MIX);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
