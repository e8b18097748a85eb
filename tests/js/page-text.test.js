import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyText, cutOut, pageWorld } from "./page-world.js";

/** @param {string} html */
function textOf(html) {
  return bodyText(pageWorld(html)).text;
}

test("white space is collapsed and blocks are parted by a blank line", () => {
  assert.equal(textOf("<p>  One\n  two\tthree </p>\n<p>four</p>"), "One two three\n\nfour");
});

test("inline elements neither split nor join words", () => {
  const html = "<p>un<b>spun</b> <i>text</i> <a>here</a>, and <em>there</em>.</p>";
  assert.equal(textOf(html), "unspun text here, and there.");
});

test("a line break ends a line, not a paragraph", () => {
  assert.equal(textOf("<p>one<br>two <br> three</p>"), "one\ntwo\nthree");
});

test("scripts, styles, forms and drawings are not read", () => {
  const html = "<p>a<script>no()</script><style>no</style><noscript>no</noscript>b</p><textarea>no</textarea>";
  assert.equal(textOf(`${html}<button>no</button><svg><text>no</text></svg>`), "ab");
});

test("text before and after a nested block stands apart from it", () => {
  assert.equal(textOf("<div>before<p>inside</p>after</div>"), "before\n\ninside\n\nafter");
});

test("an offset leads to the word in its text node", () => {
  const world = pageWorld("<p>\n   The  <b>historical</b> past of</p>");
  const page = bodyText(world);
  assert.equal(page.text, "The historical past of");
  assert.equal(cutOut(world, page, 0, 3), "The");
  assert.equal(cutOut(world, page, 4, 14), "historical");
  assert.equal(cutOut(world, page, 4, 19), "historical| past");
});

test("a finding may begin and end inside a word", () => {
  const world = pageWorld("<p>on-line banking</p>");
  assert.equal(cutOut(world, bodyText(world), 3, 9), "line b");
});

test("offsets count UTF-16 units, so that astral characters do not shift them", () => {
  const world = pageWorld("<p>𝒮pun 😀😀 <b>content</b> material</p>");
  const page = bodyText(world);
  assert.equal(page.text, "𝒮pun 😀😀 content material");
  assert.equal(page.text.indexOf("content"), 11);
  assert.equal(cutOut(world, page, 11, 27), "content| material");
  assert.equal(cutOut(world, page, 6, 10), "😀😀");
});

test("a non-breaking space is text and keeps its place", () => {
  const world = pageWorld("<p>10\u00a0million  people</p>");
  const page = bodyText(world);
  assert.equal(page.text, "10\u00a0million people");
  assert.equal(cutOut(world, page, 11, 17), "people");
});

test("offsets outside the text lead nowhere", () => {
  const world = pageWorld("<p>two words</p>");
  const page = bodyText(world);
  assert.equal(cutOut(world, page, 40, 50), null);
  assert.equal(cutOut(world, page, 3, 3), null);
  assert.equal(cutOut(world, page, 5, 500), "ords");
});

test("every word of a long page leads back to itself", () => {
  const words = Array.from({ length: 400 }, (_, i) => `w${i}${i % 7 === 0 ? "é😀" : ""}`);
  const html = words.map((word, i) => (i % 5 === 0 ? `<b>${word}</b>` : word)).join(" \n ");
  const world = pageWorld(`<p>${html}</p>`);
  const page = bodyText(world);
  assert.equal(page.text, words.join(" "));
  let at = 0;
  for (const word of words) {
    assert.equal(cutOut(world, page, at, at + word.length), word);
    at += word.length + 1;
  }
});

test("a text far beyond any article is cut off", () => {
  const world = pageWorld(`<p>${"word ".repeat(100)}</p>`.repeat(1000));
  assert.ok(bodyText(world).text.length < 301_000);
});

test("words are counted as readers count them", () => {
  const world = pageWorld("");
  assert.equal(world["countWords"]("It’s a well-known fact: 3 of 4 naïve cafés — closed."), 8);
});
