import assert from "node:assert/strict";
import { test } from "node:test";
import { createChecker } from "../../extension/background/checker.js";
import { createTabStates } from "../../extension/lib/state.js";
import { CLEAN, SPUN, memoryArea } from "./fakes.js";

const ADDRESS = "https://news.example.com/a";
const WHERE = { url: ADDRESS, title: "News", isPrivate: false };
const TAB = { id: 7, host: "news.example.com", port: "", ...WHERE };
const HASH = "3b6ae5cd8d79bdf24828a904df504c5a75ccbd4ce734b9daa3a95e0ce724a0f8"; // of the article below
const UNASKED = /** @type {const} */ ({ manual: false, scope: "page" });
const ASKED = /** @type {const} */ ({ manual: true, scope: "page" });
const BY_SERVER = /** @type {const} */ ({ engine: "server", trouble: null });
const BY_READABILITY = /** @type {const} */ ({ extractor: "readability", hash: HASH });
const SPUN_BY_SERVER = { ok: true, verdict: SPUN, ...BY_SERVER };
const ARTICLE = { kind: "article", reading: 3, text: "An article.", extractor: "readability" };

/**
 * A checker among fakes; `told` is what happened, in order.
 * @typedef {import("../../extension/lib/state.js").TabState} TabState
 * @typedef {import("../../extension/lib/state.js").TabStates} TabStates
 * @param {{settings?: object, reading?: object, answer?: object, before?: TabState, dismissed?: string,
 *   during?: (states: TabStates) => Promise<void>}} given
 */
function checkerWith({ settings = {}, reading = ARTICLE, answer = SPUN_BY_SERVER, before, dismissed, during }) {
  const states = createTabStates(memoryArea(before ? { "tab:7": before } : {}));
  const told = /** @type {unknown[]} */ ([]);
  const sent = /** @type {object[]} */ ([]);
  const pages = /** @type {any} */ ({
    read: async (/** @type {number} */ _id, /** @type {{force: boolean}} */ wish) => {
      told.push(`read${wish.force ? " by force" : ""}`);
      return reading;
    },
    mark: async (/** @type {number} */ _id, /** @type {number} */ number, /** @type {object[]} */ findings,
      /** @type {{banner: boolean}} */ { banner }) =>
      told.push(`mark ${findings.length} in reading ${number}${banner ? " under a banner" : ""}`),
    clear: async () => told.push("clear"),
  });
  const checker = createChecker({
    pages,
    states,
    draw: async (_id, state) => void told.push(`draw ${state?.status}`),
    settings: async () => /** @type {any} */ ({
      mode: "automatic", highlights: true, banner: false, strength: "all", sitesOff: [], port: 5151, ...settings,
    }),
    dismissed: { has: async (hash) => hash === dismissed },
    judge: async ({ text, ...where }) => {
      sent.push(where);
      told.push(`judge ${text}`);
      await during?.(states);
      return /** @type {any} */ (answer);
    },
  });
  return { checker, states, told, sent };
}

test("a spun article is read, judged, kept, drawn and marked, in this order", async () => {
  const { checker, states, told } = checkerWith({});
  await checker.check(TAB, UNASKED);
  assert.deepEqual(told, [
    "read by force",
    "draw checking",
    "judge An article.",
    "draw verdict",
    "mark 4 in reading 3",
  ]);
  const kept = { status: "verdict", verdict: SPUN, scope: "page", ...BY_SERVER, ...BY_READABILITY };
  assert.deepEqual(await states.get(7), kept);
});

test("a clean article is not marked", async () => {
  const { checker, told } = checkerWith({ answer: { ok: true, verdict: CLEAN, ...BY_SERVER } });
  await checker.check(TAB, UNASKED);
  assert.equal(told.at(-1), "clear");
});

test("with marks switched off a spun article is not marked", async () => {
  const { checker, told } = checkerWith({ settings: { highlights: false } });
  await checker.check(TAB, UNASKED);
  assert.equal(told.at(-1), "clear");
});

test("a site that is off is not even read, asked or not", async () => {
  const { checker, told } = checkerWith({ settings: { sitesOff: ["example.com"] } });
  await checker.check(TAB, UNASKED);
  await checker.check(TAB, ASKED);
  assert.deepEqual(told, []);
});

test("by click, a page is read only when asked", async () => {
  const { checker, told } = checkerWith({ settings: { mode: "click" } });
  await checker.check(TAB, UNASKED);
  assert.deepEqual(told, []);
  await checker.check(TAB, ASKED);
  assert.equal(told[0], "read by force");
});

test("the server's own dashboard is not checked by itself", async () => {
  const { checker, told } = checkerWith({});
  await checker.check({ ...TAB, host: "127.0.0.1", port: "5151" }, UNASKED);
  assert.deepEqual(told, []);
  await checker.check({ ...TAB, host: "127.0.0.1", port: "8000" }, UNASKED);
  assert.equal(told[0], "read by force");
});

test("a text that was judged already is not sent again", async () => {
  const settled = /** @type {const} */ ({ status: "verdict", scope: "page", ...BY_SERVER, ...BY_READABILITY });
  const before = { ...settled, verdict: SPUN };
  const { checker, states, told } = checkerWith({ before, reading: { kind: "unchanged" } });
  await checker.check(TAB, UNASKED);
  assert.deepEqual(told, ["read"]);
  assert.deepEqual(await states.get(7), before);
});

test("after a trouble the same text is sent again", async () => {
  const before = /** @type {const} */ ({ status: "trouble", trouble: { kind: "server_off" } });
  const { checker, told } = checkerWith({ before });
  await checker.check(TAB, UNASKED);
  assert.equal(told[0], "read by force");
});

test("a check that never ended does not stop the next one", async () => {
  const { checker, told } = checkerWith({ before: { status: "checking", run: "stopped with the worker" } });
  await checker.check(TAB, UNASKED);
  assert.equal(told[0], "read by force");
});

test("a verdict that comes after the reader moved on is dropped", async () => {
  const { checker, states, told } = checkerWith({ during: (all) => all.forget(7) });
  await checker.check(TAB, UNASKED);
  assert.equal(await states.get(7), undefined);
  assert.equal(told.at(-1), "judge An article.");
});

test("of two checks of one tab the later one counts", async () => {
  const { checker, states } = checkerWith({
    during: (all) => all.put(7, { status: "checking", run: "a later one" }),
  });
  await checker.check(TAB, UNASKED);
  assert.deepEqual(await states.get(7), { status: "checking", run: "a later one" });
});

test("a trouble is kept and drawn", async () => {
  const { checker, states, told } = checkerWith({ answer: { ok: false, trouble: { kind: "server_off" } } });
  await checker.check(TAB, UNASKED);
  assert.deepEqual(await states.get(7), { status: "trouble", trouble: { kind: "server_off" } });
  assert.equal(told.at(-1), "draw trouble");
});

test("a verdict of the browser's own engine is kept with the reason why it is not the server's", async () => {
  const alone = /** @type {const} */ ({ engine: "browser", trouble: { kind: "server_off" } });
  const { checker, states } = checkerWith({ answer: { ok: true, verdict: CLEAN, ...alone } });
  await checker.check(TAB, UNASKED);
  const kept = { status: "verdict", verdict: CLEAN, scope: "page", ...alone, ...BY_READABILITY };
  assert.deepEqual(await states.get(7), kept);
});

test("a page that cannot be read is a trouble only for those who asked", async () => {
  const { checker, states } = checkerWith({ reading: { kind: "unreadable" } });
  await checker.check(TAB, UNASKED);
  assert.equal(await states.get(7), undefined);
  await checker.check(TAB, ASKED);
  assert.deepEqual(await states.get(7), { status: "trouble", trouble: { kind: "unreadable" } });
});

test("with the article go its address and title, for pages that tell the same story", async () => {
  const { checker, sent } = checkerWith({});
  await checker.check(TAB, UNASKED);
  assert.deepEqual(sent, [{ url: ADDRESS, title: "News", isPrivate: false }]);
});

test("from a private window no address goes, and the text is marked as private", async () => {
  const { checker, sent } = checkerWith({});
  await checker.check({ ...TAB, isPrivate: true }, UNASKED);
  assert.deepEqual(sent, [{ url: null, title: null, isPrivate: true }]);
});

test("a selected part is not told to be the page's article", async () => {
  const { checker, sent } = checkerWith({});
  await checker.check(TAB, { manual: true, scope: "selection" });
  assert.deepEqual(sent, [{ url: null, title: null, isPrivate: false }]);
});

test("a spun page has a banner where it is wanted, even with the marks switched off", async () => {
  const both = checkerWith({ settings: { banner: true } });
  await both.checker.check(TAB, UNASKED);
  assert.equal(both.told.at(-1), "mark 4 in reading 3 under a banner");
  const alone = checkerWith({ settings: { banner: true, highlights: false } });
  await alone.checker.check(TAB, UNASKED);
  assert.equal(alone.told.at(-1), "mark 0 in reading 3 under a banner");
});

test("neither a suspicious page nor one whose banner was closed has a banner", async () => {
  const verdict = { ...SPUN, verdict: "suspicious" };
  const suspicious = checkerWith({ settings: { banner: true }, answer: { ok: true, verdict, ...BY_SERVER } });
  await suspicious.checker.check(TAB, UNASKED);
  assert.equal(suspicious.told.at(-1), "mark 4 in reading 3");
  const closed = checkerWith({ settings: { banner: true }, dismissed: HASH });
  await closed.checker.check(TAB, UNASKED);
  assert.equal(closed.told.at(-1), "mark 4 in reading 3");
});
