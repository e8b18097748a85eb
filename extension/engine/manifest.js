/** What the engine reads of a model's manifest.json, and whether it can judge by it. */

import { isRecord } from "../lib/verdict.js";
import { NGRAM_VERSION } from "./ngrams.js";
import { TEXT_VERSION } from "./text.js";

const FORMAT = 1;
const NUMBERS = [
  "intercept",
  "per_word",
  "window_words",
  "window_step",
  "min_words",
  "prior",
  "family_scale",
];

/**
 * calibration: as detector/calibration.py says; `scores[i][j]` is reached by a share `rates[j]` of human texts of
 * `lengths[i]` words.
 * @typedef {{id: string, format: number, text_version: number, ngram_version: number, intercept: number,
 *   per_word: number, window_words: number, window_step: number, min_words: number, prior: number,
 *   thresholds: {suspicious: number, spun: number}, families: string[], family_scale: number,
 *   calibration: {lengths: number[], rates: number[], scores: number[][], logistic: [number, number][]}}} Manifest
 */

/**
 * Can this engine judge by it? A model made for another edition of the alphabet or of the n-grams means nothing here.
 * @param {unknown} value
 * @returns {value is Manifest}
 */
export function isReadable(value) {
  if (!isRecord(value) || typeof value["id"] !== "string") return false;
  const { format, text_version, ngram_version, thresholds, families } = value;
  return (
    format === FORMAT &&
    text_version === TEXT_VERSION &&
    ngram_version === NGRAM_VERSION &&
    areNumbers(NUMBERS.map((key) => value[key])) &&
    isRecord(thresholds) &&
    areNumbers([thresholds["suspicious"], thresholds["spun"]]) &&
    Array.isArray(families) &&
    isRecord(value["calibration"]) &&
    areLadders(value["calibration"])
  );
}

/** @param {Record<string, unknown>} calibration */
function areLadders({ lengths, rates, scores, logistic }) {
  return (
    areNumbers(lengths) &&
    areNumbers(rates) &&
    areRows(scores, lengths.length, rates.length) &&
    areRows(logistic, lengths.length, 2)
  );
}

/**
 * @param {unknown} rows
 * @param {number} height
 * @param {number} width
 */
function areRows(rows, height, width) {
  return Array.isArray(rows) && rows.length === height && rows.every((row) => areNumbers(row) && row.length === width);
}

/**
 * A list of at least one number.
 * @param {unknown} values
 * @returns {values is number[]}
 */
function areNumbers(values) {
  return Array.isArray(values) && values.length > 0 && values.every(Number.isFinite);
}
