import assert from "node:assert/strict";
import { test } from "node:test";
import { createDeeds } from "../../extension/background/deeds.js";

const TAB = { id: 7, host: "a.example", port: "", url: "https://a.example/1", title: "One", isPrivate: false };

/**
 * Deeds on two open pages, and what the server and the labels were told.
 * @param {{text?: string, isPrivate?: boolean}} [given]
 */
function deedsWith({ text = "An article.", isPrivate = false } = {}) {
  const told = /** @type {unknown[]} */ ([]);
  const pages = /** @type {any} */ ({
    text: async () => (text ? { text, extractor: "readability" } : undefined),
    read: async (/** @type {number} */ id, /** @type {{isAside: boolean}} */ { isAside }) => {
      told.push(isAside ? "read aside" : "read");
      return id === 9 ? { kind: "not_article" } : { kind: "article", text: "Another text.", extractor: "body" };
    },
  });
  const note = (/** @type {string} */ name) => async (/** @type {unknown[]} */ ...what) => {
    told.push([name, ...what]);
    return { ok: true };
  };
  const server = /** @type {any} */ ({ report: note("report"), original: note("original"), compare: note("compare") });
  const deeds = createDeeds({
    pages,
    connect: async () => server,
    labels: { give: async (what, label) => (told.push([label, what]), true) },
    tabOf: async (id) => (id === 7 ? { ...TAB, isPrivate } : { ...TAB, id, title: "Two" }),
  });
  return { deeds, told };
}

test("a report is asked for with the page's text, address and title", async () => {
  const { deeds, told } = deedsWith();
  await deeds.report(7);
  const [[name, { text, url, title, extractor }]] = /** @type {[[string, any]]} */ (told);
  assert.deepEqual([name, text, url, title, extractor], [
    "report", "An article.", "https://a.example/1", "One", "readability",
  ]);
});

test("a page that no longer has the judged text is a trouble of its own", async () => {
  const gone = { ok: false, trouble: { kind: "page_gone" } };
  const { deeds, told } = deedsWith({ text: "" });
  assert.deepEqual(await deeds.report(7), gone);
  assert.deepEqual(await deeds.original(7), gone);
  assert.deepEqual(await deeds.label(7, "spun"), gone);
  assert.deepEqual(await deeds.compare(7, { tabId: 8 }), gone);
  assert.deepEqual(told, []);
});

test("two open pages are compared by their texts, a page read before by its address", async () => {
  const { deeds, told } = deedsWith();
  await deeds.compare(7, { tabId: 8 });
  await deeds.compare(7, { url: "https://b.example/2" });
  const mine = { text: "An article.", title: "One" };
  assert.deepEqual(told, [
    "read aside",
    ["compare", mine, { text: "Another text.", title: "Two" }],
    ["compare", mine, { url: "https://b.example/2" }],
  ]);
});

test("a page without text cannot be compared with", async () => {
  const { deeds } = deedsWith();
  assert.deepEqual(await deeds.compare(7, { tabId: 9 }), { ok: false, trouble: { kind: "page_blank" } });
});

test("a label goes with the page's address, and none is kept of a private window", async () => {
  const { deeds, told } = deedsWith();
  assert.deepEqual(await deeds.label(7, "spun"), { ok: true });
  const hidden = deedsWith({ isPrivate: true });
  const refused = { ok: false, trouble: { kind: "private_window" } };
  assert.deepEqual(await hidden.deeds.label(7, "not-spun"), refused);
  assert.deepEqual(await hidden.deeds.labelRead({ ...TAB, isPrivate: true }, "page", "spun"), refused);
  assert.deepEqual(told, [["spun", { text: "An article.", url: "https://a.example/1", title: "One" }]]);
  assert.deepEqual(hidden.told, ["read aside"]);
});

test("what is selected is labelled without disturbing the page's verdict", async () => {
  const { deeds, told } = deedsWith();
  await deeds.labelRead(TAB, "selection", "spun");
  assert.deepEqual(told, [
    "read aside",
    ["spun", { text: "Another text.", url: "https://a.example/1", title: "One" }],
  ]);
});
