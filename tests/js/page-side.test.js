import assert from "node:assert/strict";
import { test } from "node:test";
import { createPageSide, patternsOf } from "../../extension/background/page-side.js";
import { PRIVATE_SITES } from "../../extension/lib/sites.js";

/** A browser that keeps what is registered. */
function browserWith() {
  const scripts = /** @type {Map<string, {id: string, excludeMatches?: string[]}>} */ (new Map());
  const scripting = /** @type {any} */ ({
    getRegisteredContentScripts: async () => [...scripts.values()],
    registerContentScripts: async (/** @type {{id: string}[]} */ added) => {
      for (const script of added) {
        if (scripts.has(script.id)) throw new Error(`Duplicate script ID '${script.id}'`);
        scripts.set(script.id, script);
      }
    },
    updateContentScripts: async (/** @type {{id: string}[]} */ changed) => {
      for (const script of changed) {
        if (!scripts.has(script.id)) throw new Error(`Script with ID '${script.id}' does not exist`);
        scripts.set(script.id, script);
      }
    },
    unregisterContentScripts: async (/** @type {{ids: string[]}} */ { ids }) => ids.forEach((id) => scripts.delete(id)),
  });
  return { scripts, pageSide: createPageSide(scripting) };
}

test("the page side runs everywhere but on sites that are off", async () => {
  const { scripts, pageSide } = browserWith();
  await pageSide.follow({ mode: "automatic", sitesOff: ["example.com", "127.0.0.1"] });
  const [script] = scripts.values();
  assert.deepEqual(script?.excludeMatches, ["*://*.example.com/*", "*://127.0.0.1/*"]);
});

test("it runs nowhere when checks wait for a click, and comes back", async () => {
  const { scripts, pageSide } = browserWith();
  await pageSide.follow({ mode: "automatic", sitesOff: [] });
  await pageSide.follow({ mode: "click", sitesOff: [] });
  assert.equal(scripts.size, 0);
  await pageSide.follow({ mode: "automatic", sitesOff: [] });
  assert.equal(scripts.size, 1);
});

test("two changes at once do not meet", async () => {
  const { scripts, pageSide } = browserWith();
  const [one, other] = [["a.net"], ["b.net"]].map((sitesOff) => pageSide.follow({ mode: "automatic", sitesOff }));
  await Promise.all([one, other]);
  assert.deepEqual([...scripts.values()].map(({ excludeMatches }) => excludeMatches), [["*://*.b.net/*"]]);
});

test("lines that no match pattern can say are left to the page side's one question", () => {
  assert.deepEqual(patternsOf(["mail.*", "a.net", "b.net", "!news.b.net", "[::1]"]), ["*://*.a.net/*"]);
  assert.ok(patternsOf(PRIVATE_SITES).includes("*://*.paypal.com/*"));
});
