import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { parseHTML } from "linkedom";
import { SEARCH_PAGES } from "../../extension/lib/access.js";
import { createSeen, isMarked, rulesOf } from "../../extension/links/seen.js";
import { createLinks } from "../../extension/links/worker.js";
import { memoryArea } from "./fakes.js";

const TARGETS = readFileSync(new URL("../../extension/links/on-page/targets.js", import.meta.url), "utf8");

/** @param {Record<string, unknown>} [stored] */
function seenIn(stored) {
  const area = memoryArea(stored);
  let clock = 0;
  return { area, seen: createSeen(area, () => (clock += 1)) };
}

test("pages are counted by site, none twice, and the last verdict on a page counts", async () => {
  const { seen } = seenIn();
  await seen.remember("https://www.example.com/a", true);
  await seen.remember("https://example.com/b#top", false);
  await seen.remember("https://example.com/b#end", true);
  assert.deepEqual([...(await seen.all())], [["example.com", { pages: 2, spun: 2 }]]);
});

test("a site is marked from two spun pages that are at least half of those read", () => {
  const cases = /** @type {const} */ ([[1, 1, false], [2, 2, true], [4, 2, true], [5, 2, false], [10, 5, true]]);
  for (const [pages, spun, expected] of cases) assert.equal(isMarked({ pages, spun }), expected, `${spun} of ${pages}`);
});

test("no address of a page is kept, and the same page has another name in another browser", async () => {
  const names = [];
  for (const { area, seen } of [seenIn(), seenIn()]) {
    await seen.remember("https://example.com/secret-page", true);
    const kept = JSON.stringify([...area.stored]);
    assert.ok(!kept.includes("secret-page"));
    names.push(Object.keys(/** @type {any} */ (area.stored.get("seen:example.com")).pages)[0]);
  }
  assert.notEqual(names[0], names[1]);
});

test("of one site the hundred latest pages are kept", async () => {
  const { seen } = seenIn();
  await seen.remember("https://example.com/first", true);
  for (let page = 0; page < 100; page += 1) await seen.remember(`https://example.com/${page}`, false);
  assert.deepEqual([...(await seen.all())], [["example.com", { pages: 100, spun: 0 }]]);
});

test("beyond three thousand sites the one that changed longest ago goes", async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => [`seen:site${n}.example`, { pages: { a: 1 }, at: n - 3_000 }]);
  const { seen } = seenIn(Object.fromEntries(rows));
  await seen.remember("https://new.example/", true);
  const kept = await seen.all();
  assert.deepEqual([kept.size, kept.has("site0.example"), kept.has("new.example")], [3_000, false, true]);
});

test("wiping leaves everything else that is stored", async () => {
  const { area, seen } = seenIn({ token: "abc", mode: "click" });
  await seen.remember("https://example.com/", true);
  await seen.wipe();
  assert.deepEqual([...area.stored.keys()], ["token", "mode"]);
});

test("the rules name marked sites alone, with all below them", () => {
  const sites = new Map([
    ["127.0.0.1", { pages: 2, spun: 2 }],
    ["clean.example", { pages: 9, spun: 0 }],
    ["spun.example", { pages: 3, spun: 2 }],
  ]);
  assert.equal(rulesOf(sites), "# Sites seen spun, by unspun\n*://127.0.0.1/*\n*://*.spun.example/*\n");
});

/** @param {boolean} isOn */
function linksWith(isOn) {
  const { area, seen } = seenIn();
  const scripts = /** @type {Map<string, any>} */ (new Map());
  const scripting = /** @type {any} */ ({
    getRegisteredContentScripts: async () => [...scripts.values()],
    registerContentScripts: async (/** @type {{id: string}[]} */ [script]) => scripts.set(script?.id ?? "", script),
    unregisterContentScripts: async (/** @type {{ids: string[]}} */ { ids }) => scripts.delete(ids[0] ?? ""),
  });
  const wish = { links: isOn };
  return { area, scripts, wish, links: createLinks({ scripting, seen, settings: async () => wish }) };
}

const PAGE = { url: "https://spun.example/a", isPrivate: false };

test("nothing is kept of private windows, selections, texts that cannot be judged, or while off", async () => {
  const { area, links, wish } = linksWith(true);
  await links.remember({ ...PAGE, isPrivate: true }, "spun");
  await links.remember({ ...PAGE, url: null }, "spun");
  await links.remember(PAGE, "unscorable");
  wish.links = false;
  await links.remember(PAGE, "spun");
  assert.equal(area.stored.size, 0);
});

test("the search pages are told of marked sites only, and told to stop when marks are off", async () => {
  const { links, wish } = linksWith(true);
  await links.remember(PAGE, "spun");
  await links.remember({ ...PAGE, url: "https://www.spun.example/b" }, "spun");
  await links.remember({ ...PAGE, url: "https://doubtful.example/" }, "suspicious");
  const told = await links.marksFor(["spun.example", "doubtful.example", "never.example", 7]);
  assert.deepEqual(told, { "spun.example": { pages: 2, spun: 2 } });
  assert.deepEqual(await links.marksFor("all of them"), {});
  wish.links = false;
  assert.equal(await links.marksFor(["spun.example"]), "off");
});

test("marks run on search pages, only while they are on", async () => {
  const { links, scripts, wish } = linksWith(true);
  await links.place();
  assert.deepEqual(scripts.get("links").matches, [...SEARCH_PAGES]);
  wish.links = false;
  await links.place();
  assert.equal(scripts.size, 0);
});

/**
 * The sites that a search page's results lead to.
 * @param {string} here the page's host
 * @param {string} html
 */
function sitesIn(here, html) {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  Object.defineProperty(document, "location", { value: { hostname: here } });
  for (const link of document.querySelectorAll("a")) {
    const { href } = new URL(link.getAttribute("href") ?? "", `https://${here}/`);
    Object.defineProperty(link, "href", { value: href }); // linkedom's own escapes what is escaped already
  }
  const world = vm.createContext({ document, URL, atob });
  vm.runInContext(TARGETS, world);
  return [...world["resultsOf"](document)].map(({ site }) => site);
}

test("results are found behind each engine's own wrapping", () => {
  const wrapped = [
    ["www.google.com", "https://www.google.com/url?q=https://spun.example/a&sa=U"],
    ["www.bing.com", "https://www.bing.com/ck/a?!&p=1&u=a1aHR0cHM6Ly9zcHVuLmV4YW1wbGUvYQ&ntb=1"],
    ["duckduckgo.com", "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fwww.spun.example%2Fa&rut=1"],
    ["search.yahoo.com", "https://r.search.yahoo.com/_ylt=A/RV=2/RO=10/RU=https%3a%2f%2fspun.example%2fa/RK=2/RS=x"],
    ["www.google.co.uk", "https://spun.example/a"],
  ];
  for (const [here = "", href] of wrapped) {
    assert.deepEqual(sitesIn(here, `<a href="${href}"><h3>Spun</h3></a>`), ["spun.example"], here);
  }
});

test("a neighbour under the same country ending is a result, the engine's own pages are none", () => {
  const html = `<a href="https://news.example.co.uk/">News</a><a href="https://maps.google.co.uk/">Maps</a>
    <a href="https://www.google.co.uk/search?q=https://spun.example/">Again</a><a href="mailto:a@b.example">Mail</a>`;
  assert.deepEqual(sitesIn("www.google.co.uk", html), ["news.example.co.uk"]);
});

test("a result with several links is marked once, at its title", () => {
  const html = `<a href="https://spun.example/a">spun.example</a><h2><a href="https://spun.example/a">Title</a></h2>
    <a href="https://spun.example/a">Read on</a><a href="https://spun.example/b">More from there</a>`;
  assert.deepEqual(sitesIn("duckduckgo.com", html), ["spun.example"]);
});
