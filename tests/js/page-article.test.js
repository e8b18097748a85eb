import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cutOut, pageWorld } from "./page-world.js";

const [title = "", ...paragraphs] = readFileSync(new URL("../pages/honest-sample.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "");

const ARTICLE = `<article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article>`;
const PAGE = `<nav><ul><li><a href="/a">Town</a></li><li><a href="/b">County</a></li></ul></nav>
  <main>${ARTICLE}</main><aside><a href="/c">Market day moves to Thursday</a></aside>
  <footer>Printed in Harrow Bridge since 1884</footer><script>var no = "Not to be read";</script>`;

/** @param {string} html */
function read(html) {
  const world = pageWorld(html);
  return world["readArticle"](world["document"]);
}

test("a news page holds an article that Readability finds, a form holds none", () => {
  assert.equal(read(PAGE).extractor, "readability");
  assert.equal(read("<form><label>Name <input></label><button>Sign in</button></form><a href='#'>Help</a>"), null);
});

test("a page to sign up, sign in or pay is left alone, whatever else stands there", () => {
  const fields = ['type="password" autocomplete="new-password"', 'autocomplete="cc-number"'];
  for (const field of fields) assert.equal(read(`${PAGE}<form><input ${field}></form>`), null);
  const plea = "We hope that you, too, will sign in. ".repeat(20);
  assert.equal(read(`<form><input type="password"></form><p>${plea}</p>`), null);
});

test("a long article stays one beside a small form to sign in", () => {
  const long = PAGE.replace("</article>", `<p>${"It rained, and the river rose again. ".repeat(40)}</p></article>`);
  assert.ok(read(`<form><input type="password"></form>${long}`));
});

test("a list of teasers is no article", () => {
  const teaser = `<h2><a href="/story">A bridge reopens</a></h2><p>${"The council met, and it agreed. ".repeat(8)}</p>`;
  assert.equal(read(`<main>${teaser.repeat(6)}</main>`), null);
});

test("prose that Readability passes over is found by its density, and said to be less certain", () => {
  const words = "The hull is dry, so the keel holds. ".repeat(9);
  const post = `<div><div class="avatar"><a href="/u">x</a></div><div>${words}</div></div>`;
  const comments = `<div class="comments"><p>${"No, it is not. ".repeat(30)}</p></div>`;
  const found = read(`<div id="posts">${post.repeat(4)}</div>${comments}`);
  assert.equal(found.text.match(/keel/g).length, 36);
  assert.ok(!found.text.includes("No, it is not"));
});

test("a page with more text than Readability can bear is read without it", () => {
  const found = read(`<main>${`<p>${"The water rose, and then it fell again. ".repeat(500)}</p>`.repeat(60)}</main>`);
  assert.equal(found.extractor, "fallback");
  assert.ok(found.text.length < 330_000);
});

test("the article's paragraphs are read, menu, side column and footer are not", () => {
  const world = pageWorld(PAGE);
  const { text } = world["readArticle"](world["document"]);
  for (const paragraph of paragraphs) assert.ok(text.includes(paragraph), paragraph);
  const others = ["Market day", "Printed in", "County\n", "Not to be read"];
  for (const other of others) assert.ok(!text.includes(other), other);
});

test("reading leaves the page as it was", () => {
  const world = pageWorld(PAGE);
  const before = world["document"].documentElement.outerHTML;
  world["readArticle"](world["document"]);
  assert.equal(world["document"].documentElement.outerHTML, before);
});

test("a phrase of the article leads back to the live page", () => {
  const world = pageWorld(PAGE);
  const page = world["readArticle"](world["document"]);
  const at = page.text.indexOf("artificial intelligence");
  assert.equal(cutOut(world, page, at, at + 23), "artificial intelligence");
  assert.ok(world["document"].contains(world["locate"](page.runs, at, at + 23).startNode));
});

test("text that stands in bare lines between line breaks is read too", () => {
  const world = pageWorld(`<div id="story">${paragraphs.join("<br><br>")}</div><div><a href="/x">More</a></div>`);
  const { text } = world["readArticle"](world["document"]);
  for (const paragraph of paragraphs) assert.ok(text.includes(paragraph), paragraph);
});

test("links and emphasis inside a paragraph stay in their sentence", () => {
  const linked = PAGE.replace("artificial intelligence", '<em><a href="/ai">artificial</a> intelligence</em>');
  const world = pageWorld(linked);
  assert.ok(world["readArticle"](world["document"]).text.includes("it is using artificial intelligence to do"));
});

test("a page without an article gives none", () => {
  const world = pageWorld("");
  assert.equal(world["readArticle"](world["document"]), null);
});

test("a file that is not HTML is no article", () => {
  const world = pageWorld(PAGE);
  const other = new Proxy(world["document"], {
    get: (target, key) => (key === "contentType" ? "application/pdf" : Reflect.get(target, key)),
  });
  assert.equal(world["isReadable"](other), false);
});
