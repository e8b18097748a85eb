/** Which spinner wrote a text, by the wording of dictionaries in it, as detector/family.py tells it. */

import { rowOf } from "./rows.js";

const MIN_PHRASES_FOR_FAMILY = 5;
const MIN_FAMILY_CONFIDENCE = 0.5;
const MAX_PAIRS = 5;

/**
 * A phrase of a dictionary in a text: its row in the table, its first word and its number of words.
 * @typedef {{row: number, first: number, length: number}} Known
 * @typedef {import("../lib/verdict.js").Family} Family
 */

/**
 * The known phrases among a text's word n-grams: first the words, then the pairs, then the triples.
 * @param {Uint32Array} keys of all n-grams of a text of `words` words
 * @param {number} words
 * @param {Uint32Array} phraseKeys sorted
 * @returns {Known[]}
 */
export function knownPhrases(keys, words, phraseKeys) {
  const found = [];
  for (let i = 0; i < keys.length; i += 1) {
    const row = rowOf(keys[i] ?? 0, phraseKeys);
    if (row < 0) continue;
    const length = 1 + Number(i >= words) + Number(i >= 2 * words - 1);
    found.push({ row, first: i - (length === 1 ? 0 : length === 2 ? words : 2 * words - 1), length });
  }
  return found;
}

/**
 * The family whose dictionary explains the known phrases best: a softmax over summed strengths.
 * @param {Known[]} known
 * @param {Int8Array} strengths for each phrase, one for each family
 * @param {number} scale
 * @param {string[]} names
 * @returns {Family}
 */
export function findFamily(known, strengths, scale, names) {
  const rows = [...new Set(known.map(({ row }) => row))];
  if (rows.length < MIN_PHRASES_FOR_FAMILY) return { name: "unknown", confidence: 0, pairs: [] };
  const logits = names.map((_, family) => {
    const sum = rows.reduce((total, row) => total + (strengths[row * names.length + family] ?? 0), 0);
    return sum * (scale / Math.sqrt(rows.length));
  });
  const highest = Math.max(...logits);
  const odds = logits.map((logit) => Math.exp(logit - highest));
  const confidence = 1 / odds.reduce((total, odd) => total + odd, 0);
  if (confidence < MIN_FAMILY_CONFIDENCE) return { name: "unknown", confidence: 0, pairs: [] };
  return { name: names[odds.indexOf(1)] ?? "unknown", confidence, pairs: [] };
}

/**
 * The swaps of the evidence that tell the family best from all others, as [spun, original].
 * @param {(Known & {start: number, end: number})[]} known start and end in the text
 * @param {import("../lib/verdict.js").Evidence[]} evidence
 * @param {number} family its number
 * @param {Int8Array} strengths
 * @param {number} families how many there are
 * @returns {[string, string][]}
 */
export function tellingPairs(known, evidence, family, strengths, families) {
  const swaps = new Map(evidence.map((one) => [`${one.start} ${one.end}`, one]));
  const told = known
    .map((phrase) => ({ ...phrase, telling: tellingOf(phrase.row, family, strengths, families) }))
    .filter(({ telling }) => telling > 0)
    .sort((one, other) => other.telling - one.telling);
  /** @type {Map<string, [string, string]>} */
  const pairs = new Map();
  for (const { start, end } of told) {
    const swap = swaps.get(`${start} ${end}`);
    if (!swap?.likely_original) continue;
    const pair = /** @type {[string, string]} */ ([swap.text.toLowerCase(), swap.likely_original.toLowerCase()]);
    if (!pairs.has(pair.join("\n"))) pairs.set(pair.join("\n"), pair);
  }
  return [...pairs.values()].slice(0, MAX_PAIRS);
}

/**
 * How much more a known phrase says for this family than for any other.
 * @param {number} row
 * @param {number} family
 * @param {Int8Array} strengths
 * @param {number} families
 */
function tellingOf(row, family, strengths, families) {
  const of = strengths.subarray(row * families, (row + 1) * families);
  const others = of.reduce((highest, strength, i) => (i === family ? highest : Math.max(highest, strength)), -127);
  return (of[family] ?? 0) - others;
}
