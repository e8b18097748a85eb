/**
 * The text with its findings marked, as written or with the likely originals in place. Offsets are UTF-16 code units,
 * which is what JavaScript strings count.
 */
import { element } from "./elements.js";

const LEVELS = 3;

/**
 * Fills `box`; gives for each finding its <mark>, or undefined where an earlier finding covers it.
 * @param {HTMLElement} box
 * @param {string} text
 * @param {import("./types").Evidence[]} evidence
 * @param {boolean} restored whether the likely originals are written in place of what was found
 * @returns {(HTMLElement | undefined)[]}
 */
export function markText(box, text, evidence, restored = false) {
  const strongest = Math.max(...evidence.map((found) => found.weight), Number.MIN_VALUE);
  const order = evidence.map((found, index) => ({ found, index })).sort((a, b) => a.found.start - b.found.start);
  /** @type {(HTMLElement | undefined)[]} */
  const marks = evidence.map(() => undefined);
  const parts = [];
  let done = 0;
  for (const { found, index } of order) {
    if (found.start < done) continue;
    const level = Math.min(LEVELS, Math.max(1, Math.ceil((LEVELS * found.weight) / strongest)));
    const mark = restored && found.likely_original ? originalOf(found) : writtenOf(found, level);
    marks[index] = mark;
    parts.push(text.slice(done, found.start), mark);
    done = found.end;
  }
  box.replaceChildren(...parts, text.slice(done));
  return marks;
}

/**
 * @param {import("./types").Evidence} found
 * @param {number} level 1 to 3, for how much it tells
 */
function writtenOf(found, level) {
  const title = found.likely_original ? `probably: ${found.likely_original} (${found.why})` : found.why;
  return element("mark", { className: `w${level}`, title, textContent: found.text });
}

/** @param {import("./types").Evidence} found */
const originalOf = ({ text, likely_original: original }) =>
  element("mark", { className: "original", title: `written here: ${text}`, textContent: original ?? "" });
