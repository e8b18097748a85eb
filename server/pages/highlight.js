/** The text with its findings marked. Offsets are UTF-16 code units, which is what JavaScript strings count. */
import { element } from "./elements.js";

const LEVELS = 3;

/**
 * Fills `box`; gives for each finding its <mark>, or undefined where an earlier finding covers it.
 * @param {HTMLElement} box
 * @param {string} text
 * @param {import("./types").Evidence[]} evidence
 * @returns {(HTMLElement | undefined)[]}
 */
export function markText(box, text, evidence) {
  const strongest = Math.max(...evidence.map((found) => found.weight), Number.MIN_VALUE);
  const order = evidence.map((found, index) => ({ found, index })).sort((a, b) => a.found.start - b.found.start);
  /** @type {(HTMLElement | undefined)[]} */
  const marks = evidence.map(() => undefined);
  const parts = [];
  let done = 0;
  for (const { found, index } of order) {
    if (found.start < done) continue;
    const mark = markOf(text.slice(found.start, found.end), found, found.weight / strongest);
    marks[index] = mark;
    parts.push(text.slice(done, found.start), mark);
    done = found.end;
  }
  box.replaceChildren(...parts, text.slice(done));
  return marks;
}

/**
 * @param {string} words
 * @param {import("./types").Evidence} found
 * @param {number} strength from 0 to 1
 */
function markOf(words, found, strength) {
  const level = Math.min(LEVELS, Math.max(1, Math.ceil(strength * LEVELS)));
  const title = found.likely_original ? `probably: ${found.likely_original} (${found.why})` : found.why;
  return element("mark", { className: `w${level}`, title, textContent: words });
}
