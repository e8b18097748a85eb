/**
 * From a string to symbols, exactly as detector/text.py does it. Offsets are UTF-16 code units.
 * In this folder `?? 0` after an index tells the type checker what the loop's bounds already say.
 */

import { SYMBOL_RUNS } from "./symbol-runs.js";

export const TEXT_VERSION = 1;

export const OTHER_LETTER = 28;
const FIRST_LETTER = 1;
const DIGIT = 27;
const SYMBOL = 31; // the bits of a symbol; those above say more about it:
export const BREAK = 32; // a separator that ends a phrase
const DROPPED = 64; // not there at all, like an invisible character
const BORROWED = 128; // a letter that is another alphabet's look-alike
export const LOOK_ALIKE_LETTERS = "look-alike letters";
const MIN_DISGUISED = 3;
const CODE_UNITS = 1 << 16;
const SPACE_UNIT = 32;
const SOFT_HYPHEN = 0x00ad;
const FIRST_HIDING = 0x200b; // accents are dropped too, and lie below

/**
 * row: the symbols, 0 for each run of separators, one separator before and four after. kinds: the same with the bits
 * above a symbol. places: the offsets of row[1..-5]. ink: code units that leave ink; counted: words a person counts.
 * @typedef {{text: string, row: Uint8Array, kinds: Uint8Array, places: Uint32Array, ink: number, counted: number,
 *   marks: string[]}} Symbols
 */

const TABLE = symbolTable();

/** The symbol of each UTF-16 code unit; runs come from Python, so that both engines know one edition of Unicode. */
export function symbolTable() {
  const table = new Uint8Array(CODE_UNITS);
  let at = 0;
  for (const run of SYMBOL_RUNS.split(" ")) {
    const [symbol = "", length = "1"] = run.split(":");
    table.fill(Number(symbol), at, (at += parseInt(length, 36)));
  }
  return table;
}

/**
 * The symbols of a text; any string will do.
 * @param {string} text
 * @returns {Symbols}
 */
export function symbolise(text) {
  const raw = new Uint8Array(text.length);
  let ink = 0;
  let counted = 0;
  let wasInk = false;
  let highest = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const symbol = TABLE[unit] ?? 0;
    raw[i] = symbol;
    if (symbol > highest) highest = symbol;
    const isInk = unit > SPACE_UNIT;
    if (isInk) ink += 1;
    if (isInk && !wasInk) counted += 1;
    wasInk = isInk;
  }
  return { text, ...collapse(raw), ink, counted, marks: highest < DROPPED ? [] : marksOf(raw, text) };
}

/**
 * Where a stretch starts and ends in the text: row positions `first` and `last`, neither of them padding.
 * @param {Symbols} symbols
 * @param {number} first
 * @param {number} last
 */
export function spanOf({ places }, first, last) {
  return { start: places[first - 1] ?? 0, end: (places[last - 1] ?? 0) + 1 };
}

/**
 * Keep the first separator of each run, none at either end; pad.
 * @param {Uint8Array} raw
 */
function collapse(raw) {
  const kinds = new Uint8Array(raw.length + 5);
  const places = new Uint32Array(raw.length);
  let length = 0;
  let afterLetter = false;
  for (let i = 0; i < raw.length; i += 1) {
    const symbol = raw[i] ?? 0;
    if (symbol === DROPPED) continue;
    const isLetter = (symbol & SYMBOL) !== 0;
    if (isLetter || afterLetter) {
      places[length] = i;
      length += 1;
      kinds[length] = symbol & (BORROWED - 1);
    }
    afterLetter = isLetter;
  }
  if (length > 0 && !afterLetter) {
    kinds[length] = 0;
    length -= 1;
  }
  const kept = kinds.subarray(0, length + 5);
  return { row: kept.map((kind) => kind & SYMBOL), kinds: kept, places: places.subarray(0, length) };
}

/**
 * Another alphabet's letters inside English words, or invisible characters inside them.
 * @param {Uint8Array} raw
 * @param {string} text
 */
function marksOf(raw, text) {
  let borrowed = 0;
  let hidden = 0;
  for (let i = 1; i < raw.length - 1; i += 1) {
    const symbol = raw[i] ?? 0;
    if (symbol < DROPPED || !(isOurs(raw[i - 1] ?? 0) || isOurs(raw[i + 1] ?? 0))) continue;
    const unit = text.charCodeAt(i);
    if (symbol > BORROWED) borrowed += 1;
    else if (symbol === DROPPED && (unit === SOFT_HYPHEN || unit >= FIRST_HIDING)) hidden += 1;
  }
  const marks = [];
  if (borrowed >= MIN_DISGUISED) marks.push(LOOK_ALIKE_LETTERS);
  if (hidden >= MIN_DISGUISED) marks.push("invisible characters");
  return marks;
}

/** @param {number} symbol */
function isOurs(symbol) {
  return symbol >= FIRST_LETTER && symbol < DIGIT;
}

/**
 * Is this a look-alike letter of another alphabet?
 * @param {string} char
 */
export function isBorrowed(char) {
  return (TABLE[char.charCodeAt(0)] ?? 0) >= BORROWED;
}
