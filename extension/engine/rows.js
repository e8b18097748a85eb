/** Looking up keys in sorted tables. */

/**
 * The row of a key, or -1.
 * @param {number} key
 * @param {Uint32Array} sorted
 */
export function rowOf(key, sorted) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === key ? low : -1;
}
