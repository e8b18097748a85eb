/** The n-grams of a text, exactly as detector/ngrams.py defines them: every shipped table depends on these numbers. */

import { BREAK } from "./text.js";

export const NGRAM_VERSION = 1;
export const CHAR_CODES = 1 << 20;
export const SLOTS = 1 << 20;

const CODE_MASK = CHAR_CODES - 1;
const SLOT_SHIFT = 12; // 32-bit key -> its top 20 bits
const CHECK_SHIFT = 4; // ... and the 8 bits below them
const CHECK_MASK = 0xff;
const BREAK_SHIFT = 5; // the bit of BREAK

const BASE = 0x9e3779b1;
const MIX = 0x85ebca77;
const UNI = 0x27d4eb2f;
const BI = /** @type {const} */ ([0xc2b2ae3d, 0x165667b1]);
const TRI = /** @type {const} */ ([0x7feb352d, 0x846ca68b, 0x2c1b3c6d]);
const PHRASE_END = 0x297a2d39;

/**
 * bounds: the row position of the separator before each word, and of the one after the last. endsPhrase: 1 where a
 * phrase ends after the word.
 * @typedef {{count: number, bounds: Uint32Array, hashes: Uint32Array, endsPhrase: Uint8Array}} Words
 */

/**
 * The words of a text, hashed: a polynomial of the symbols, mod 2**32, then mixed.
 * @param {import("./text.js").Symbols} symbols
 * @returns {Words}
 */
export function wordsOf({ row, kinds, places }) {
  const bounds = new Uint32Array(places.length + 1);
  const hashes = new Uint32Array(places.length);
  const endsPhrase = new Uint8Array(places.length);
  let count = 0;
  let hash = 0;
  let power = BASE;
  for (let i = 1; i <= places.length + 1 && places.length > 0; i += 1) {
    const symbol = row[i] ?? 0;
    if (symbol !== 0) {
      hash = (hash + Math.imul(symbol, power)) | 0;
      power = Math.imul(power, BASE);
      continue;
    }
    hashes[count] = mix(hash, 15, 13);
    endsPhrase[count] = ((kinds[i] ?? 0) & BREAK) >>> BREAK_SHIFT;
    count += 1;
    bounds[count] = i;
    hash = 0;
    power = BASE;
  }
  return {
    count,
    bounds: bounds.subarray(0, count + 1),
    hashes: hashes.subarray(0, count),
    endsPhrase: endsPhrase.subarray(0, count),
  };
}

/**
 * The keys of all words, then of all pairs, then of all triples, in text order.
 * @param {Words} words
 */
export function wordKeys({ count: n, hashes, endsPhrase }) {
  const pairs = n;
  const triples = pairs + Math.max(0, n - 1);
  const keys = new Uint32Array(triples + Math.max(0, n - 2));
  for (let i = 0; i < n; i += 1) {
    const first = hashes[i] ?? 0;
    keys[i] = mix(Math.imul(first, UNI), 16, 14);
    if (i + 1 >= n) continue;
    const second = hashes[i + 1] ?? 0;
    const end = (endsPhrase[i] ?? 0) * PHRASE_END;
    keys[pairs + i] = mix((Math.imul(first, BI[0]) ^ Math.imul(second, BI[1])) + end, 16, 14);
    if (i + 2 >= n) continue;
    const nextEnd = ((endsPhrase[i + 1] ?? 0) * PHRASE_END) >>> 1;
    const three = (Math.imul(first, TRI[0]) + Math.imul(second, TRI[1])) ^ Math.imul(hashes[i + 2] ?? 0, TRI[2]);
    keys[triples + i] = mix((three + end) ^ nextEnd, 16, 14);
  }
  return keys;
}

/**
 * Spread the bits of a 32-bit number.
 * @param {number} value
 * @param {number} before
 * @param {number} after
 */
function mix(value, before, after) {
  const spread = Math.imul(value ^ (value >>> before), MIX);
  return (spread ^ (spread >>> after)) >>> 0;
}

/**
 * The sum of the table's values over the character 4-grams that begin in each word or in the separator before it.
 * @param {import("./text.js").Symbols} symbols
 * @param {Words} words
 * @param {ArrayLike<number>} codes for each 4-gram an index into the book
 * @param {Float32Array} book
 */
export function charSums({ row }, { count, bounds }, codes, book) {
  const sums = new Float64Array(count);
  const end = row.length - 3;
  let code = ((row[0] ?? 0) << 10) | ((row[1] ?? 0) << 5) | (row[2] ?? 0);
  for (let word = 0, i = 0; word < count; word += 1) {
    const next = word + 1 < count ? (bounds[word + 1] ?? 0) : end;
    let sum = 0;
    for (; i < next; i += 1) {
      code = ((code << 5) | (row[i + 3] ?? 0)) & CODE_MASK;
      sum += book[codes[code] ?? 0] ?? 0;
    }
    sums[word] = sum;
  }
  return sums;
}

/**
 * For each word 1 where it stands for the first time (words whose keys share a slot count as one), else 0.
 * @param {Words} words
 */
export function firstWords({ hashes }) {
  const isFirst = createFirstSeen();
  return new Uint8Array(hashes.length).map((_, i) => isFirst(Math.imul(hashes[i] ?? 0, UNI) >>> SLOT_SHIFT));
}

/** Tells 1 for a slot the first time it is asked for, then 0. */
export function createFirstSeen() {
  const seen = new Uint8Array(SLOTS >>> 3);
  return (/** @type {number} */ slot) => {
    const bit = 1 << (slot & 7);
    const before = seen[slot >>> 3] ?? 0;
    seen[slot >>> 3] = before | bit;
    return before & bit ? 0 : 1;
  };
}

/** @param {number} key */
export function slotOf(key) {
  return key >>> SLOT_SHIFT;
}

/** @param {number} key */
export function checkOf(key) {
  return (key >>> CHECK_SHIFT) & CHECK_MASK;
}
