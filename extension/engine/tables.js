/** A model's tables, as views into their packed bytes. */

import { CHAR_CODES, SLOTS } from "./ngrams.js";
import { TablesError, readPacked } from "./packed.js";

export const TABLES_MAGIC = "unspunT1";
/** In this order. */
export const TABLES_ARRAYS = /** @type {const} */ ([
  "char_codes",
  "char_book",
  "word_entries",
  "word_book",
  "phrase_keys",
  "phrase_families",
  "originals",
]);

/**
 * What a model weighs: see detector/model.py. Weights are indices into books of 256 values; the top byte of a word
 * entry verifies its key.
 * @typedef {{charCodes: Uint8Array, charBook: Float32Array, wordEntries: Uint16Array, wordBook: Float32Array,
 *   phraseKeys: Uint32Array, phraseFamilies: Int8Array, originals: string[], bytes: number}} Tables
 */

/**
 * The tables, not copied. Throws TablesError.
 * @param {ArrayBuffer} buffer
 * @returns {Tables}
 */
export function tablesFrom(buffer) {
  const views = readPacked(buffer, TABLES_MAGIC, TABLES_ARRAYS.length);
  const charCodes = views.take(0, Uint8Array);
  const wordEntries = views.take(2, Uint16Array);
  expectItems("char_codes", charCodes.length, CHAR_CODES);
  expectItems("word_entries", wordEntries.length, SLOTS);
  return {
    charCodes,
    charBook: views.take(1, Float32Array),
    wordEntries,
    wordBook: views.take(3, Float32Array),
    phraseKeys: views.take(4, Uint32Array),
    phraseFamilies: views.take(5, Int8Array),
    originals: new TextDecoder().decode(views.take(6, Uint8Array)).split("\n"),
    bytes: buffer.byteLength,
  };
}

/**
 * @param {string} name
 * @param {number} found
 * @param {number} wanted
 */
function expectItems(name, found, wanted) {
  if (found !== wanted) throw new TablesError(`Table ${name} has ${found} items, wanted ${wanted}`);
}
