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

test("a news page looks like an article, a form does not", () => {
  const page = pageWorld(PAGE);
  const form = pageWorld("<form><label>Name <input></label><button>Sign in</button></form><a href='#'>Help</a>");
  assert.equal(page["looksLikeArticle"](page["document"]), true);
  assert.equal(form["looksLikeArticle"](form["document"]), false);
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
  assert.equal(world["looksLikeArticle"](other), false);
});
