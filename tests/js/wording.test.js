import assert from "node:assert/strict";
import { test } from "node:test";
import {
  engineInWords,
  explanation,
  familyInWords,
  headline,
  nearInWords,
  nearVerdict,
  oneIn,
  pairsInWords,
  percent,
  rateInWords,
  troubleInWords,
} from "../../extension/lib/wording.js";
import { CLEAN, SPUN, UNSCORABLE, english } from "./fakes.js";

test("rates are told as one in so many, never stronger than measured", () => {
  const told = [0.1, 0.0101, 0.01, 0.0006, 0.0005, 0.00035, 0.000001].map(oneIn);
  assert.deepEqual(told, [10, 99, 100, 1600, 2000, 2800, 1_000_000]);
});

test("a rate reads as a sentence", () => {
  assert.equal(rateInWords(0.0005, english), "About 1 in 2,000 human-written articles of this length");
  assert.equal(rateInWords(0.62, english), "About 62 in 100 human-written articles of this length");
  assert.equal(rateInWords(0, english), "Fewer human-written articles of this length than can be measured");
});

test("a spun page is told with its rate", () => {
  assert.equal(headline(SPUN, english), "This text was very likely rewritten by software");
  assert.equal(
    explanation(SPUN, english),
    "How sure? About 1 in 2,500 human-written articles of this length score this high.",
  );
});

test("a clean page is told without a figure", () => {
  assert.equal(
    explanation(CLEAN, english),
    "It reads as people write. unspun can miss light or unusual rewriting.",
  );
});

test("a text that cannot be judged says why", () => {
  const why = ["too_short", "not_english", "not_prose", "new_reason"].map((reason) =>
    explanation({ ...UNSCORABLE, reason }, english),
  );
  assert.deepEqual(why, [
    "It is too short. A judgement needs at least a few paragraphs.",
    "It does not look like English, and unspun only knows English.",
    "It looks like a list, a table or code rather than running text.",
    "No reason was given.",
  ]);
});

test("known families have names, new ones keep their own", () => {
  assert.equal(familyInWords({ name: "pivot", confidence: 0.9 }, english), "Phrase swapper");
  assert.equal(familyInWords({ name: "brand-new", confidence: 0.9 }, english), "brand-new");
});

test("shares are whole per cent within bounds", () => {
  assert.deepEqual([0, 0.814, 1, 1.2].map(percent), ["0 %", "81 %", "100 %", "100 %"]);
});

test("which engine answered is said with its model", () => {
  assert.equal(engineInWords("browser", "m-1", english), "Checked in this browser, model m-1");
  assert.equal(engineInWords("server", "m-1", english), "Checked by unspun on this computer, model m-1");
});

test("pages that tell the same story are counted in words, each with its verdict", () => {
  assert.equal(nearInWords(1, english), "Another page you read tells the same story");
  assert.equal(nearInWords(2, english), "2 other pages you read tell the same story");
  assert.equal(nearVerdict("suspicious", english), "perhaps rewritten");
  assert.equal(nearVerdict("unscorable", english), "not judged");
});

test("the pairs that tell a family stand in quotation marks", () => {
  const pairs = /** @type {[string, string][]} */ ([["historical past", "history"], ["got here", "came"]]);
  assert.equal(pairsInWords(pairs, english), "Told by “historical past” for “history”, “got here” for “came”");
});

test("what could not be done is told in one line, in the server's own words where it gave some", () => {
  assert.equal(troubleInWords({ kind: "server_off" }, english), "unspun's server is not running");
  assert.equal(troubleInWords({ kind: "page_gone" }, english), "The page has changed since. Check it again.");
  const full = "Too many labels wait for the server. Start it, then label on.";
  assert.equal(troubleInWords({ kind: "labels_full" }, english), full);
  assert.equal(troubleInWords({ kind: "problem", detail: "2.1 MB; at most 2 MB." }, english), "2.1 MB; at most 2 MB.");
  assert.equal(troubleInWords({ kind: "problem" }, english), "The server refused this text");
});
