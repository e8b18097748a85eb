/** The detector in the browser: a model's tables and manifest in, a text in, the Verdict of detector/model.py out. */

import { API_VERSION } from "../lib/verdict.js";
import { createCalibration } from "./calibration.js";
import { findPhrases, guessedSwaps, listedSwaps, spanOfWords } from "./evidence.js";
import { findFamily, knownPhrases, tellingPairs } from "./family.js";
import { guessOriginals } from "./guesses.js";
import { charSums, checkOf, createFirstSeen, firstWords, slotOf, wordKeys, wordsOf } from "./ngrams.js";
import { reasonNotToJudge } from "./prose.js";
import { spanOf, symbolise } from "./text.js";
import { prefixSums, scoreWindows, shareAbove } from "./windows.js";

// The share of a page that looks spun is told from windows of a few sentences, above all but 1 % of human ones.
const SHARE_WIDTH = 50;
const SHARE_STEP = 10;
const SHARE_RATE = 0.01;
// An entry of the word table: the bits that verify the key above an index into the book.
const CODE_BITS = 8;
const CODE_MASK = (1 << CODE_BITS) - 1;

/**
 * @typedef {import("../lib/verdict.js").Verdict} Verdict
 * @typedef {import("./tables.js").Tables} Tables
 * @typedef {{symbols: import("./text.js").Symbols, words: import("./ngrams.js").Words, keys: Uint32Array}} Reading
 * @typedef {{chars: Float64Array, known: Uint8Array, grams: Float64Array}} Weights chars: for each word; known, grams:
 *   for each key whether the tables know it, and its weight
 */

/**
 * @param {import("./manifest.js").Manifest} manifest
 * @param {Tables} tables
 */
export function createDetector(manifest, tables) {
  const { id, intercept, per_word, window_words, window_step, min_words, families, family_scale } = manifest;
  const calibration = createCalibration(manifest);

  /**
   * @param {Reading} reading
   * @param {Weights} weights
   */
  function spunShare(reading, weights) {
    const n = reading.words.count;
    const sums = prefixSums(contributions(reading, weights, per_word, false));
    const windows = scoreWindows(sums, SHARE_WIDTH, SHARE_STEP, intercept);
    return shareAbove(windows, calibration.scoreAt(SHARE_RATE, Math.min(n, SHARE_WIDTH)), n);
  }

  /**
   * @param {Reading} reading
   * @param {import("./family.js").Known[]} known
   * @param {import("../lib/verdict.js").Evidence[]} evidence
   */
  function familyOf({ symbols, words }, known, evidence) {
    const { phraseFamilies: strengths } = tables;
    const family = findFamily(known, strengths, family_scale, families);
    const number = families.indexOf(family.name);
    if (number < 0) return family;
    const placed = known.map((one) => ({ ...one, ...spanOfWords(symbols, words, one.first, one.first + one.length) }));
    return { ...family, pairs: tellingPairs(placed, evidence, number, strengths, families.length) };
  }

  return {
    id,
    /** How much memory the tables take. */
    bytes: tables.bytes,
    /**
     * Judge a text; findings are listed for flagged texts only.
     * @param {string} text
     * @param {import("./wording.js").Wording | null} wording of the same model; without, originals are less certain
     * @returns {Verdict}
     */
    score(text, wording) {
      const reading = read(text);
      const { symbols, words, keys } = reading;
      const reason = reasonNotToJudge(symbols, words, min_words);
      if (reason !== null) return verdictOf(id, reading, { verdict: "unscorable", reason });
      const weights = weigh(reading, tables);
      const sums = prefixSums(contributions(reading, weights, per_word, true));
      const windows = scoreWindows(sums, window_words, window_step, intercept);
      const whole = (sums.at(-1) ?? 0) / Math.sqrt(words.count) + intercept;
      const score = windows.reduce((highest, window) => Math.max(highest, window.score), whole);
      const rate = calibration.falseAlarmRate(score, symbols.counted);
      const label = calibration.label(rate);
      const scored = {
        verdict: label,
        score,
        probability: calibration.probability(score, symbols.counted),
        false_alarm_rate: rate,
        spun_share: 0,
        windows: windows.map((window) => inUnits(reading, window)),
      };
      if (label === "clean") return verdictOf(id, reading, scored);
      const known = knownPhrases(keys, words.count, tables.phraseKeys);
      const parts = prefixSums(wordParts(reading, weights));
      const swaps = wording
        ? guessedSwaps(guessOriginals(words, parts, wording), words, wording)
        : listedSwaps(words, parts, known, tables.originals);
      const evidence = findPhrases(symbols, words, parts, swaps, wording);
      const family = familyOf(reading, known, evidence);
      return verdictOf(id, reading, { ...scored, spun_share: spunShare(reading, weights), family, evidence });
    },
  };
}

/** @typedef {ReturnType<typeof createDetector>} Detector */

/**
 * @param {string} text
 * @returns {Reading}
 */
function read(text) {
  const symbols = symbolise(text);
  const words = wordsOf(symbols);
  return { symbols, words, keys: wordKeys(words) };
}

/**
 * Look up every n-gram of a text.
 * @param {Reading} reading
 * @param {Tables} tables
 * @returns {Weights}
 */
function weigh({ symbols, words, keys }, { charCodes, charBook, wordEntries, wordBook }) {
  const known = new Uint8Array(keys.length);
  const grams = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? 0;
    const entry = wordEntries[slotOf(key)] ?? 0;
    if (entry >>> CODE_BITS !== checkOf(key)) continue;
    known[i] = 1;
    grams[i] = wordBook[entry & CODE_MASK] ?? 0;
  }
  return { chars: charSums(symbols, words, charCodes, charBook), known, grams };
}

/**
 * What each word and the n-grams that begin with it add to the sum: where they stand first, or, for stretches that are
 * judged by themselves, wherever they stand.
 * @param {Reading} reading
 * @param {Weights} weights
 * @param {number} perWord
 * @param {boolean} firstOnly
 */
function contributions({ words, keys }, { chars, known, grams }, perWord, firstOnly) {
  const n = words.count;
  const isFirst = firstOnly ? firstWords(words) : null;
  const sums = chars.map((sum, i) => sum * (isFirst?.[i] ?? 1) + perWord);
  const isFirstGram = createFirstSeen();
  for (let i = 0; i < keys.length; i += 1) {
    if (known[i] !== 1 || (firstOnly && !isFirstGram(slotOf(keys[i] ?? 0)))) continue;
    const word = i < n ? i : i < 2 * n - 1 ? i - n : i - (2 * n - 1);
    sums[word] = (sums[word] ?? 0) + (grams[i] ?? 0);
  }
  return sums;
}

/**
 * Each word's own part in the score; pairs and triples are shared out among their words.
 * @param {Reading} reading
 * @param {Weights} weights
 */
function wordParts({ words, keys }, { chars, grams }) {
  const n = words.count;
  const parts = chars.slice();
  for (let i = 0; i < keys.length; i += 1) {
    const length = i < n ? 1 : i < 2 * n - 1 ? 2 : 3;
    const first = length === 1 ? i : length === 2 ? i - n : i - (2 * n - 1);
    const part = (grams[i] ?? 0) / length;
    for (let word = first; word < first + length; word += 1) parts[word] = (parts[word] ?? 0) + part;
  }
  return parts;
}

/**
 * A window with UTF-16 offsets in place of word numbers.
 * @param {Reading} reading
 * @param {import("./windows.js").WordWindow} window
 */
function inUnits({ symbols, words: { bounds } }, { start, end, score }) {
  return { ...spanOf(symbols, (bounds[start] ?? 0) + 1, (bounds[end] ?? 0) - 1), score };
}

/**
 * @param {string} model
 * @param {Reading} reading
 * @param {Partial<Verdict> & {verdict: import("../lib/verdict.js").Label}} found
 * @returns {Verdict}
 */
function verdictOf(model, { symbols }, found) {
  return {
    reason: null,
    score: null,
    probability: null,
    false_alarm_rate: null,
    words: symbols.counted,
    spun_share: null,
    family: null,
    evidence: [],
    windows: [],
    model,
    marks: symbols.marks,
    extractor: null,
    api: API_VERSION,
    ...found,
  };
}
