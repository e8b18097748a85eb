/** Whether a text can be judged at all, as detector/prose.py decides it. */

import { wordsOf } from "./ngrams.js";
import { OTHER_LETTER, symbolise } from "./text.js";

const MIN_ENGLISH_SHARE = 0.1;
const MIN_LETTER_SHARE = 0.8;
const MIN_WORDS_A_PHRASE = 2.5;
const MAX_FOREIGN_SHARE = 0.3;
const MARKER_SHIFT = 16; // the top 16 bits of a word's hash

const ENGLISH_MARKERS = `about after also and any are be because been before being between but by could did each
even for from has have her him his how if into it its just many may might more much must my not only other our
same she should some such than that the their them then there these they this those through to very were what
when where which while who with would you your`;

const MARKERS = markerTable();

function markerTable() {
  const table = new Uint8Array(1 << (32 - MARKER_SHIFT));
  for (const hash of wordsOf(symbolise(ENGLISH_MARKERS)).hashes) table[hash >>> MARKER_SHIFT] = 1;
  return table;
}

/**
 * Why a text cannot be judged, or null when it can.
 * @param {import("./text.js").Symbols} symbols
 * @param {import("./ngrams.js").Words} words
 * @param {number} minWords
 * @returns {"too_short" | "not_english" | "not_prose" | null}
 */
export function reasonNotToJudge({ row, ink, counted }, { count, hashes, endsPhrase }, minWords) {
  const letters = countWhere(row, (symbol) => symbol !== 0);
  const foreign = countWhere(row, (symbol) => symbol === OTHER_LETTER);
  if (letters > 0 && foreign > MAX_FOREIGN_SHARE * letters) return "not_english";
  if (Math.min(count, counted) < minWords) return "too_short";
  if (letters < MIN_LETTER_SHARE * ink) return "not_prose";
  const markers = countWhere(hashes, (hash) => MARKERS[hash >>> MARKER_SHIFT] === 1);
  if (markers >= MIN_ENGLISH_SHARE * count) return null;
  const phrases = countWhere(endsPhrase, (ends) => ends === 1) + 1;
  return count < MIN_WORDS_A_PHRASE * phrases ? "not_prose" : "not_english";
}

/**
 * @param {Uint8Array | Uint32Array} values
 * @param {(value: number) => boolean} isWanted
 */
function countWhere(values, isWanted) {
  let count = 0;
  for (let i = 0; i < values.length; i += 1) if (isWanted(values[i] ?? 0)) count += 1;
  return count;
}
