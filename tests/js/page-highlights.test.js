import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "./fakes.js";
import { bodyText, pageWorld } from "./page-world.js";

class Highlight {
  /** @param {...Range} ranges */
  constructor(...ranges) {
    this.ranges = ranges;
  }
}

/**
 * @param {string} text
 * @param {string} phrase
 * @param {number} weight
 */
function finding(text, phrase, weight) {
  const start = text.indexOf(phrase);
  return { start, end: start + phrase.length, text: phrase, weight, why: "dictionary swap", likely_original: null };
}

/** @param {string} html */
function marking(html) {
  const CSS = { highlights: new Map() };
  const world = pageWorld(html, { CSS, Highlight });
  const page = bodyText(world);
  const document = world["document"];
  Object.defineProperty(document, "defaultView", { value: { CSS, Highlight } });
  document.createRange = () => ({
    /** @param {Text} node @param {number} offset */
    setStart(node, offset) {
      Object.assign(this, { startContainer: node, startOffset: offset });
    },
    /** @param {Text} node @param {number} offset */
    setEnd(node, offset) {
      Object.assign(this, { endContainer: node, endOffset: offset });
    },
  });
  return { world, page, highlights: CSS.highlights };
}

/** @param {Highlight} highlight */
function phrases(highlight) {
  return highlight.ranges.map((range) =>
    /** @type {Text} */ (range.startContainer).data.slice(range.startOffset, range.endOffset),
  );
}

test("heavy findings are marked strongly, light ones lightly", () => {
  const { world, page, highlights } = marking("<p>The content material of historical past is handy.</p>");
  const findings = [
    finding(page.text, "content material", 2),
    finding(page.text, "historical past", 1),
    finding(page.text, "handy", 0.4),
  ];
  world["drawHighlights"](world["makeMarks"](findings, page));
  assert.deepEqual(phrases(highlights.get("unspun-strong")), ["content material", "historical past"]);
  assert.deepEqual(phrases(highlights.get("unspun-light")), ["handy"]);
});

test("a finding whose words the page took away is left out, the others keep their numbers", () => {
  const { world, page } = marking("<p>historical past</p><p>content material</p>");
  const findings = [finding(page.text, "historical past", 1), finding(page.text, "content material", 1)];
  world["document"].querySelector("p").remove();
  const marks = world["makeMarks"](findings, page);
  assert.equal(marks[0], null);
  assert.equal(marks[1].finding.text, "content material");
});

test("a text node that became shorter is left alone", () => {
  const { world, page } = marking("<p>of historical past</p>");
  const findings = [finding(page.text, "historical past", 1)];
  world["document"].querySelector("p").firstChild.data = "of";
  assert.deepEqual([...world["makeMarks"](findings, page)], [null]);
});

test("clearing takes every mark of ours and none of the page's", () => {
  const { world, page, highlights } = marking("<p>historical past</p>");
  highlights.set("search-result", new Highlight());
  const marks = world["makeMarks"]([finding(page.text, "historical past", 1)], page);
  world["drawHighlights"](marks);
  world["clearHighlights"](marks);
  assert.deepEqual([...highlights.keys()], ["search-result"]);
});

test("each strength shows the heavy findings first, all in the order of the text", () => {
  const { world, page } = marking("<p>The content material of historical past is handy.</p>");
  const findings = [
    finding(page.text, "handy", 0.1),
    finding(page.text, "historical past", 2),
    finding(page.text, "content material", 0.6),
  ];
  const marks = world["makeMarks"](findings, page);
  const shown = (/** @type {string} */ strength) =>
    world["shownMarks"](marks, strength).map((/** @type {any} */ mark) => mark.finding.text);
  assert.deepEqual([...shown("few")], ["historical past"]);
  assert.deepEqual([...shown("most")], ["content material", "historical past"]);
  assert.deepEqual([...shown("all")], ["content material", "historical past", "handy"]);
});

test("steps go from finding to finding, round and round, from either end", () => {
  const { world } = marking("<p>text</p>");
  const [one, two, three] = [{}, {}, {}];
  const marks = [one, two, three];
  const beside = (/** @type {any} */ from, /** @type {number} */ by) => world["markBeside"](marks, from, by);
  assert.equal(beside(null, 1), one);
  assert.equal(beside(null, -1), three);
  assert.equal(beside(two, 1), three);
  assert.equal(beside(three, 1), one);
  assert.equal(beside(one, -1), three);
  assert.equal(world["markBeside"]([], null, 1), null);
});

test("only our two keys step, only when the reader presses them, and not while typing", () => {
  const { world } = marking("<p>text</p><input><b contenteditable>here</b>");
  const document = world["document"];
  const press = (/** @type {object} */ more) =>
    world["stepOf"]({ code: "KeyN", altKey: true, shiftKey: true, isTrusted: true, target: document.body, ...more });
  assert.equal(press({}), 1);
  assert.equal(press({ code: "KeyP" }), -1);
  const others = [{ code: "KeyU" }, { altKey: false }, { shiftKey: false }, { ctrlKey: true }, { isTrusted: false },
    { target: document.querySelector("input") }, { target: document.querySelector("b") }];
  for (const other of others) assert.equal(press(other), 0);
});

test("a step is told to screen readers with its place, phrase and likely original", () => {
  const { world } = marking("<p>text</p>");
  const say = (/** @type {string} */ key, /** @type {string[]} */ parts) => english(key, ...parts);
  const spoken = (/** @type {string | null} */ likely_original) =>
    world["spokenFinding"]({ text: "historical past", likely_original }, 3, 35, say);
  assert.equal(spoken("history"), "Finding 3 of 35: historical past, likely history.");
  assert.equal(spoken(null), "Finding 3 of 35: historical past.");
});
