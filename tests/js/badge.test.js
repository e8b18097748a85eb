import assert from "node:assert/strict";
import { test } from "node:test";
import { badgeOf, drawBadge } from "../../extension/background/badge.js";
import { CLEAN, SPUN, SUSPICIOUS, UNSCORABLE, english } from "./fakes.js";

/** @param {import("../../extension/lib/trouble.js").TroubleKind} kind */
function troubleText(kind) {
  return badgeOf({ status: "trouble", trouble: { kind } }, english).text;
}

/** @param {import("../../extension/lib/verdict.js").Verdict} verdict */
function verdictBadge(verdict) {
  const found = /** @type {const} */ ({ scope: "page", engine: "server", trouble: null, extractor: "", hash: "" });
  return badgeOf({ status: "verdict", verdict, ...found }, english);
}

test("only an accused page has a sign, and each sign its colour", () => {
  const badges = [SPUN, SUSPICIOUS, CLEAN, UNSCORABLE].map(verdictBadge);
  assert.deepEqual(
    badges.map(({ text }) => text),
    ["!", "?", "", ""],
  );
  assert.notEqual(badges[0]?.colour, badges[1]?.colour);
});

test("the toolbar title says the verdict in words", () => {
  assert.equal(
    verdictBadge(SPUN).title,
    "unspun: This text was very likely rewritten by software. " +
      "About 1 in 2,500 human-written articles of this length score this high.",
  );
});

test("a server that is off and one that is not paired have badges of their own", () => {
  const kinds = /** @type {const} */ (["server_off", "unpaired", "busy", "unreadable"]);
  assert.deepEqual(kinds.map(troubleText), ["off", "pair", "…", ""]);
});

test("a tab that closed meanwhile is no fault", async () => {
  const gone = async () => {
    throw new Error("No tab with id: 7");
  };
  const action = /** @type {any} */ ({ setBadgeText: gone });
  await drawBadge(action, 7, { text: "!", colour: "#000000", title: "" });
});
