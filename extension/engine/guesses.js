/**
 * What the spun wording of a text most likely stood for, as detector/guesses.py finds it: the dictionaries run
 * backwards, judged by how people write; neighbours that were swapped themselves are replaced first, and all is judged
 * again. Sums that Python makes of 32-bit floats are rounded as there.
 */

import { logChance, pairKey, singleKey, tokensOf, tripleKey } from "./reference.js";
import { rowOf } from "./rows.js";
import { runKeys, textOf } from "./wording.js";

const SPUN_TEXT = 1.5;
const TRUST = 0.7;
const SLIP = 0.05;
const VOICE = 0.5;
const MAX_SPEAKERS = 32;
const MAX_LOG = 50;
const { fround } = Math;

/**
 * @typedef {import("./wording.js").Wording} Wording
 * @typedef {import("./wording.js").Text} Text
 * @typedef {{start: number, length: number, row: number, written: Text}} Run known wording: where among the tokens
 * @typedef {{swapped: number, best: number, original: number, speakers: number}} Odds logs of (any original : as
 *   written) and of (the likeliest original : all else); its row and its dictionaries
 * @typedef {{first: number, end: number, swapped: number, original: number, chance: number}} Guess first, end: words
 */

/**
 * What a spinner most likely wrote in a text, and for what; guesses do not overlap and stand in text order.
 * @param {import("./ngrams.js").Words} words
 * @param {Float64Array} sums of the words' parts in the score: of the first i words, for every i
 * @param {Wording} wording
 * @returns {Guess[]}
 */
export function guessOriginals(words, sums, wording) {
  const { tokens, places } = tokensOf(words);
  const runs = knownRuns(tokens, places, sums, wording);
  const odds = runs.map((run) => judge(run, run.start, run.start + run.length, tokens, wording, null));
  const chosen = choose(runs, odds, tokens.length);
  const kept = chosen.map((i) => /** @type {Run} */ (runs[i]));
  const first = chosen.map((i) => /** @type {Odds} */ (odds[i]));
  const restored = restore(kept, first, tokens, wording);
  const voices = voicesOf(first);
  return kept.map((run, i) => {
    const { start, end } = restored.spans[i] ?? { start: 0, end: 0 };
    const { swapped, best, original } = judge(run, start, end, restored.tokens, wording, voices);
    const word = places.indexOf(run.start);
    return { first: word, end: word + run.length, swapped: chance(swapped), original, chance: chance(best) };
  });
}

/**
 * Runs of tokens that are known wording, single words only where they speak for a spinner: first all of one word, then
 * all of two ...
 * @param {number[]} tokens
 * @param {number[]} places
 * @param {Float64Array} sums
 * @param {Wording} wording
 */
function knownRuns(tokens, places, sums, wording) {
  const wordAt = new Map(places.map((place, word) => [place, word]));
  /** @type {Run[]} */
  const runs = [];
  for (const [i, keys] of runKeys(tokens).entries()) {
    const length = i + 1;
    for (const [start, key] of keys.entries()) {
      const row = rowOf(key, wording.keys);
      const word = wordAt.get(start);
      if (row < 0 || word === undefined) continue;
      if (length === 1 && (sums[word + 1] ?? 0) <= (sums[word] ?? 0)) continue;
      runs.push({ start, length, row, written: textOf(tokens.slice(start, start + length), wording.reference) });
    }
  }
  return runs;
}

/**
 * A run as it is written and with each of its originals.
 * @param {Run} run
 * @param {number} left where its left neighbours end in `around`
 * @param {number} right where its right neighbours start
 * @param {number[]} around
 * @param {Wording} wording
 * @param {number[] | null} voices the chance of each dictionary; null where nothing is known yet
 * @returns {Odds}
 */
function judge(run, left, right, around, wording, voices) {
  const written = fit(run.written, left, right, around, wording) + (wording.leftAlone(run.row) - SPUN_TEXT);
  const candidates = wording.candidatesOf(run.row);
  const others = candidates.map(({ original, rate, speakers }) => {
    const log = fit(wording.textOf(original), left, right, around, wording) + rate;
    return voices ? log + spoken(speakers, voices) : log;
  });
  const top = Math.max(...others);
  const total = others.reduce((sum, log) => sum + Math.exp(log - top), 0);
  // The sum of all others, as written included, on the scale of the best.
  const rest = total - 1 + Math.exp(Math.min(written - top, 700));
  const best = candidates[others.indexOf(top)];
  return {
    swapped: Math.log(total) + top - written,
    best: -Math.log(Math.max(rest, 1e-12)),
    original: best?.original ?? 0,
    speakers: best?.speakers ?? 0,
  };
}

/**
 * The log of how likely a wording and its two right neighbours are after the two left ones.
 * @param {Text} text
 * @param {number} left
 * @param {number} right
 * @param {number[]} around
 * @param {Wording} wording
 */
function fit(text, left, right, around, { reference }) {
  const at = (/** @type {number} */ i) => around[i] ?? 0;
  const count = (/** @type {number} */ i) => reference.logCount(singleKey(at(i)));
  const pair = (/** @type {number} */ i) => reference.logCount(pairKey(at(i), at(i + 1)));
  const alone = (/** @type {number} */ log) => fround(log - reference.logWords);
  const [before, after] = [at(left - 1), at(right)];
  const second = text.isSingle ? after : text.second;
  const beforeLast = text.isSingle ? before : text.beforeLast;
  const enter = reference.logCount(pairKey(before, text.first));
  const leave = reference.logCount(pairKey(text.last, after));
  const entering = reference.logCount(tripleKey(at(left - 2), before, text.first));
  const inside = reference.logCount(tripleKey(before, text.first, second));
  const leaving = reference.logCount(tripleKey(beforeLast, text.last, after));
  const leftBehind = reference.logCount(tripleKey(text.last, after, at(right + 1)));
  const tail = text.isSingle ? enter : text.tailCount;
  const steps = [
    text.isSingle ? 0 : logChance(inside, enter, text.headCount, text.firstCount, alone(text.secondCount)),
    text.within,
    logChance(leaving, tail, leave, text.lastCount, alone(count(right))),
    logChance(leftBehind, leave, pair(right), count(right), alone(count(right + 1))),
  ];
  const start = logChance(entering, pair(left - 2), enter, count(left - 1), alone(text.firstCount));
  return TRUST * steps.reduce((sum, step) => fround(sum + step), start);
}

/**
 * Runs that do not overlap, the surest first to choose; their numbers, in text order.
 * @param {Run[]} runs
 * @param {Odds[]} odds
 * @param {number} size
 */
function choose(runs, odds, size) {
  const taken = new Uint8Array(size);
  const order = odds.map(({ swapped }, i) => ({ swapped, i })).filter(({ swapped }) => swapped > 0);
  order.sort((one, other) => other.swapped - one.swapped);
  const chosen = [];
  for (const { i } of order) {
    const { start, length } = /** @type {Run} */ (runs[i]);
    if (taken.subarray(start, start + length).includes(1)) continue;
    taken.fill(1, start, start + length);
    chosen.push({ start, i });
  }
  return chosen.sort((one, other) => one.start - other.start).map(({ i }) => i);
}

/**
 * The tokens with the originals in place; where each starts and ends among them.
 * @param {Run[]} runs in text order
 * @param {Odds[]} odds
 * @param {number[]} tokens
 * @param {Wording} wording
 */
function restore(runs, odds, tokens, wording) {
  /** @type {number[]} */
  const restored = [];
  let at = 0;
  const spans = runs.map(({ start, length }, i) => {
    const original = wording.textOf(odds[i]?.original ?? 0).tokens;
    restored.push(...tokens.slice(at, start));
    const begins = restored.length;
    restored.push(...Array.from(original));
    at = start + length;
    return { start: begins, end: restored.length };
  });
  restored.push(...tokens.slice(at));
  return { tokens: restored, spans };
}

/**
 * The chance of each dictionary, by how many of the likely swaps it has.
 * @param {Odds[]} odds
 */
function voicesOf(odds) {
  const logs = Array.from({ length: MAX_SPEAKERS }, () => 0);
  for (const { swapped, best, speakers } of odds) {
    const sure = chance(swapped) * chance(best);
    const mean = bitsOf(speakers) / MAX_SPEAKERS + SLIP;
    logs.forEach((log, i) => (logs[i] = log + sure * Math.log((((speakers >>> i) & 1) + SLIP) / mean)));
  }
  const highest = Math.max(...logs);
  const chances = logs.map((log) => Math.exp(VOICE * (log - highest)));
  const total = chances.reduce((sum, one) => sum + one, 0);
  return chances.map((one) => one / total);
}

/**
 * How much likelier a pair is, in logs, with these voices than with all alike.
 * @param {number} speakers
 * @param {number[]} voices
 */
function spoken(speakers, voices) {
  const share = voices.reduce((sum, voice, i) => sum + ((speakers >>> i) & 1) * voice, 0);
  return Math.log((share + SLIP) / (bitsOf(speakers) / MAX_SPEAKERS + SLIP));
}

/** @param {number} speakers */
function bitsOf(speakers) {
  let count = 0;
  for (let rest = speakers; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** @param {number} logOdds */
function chance(logOdds) {
  return 1 / (1 + Math.exp(Math.max(-MAX_LOG, Math.min(MAX_LOG, -logOdds))));
}
