import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_PAGE, SEARCH_PAGES, fallBack, giveBack, pagesFor } from "../../extension/lib/access.js";
import { memoryArea } from "./fakes.js";

/** Permissions of a browser that notes what it was asked to take back. */
function permissionsOf(/** @type {readonly string[]} */ allowed) {
  const removed = /** @type {string[]} */ ([]);
  const contains = async (/** @type {{origins: string[]}} */ { origins }) =>
    origins.every((origin) => allowed.includes(origin));
  const remove = async (/** @type {{origins: string[]}} */ { origins }) => removed.push(...origins);
  return { removed, permissions: /** @type {any} */ ({ contains, remove }) };
}

test("leave is asked for two switches only, and only when they go on", () => {
  assert.deepEqual(pagesFor("mode", "automatic"), ["http://*/*", "https://*/*"]);
  assert.ok(pagesFor("links", true).includes("https://www.startpage.com/*"));
  for (const [key, value] of /** @type {const} */ ([["mode", "click"], ["links", false], ["highlights", true]])) {
    assert.deepEqual(pagesFor(key, value), []);
  }
});

test("leave that no setting needs is given back, all of it", async () => {
  const { permissions, removed } = permissionsOf([]);
  await giveBack(permissions, { mode: "automatic", links: false });
  await giveBack(permissions, { mode: "click", links: true });
  assert.deepEqual(removed, []);
  await giveBack(permissions, { mode: "click", links: false });
  assert.deepEqual(removed, [...EVERY_PAGE, ...SEARCH_PAGES]);
});

test("a browser that has nothing to take back is no trouble", async () => {
  const remove = () => Promise.reject(new Error("no such permission"));
  await giveBack(/** @type {any} */ ({ remove }), { mode: "click", links: false });
});

test("what can no longer work is switched off, the rest stays", async () => {
  const both = { mode: "automatic", links: true };
  const cases = /** @type {const} */ ([
    [[], { mode: "click", links: false }],
    [SEARCH_PAGES, { mode: "click", links: true }],
    [[...EVERY_PAGE, ...SEARCH_PAGES], both],
  ]);
  for (const [allowed, expected] of cases) {
    const area = memoryArea(both);
    await fallBack(permissionsOf(allowed).permissions, area);
    assert.deepEqual(Object.fromEntries(area.stored), expected);
  }
});
