/** Scores of stretches of a text, from prefix sums, as detector/windows.py computes them. */

/**
 * Overlapping windows of one text; start and end in words.
 * @typedef {{start: number, end: number, score: number}} WordWindow
 */

/**
 * The sum of the first i values, for every i.
 * @param {Float64Array} values
 */
export function prefixSums(values) {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

/**
 * Score every window of `width` words, `step` words apart; the last one ends with the text.
 * @param {Float64Array} sums
 * @param {number} width
 * @param {number} step
 * @param {number} intercept
 * @returns {WordWindow[]}
 */
export function scoreWindows(sums, width, step, intercept) {
  const n = sums.length - 1;
  const starts = [];
  for (let start = 0; start < n - width; start += step) starts.push(start);
  starts.push(Math.max(0, n - width));
  return starts.map((start) => {
    const end = Math.min(start + width, n);
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
    return { start, end, score: sum / Math.sqrt(end - start) + intercept };
  });
}

/**
 * The share of a text's words for which at least half of their windows score above the threshold, 0 to 1.
 * @param {WordWindow[]} windows
 * @param {number} threshold
 * @param {number} words
 */
export function shareAbove(windows, threshold, words) {
  const covering = timesCovered(windows, words);
  const above = timesCovered(
    windows.filter(({ score }) => score > threshold),
    words,
  );
  return above.reduce((count, times, i) => count + Number(times > 0 && 2 * times >= (covering[i] ?? 0)), 0) / words;
}

/**
 * How many of the stretches each word lies in.
 * @param {WordWindow[]} windows
 * @param {number} words
 */
function timesCovered(windows, words) {
  const times = new Int32Array(words + 1);
  for (const { start, end } of windows) {
    times[start] = (times[start] ?? 0) + 1;
    times[end] = (times[end] ?? 0) - 1;
  }
  for (let i = 1; i < words; i += 1) times[i] = (times[i] ?? 0) + (times[i - 1] ?? 0);
  return times.subarray(0, words);
}
