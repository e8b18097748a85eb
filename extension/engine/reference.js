/**
 * How people write: counts of words, pairs and triples of human text, and how likely a word is after two others, as
 * detector/reference.py tells it. Python computes with 32-bit floats here; every step is rounded as there.
 */

const { fround, imul } = Math;

export const BOUNDARY = 0x9e3779b9;
const BUCKET_SHIFT = 12;
const CHECK_SHIFT = 1;
const CHECK_MASK = 0x7ff;
const BOTH_CHECKS = (1 << 5) | (1 << 21);
const LEVELS = 32;
const LEVEL_STEP = 1.55;
const BACK_OFF = fround(Math.log(0.4));
const UNSEEN = Math.log(0.3);
const FACTORS = /** @type {const} */ ([0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f]);
const MIX = 0x2c1b3c6d;

// Whatever is no level, because a check was wrong, takes the last place.
const LOG_COUNTS = Float32Array.from({ length: LEVELS + 1 }, (_, level) =>
  level === 0 || level === LEVELS ? UNSEEN : (level - 1) * Math.log(LEVEL_STEP),
);

/**
 * @param {Uint32Array} buckets each of two entries: check bits above the level of a count
 * @param {number} words of text that were counted
 */
export function createReference(buckets, words) {
  return {
    logWords: fround(Math.log(Math.max(1, words))),
    /**
     * The logarithm of a key's count, below 0 for n-grams that were not met.
     * @param {number} key
     */
    logCount(key) {
      const bucket = (buckets[key >>> BUCKET_SHIFT] ?? 0) ^ imul((key >>> CHECK_SHIFT) & CHECK_MASK, BOTH_CHECKS);
      return LOG_COUNTS[Math.min(bucket & 0xffff, bucket >>> 16, LEVELS)] ?? 0;
    },
  };
}

/** @typedef {ReturnType<typeof createReference>} Reference */

/**
 * How likely a word is after two others, its log, from log counts.
 * @param {number} triple of all three words
 * @param {number} pairBefore of the two before
 * @param {number} pair of the last two
 * @param {number} wordBefore of the middle one
 * @param {number} word of the last one, less the log of all words
 */
export function logChance(triple, pairBefore, pair, wordBefore, word) {
  const afterOne = pair >= 0 ? fround(pair - wordBefore) : fround(word + (wordBefore >= 0 ? BACK_OFF : 0));
  const afterTwo = triple >= 0 ? fround(triple - pairBefore) : fround(afterOne + (pairBefore >= 0 ? BACK_OFF : 0));
  return Math.min(afterTwo, 0);
}

/**
 * The tokens of a text: its words' hashes, a boundary where a phrase ends, two before and two after all. places: where
 * each word stands among them.
 * @param {import("./ngrams.js").Words} words
 */
export function tokensOf({ count, hashes, endsPhrase }) {
  const tokens = [BOUNDARY, BOUNDARY];
  const places = [];
  for (let word = 0; word < count; word += 1) {
    places.push(tokens.length);
    tokens.push(hashes[word] ?? 0);
    if (endsPhrase[word] === 1 && word + 1 < count) tokens.push(BOUNDARY);
  }
  tokens.push(BOUNDARY, BOUNDARY);
  return { tokens, places };
}

/** @param {number} token */
export function singleKey(token) {
  return mixed(imul(token, FACTORS[0]) + 1);
}

/**
 * @param {number} first
 * @param {number} second
 */
export function pairKey(first, second) {
  return mixed(imul(first, FACTORS[0]) ^ (imul(second, FACTORS[1]) + 2));
}

/**
 * @param {number} first
 * @param {number} second
 * @param {number} third
 */
export function tripleKey(first, second, third) {
  const two = imul(first, FACTORS[0]) ^ (imul(second, FACTORS[1]) + 3);
  return mixed(imul(two, FACTORS[1]) ^ imul(third, FACTORS[2]));
}

/** @param {number} key */
function mixed(key) {
  const spread = imul(key ^ (key >>> 15), MIX);
  return (spread ^ (spread >>> 13)) >>> 0;
}
