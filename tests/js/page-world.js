/** The page side's files, run from their source text in a world with a document, as the browser runs them. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { parseHTML } from "linkedom";

const require = createRequire(import.meta.url);
const READABILITY = require.resolve("@mozilla/readability/Readability.js");
const OURS = ["text.js", "tree.js", "survey.js", "article.js", "highlights.js", "watch.js"].map(
  (name) => new URL(`../../extension/page/${name}`, import.meta.url).pathname,
);

/**
 * @param {string} html the body, or a whole document
 * @param {Record<string, unknown>} [more] further names of the world
 */
export function pageWorld(html, more = {}) {
  const whole = html.startsWith("<!doctype") ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document, window } = parseHTML(whole);
  const implementation = { createHTMLDocument: emptyDocument }; // linkedom has none
  Object.defineProperty(document, "implementation", { value: implementation });
  const world = vm.createContext({ document, window, ...more });
  for (const file of [READABILITY, ...OURS]) vm.runInContext(readFileSync(file, "utf8"), world, { filename: file });
  return world;
}

function emptyDocument() {
  return parseHTML("<!doctype html><html><head></head><body></body></html>").document;
}

/**
 * The whole of the body as page text.
 * @param {ReturnType<typeof pageWorld>} world
 * @returns {{text: string, runs: {start: number, length: number, node: Text, offset: number}[]}}
 */
export function bodyText(world) {
  return world["readBody"](world["document"]);
}

/**
 * What of the page lies at the units start to end of the text, cut out of the live text nodes.
 * @param {ReturnType<typeof pageWorld>} world
 * @param {ReturnType<typeof bodyText>} page
 * @param {number} start
 * @param {number} end
 */
export function cutOut(world, page, start, end) {
  const place = world["locate"](page.runs, start, end);
  if (!place) return null;
  const { startNode, startOffset, endNode, endOffset } = place;
  if (startNode === endNode) return startNode.data.slice(startOffset, endOffset);
  return `${startNode.data.slice(startOffset)}|${endNode.data.slice(0, endOffset)}`;
}
