/** From a score to rates that mean something, by the ladders of a model's manifest, as detector/calibration.py does. */

const MAX_LOG_ODDS = 60;

/**
 * @typedef {import("./manifest.js").Manifest} Manifest
 * @typedef {{low: number, high: number, part: number}} Rungs
 */

/**
 * @param {Manifest} manifest
 */
export function createCalibration({ calibration, thresholds, prior }) {
  const { lengths, rates, scores, logistic } = calibration;

  /**
   * The score of every rate for texts of this length.
   * @param {number} words
   */
  function ladder(words) {
    const { low, high, part } = rungs(lengths, words);
    return rates.map((_, rung) => blend(scores[low]?.[rung] ?? 0, scores[high]?.[rung] ?? 0, part));
  }

  return {
    /**
     * The share of human texts of this length that score at least this high; never below the last rung.
     * @param {number} score
     * @param {number} words
     */
    falseAlarmRate(score, words) {
      const steps = ladder(words);
      if (score <= (steps[0] ?? 0)) return 1;
      const above = bisectRight(steps, score);
      if (above === steps.length) return rates.at(-1) ?? 1;
      const below = steps[above - 1] ?? 0;
      const between = (score - below) / ((steps[above] ?? 0) - below);
      return Math.exp(blend(Math.log(rates[above - 1] ?? 1), Math.log(rates[above] ?? 1), between));
    },
    /**
     * The score that a share `rate` of human texts of this length reach; `rate` is a rung.
     * @param {number} rate
     * @param {number} words
     */
    scoreAt(rate, words) {
      return ladder(words)[rates.indexOf(rate)] ?? Infinity;
    },
    /**
     * The calibrated chance that the text is spun, at the stated prior.
     * @param {number} score
     * @param {number} words
     */
    probability(score, words) {
      const { low, high, part } = rungs(lengths, words);
      const slope = blend(logistic[low]?.[0] ?? 0, logistic[high]?.[0] ?? 0, part);
      const offset = blend(logistic[low]?.[1] ?? 0, logistic[high]?.[1] ?? 0, part);
      const odds = slope * score + offset + Math.log(prior / (1 - prior));
      return 1 / (1 + Math.exp(-Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, odds))));
    },
    /**
     * The decision that a rate leads to.
     * @param {number} rate
     */
    label(rate) {
      if (rate <= thresholds.spun) return /** @type {const} */ ("spun");
      return rate <= thresholds.suspicious ? /** @type {const} */ ("suspicious") : /** @type {const} */ ("clean");
    },
  };
}

/**
 * The rungs below and above a length, and how far it lies between them, 0 to 1.
 * @param {number[]} lengths
 * @param {number} words
 * @returns {Rungs}
 */
function rungs(lengths, words) {
  const high = bisectRight(lengths, words);
  if (high === 0) return { low: 0, high: 0, part: 0 };
  if (high === lengths.length) return { low: high - 1, high: high - 1, part: 0 };
  const below = lengths[high - 1] ?? 1;
  const above = lengths[high] ?? 1;
  return { low: high - 1, high, part: Math.log(words / below) / Math.log(above / below) };
}

/**
 * How many of the sorted values are not above this one.
 * @param {number[]} sorted
 * @param {number} value
 */
function bisectRight(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < (sorted[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} part
 */
function blend(low, high, part) {
  return low + (high - low) * part;
}
