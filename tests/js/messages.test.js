import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../extension/background/messages.js";

const OWN = "chrome-extension://abc/";
const PAGE = { tab: { id: 7 }, url: "https://a.example/1" };
const POPUP = { url: `${OWN}popup/popup.html` };
const POPUP_IN_A_TAB = { tab: { id: 9 }, url: `${OWN}popup/popup.html?tabId=7` };

function messagesWith() {
  const told = /** @type {string[]} */ ([]);
  const note = (/** @type {string} */ name) => async () => void told.push(name);
  const parts = /** @type {any} */ ({
    checker: { check: note("check"), forget: note("forget") },
    pairing: { start: note("pair"), finish: note("finish"), end: note("unpair") },
    deeds: { report: note("report"), label: note("label"), original: note("original"), compare: note("compare") },
    labels: { undo: note("undo"), deliver: note("deliver") },
    states: { get: async () => ({ status: "verdict", hash: "abc" }) },
    dismissed: { add: async (/** @type {string} */ hash) => void told.push(`dismissed ${hash}`) },
    tabOf: async () => ({ id: 7 }),
    describe: () => ({ id: 7 }),
    health: note("health"),
    own: OWN,
  });
  return { answer: createMessages(parts), told };
}

test("a page can say that it changed or that its banner was closed, and nothing else", async () => {
  const { answer, told } = messagesWith();
  for (const type of ["report", "label", "undo_label", "original", "compare", "pair_start", "unpair", "health"]) {
    assert.equal(await answer({ type }, /** @type {any} */ (PAGE)), undefined);
  }
  assert.deepEqual(told, []);
  await answer({ type: "changed" }, /** @type {any} */ (PAGE));
  await answer({ type: "dismissed" }, /** @type {any} */ (PAGE));
  assert.deepEqual(told, ["check", "dismissed abc"]);
});

test("our own pages may ask for every deed, in a popup or in a tab", async () => {
  const { answer, told } = messagesWith();
  await answer({ type: "report", tabId: 7 }, /** @type {any} */ (POPUP));
  await answer({ type: "label", tabId: 7, label: "spun" }, /** @type {any} */ (POPUP_IN_A_TAB));
  assert.deepEqual(told, ["report", "label"]);
});

test("after pairing the labels that waited go out", async () => {
  const { answer, told } = messagesWith();
  await answer({ type: "pair_finish", code: "123456" }, /** @type {any} */ (POPUP));
  assert.deepEqual(told, ["finish", "deliver"]);
});
