/** Window scores along the text as bars: an inline SVG made here, nothing loaded. */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 600;
const HEIGHT = 84;
const LEAST_BAR = 1.5;
const FEWEST_WINDOWS = 2;

/**
 * @param {HTMLElement} figure
 * @param {import("./types").Stretch[]} windows
 */
export function drawChart(figure, windows) {
  figure.querySelector("svg")?.remove();
  figure.hidden = windows.length < FEWEST_WINDOWS;
  if (figure.hidden) return;
  const svg = made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
  svg.setAttribute("aria-label", inWords(windows));
  const scores = windows.map((one) => one.score);
  const top = Math.max(...scores, 1);
  const perScore = HEIGHT / (top - Math.min(...scores, -1));
  svg.append(...bars(windows, top * perScore, perScore));
  svg.append(made("line", { class: "zero", x1: 0, x2: WIDTH, y1: top * perScore, y2: top * perScore }));
  figure.append(svg);
}

/**
 * Windows may overlap: each bar reaches half way to the middle of the next one.
 * @param {import("./types").Stretch[]} windows
 * @param {number} zero
 * @param {number} perScore
 */
function bars(windows, zero, perScore) {
  const end = Math.max(...windows.map((one) => one.end));
  const middle = (/** @type {import("./types").Stretch} */ one) => (one.start + one.end) / 2;
  let left = 0;
  return windows.map((one, i) => {
    const next = windows[i + 1];
    const right = next ? (middle(one) + middle(next)) / 2 : end;
    const made = bar((left / end) * WIDTH, (right / end) * WIDTH, one.score * perScore, zero);
    left = right;
    return made;
  });
}

/**
 * @param {number} left
 * @param {number} right
 * @param {number} signed the bar's height, negative below the line
 * @param {number} zero
 */
function bar(left, right, signed, zero) {
  const height = Math.max(LEAST_BAR, Math.abs(signed));
  return made("rect", {
    class: signed > 0 ? "above" : "below",
    x: left,
    width: Math.max(LEAST_BAR, right - left - 1),
    y: signed > 0 ? zero - height : zero,
    height,
  });
}

/** @param {import("./types").Stretch[]} windows */
function inWords(windows) {
  const above = windows.filter((one) => one.score > 0).length;
  return `${above} of ${windows.length} stretches of the text lean towards spun.`;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function made(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
