import assert from "node:assert/strict";
import { test } from "node:test";
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
