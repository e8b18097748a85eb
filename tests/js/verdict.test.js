import assert from "node:assert/strict";
import { test } from "node:test";
import { isFlagged, isVerdict } from "../../extension/lib/verdict.js";
import { CLEAN, CONTRACT_TEXT, SPUN, SUSPICIOUS, UNSCORABLE } from "./fakes.js";

test("every verdict of the contract passes the guard", () => {
  for (const verdict of [SPUN, SUSPICIOUS, CLEAN, UNSCORABLE]) assert.equal(isVerdict(verdict), true, verdict.verdict);
});

test("the contract's offsets cut its phrases out of its text", () => {
  for (const { start, end, text } of [...SPUN.evidence, ...SUSPICIOUS.evidence]) {
    assert.equal(CONTRACT_TEXT.slice(start, end), text);
  }
});

test("spun and suspicious are flagged, the others are not", () => {
  assert.deepEqual([SPUN, SUSPICIOUS, CLEAN, UNSCORABLE].map(isFlagged), [true, true, false, false]);
});

for (const [what, change] of Object.entries({
  "another API version": { api: 2 },
  "an unknown label": { verdict: "spinned" },
  "a score that is no number": { score: "7.3" },
  "a scored text without a rate": { false_alarm_rate: null },
  "evidence that is no list": { evidence: {} },
  "evidence that ends before it starts": { evidence: [{ ...SPUN.evidence[0], end: -1 }] },
  "a fractional offset": { evidence: [{ ...SPUN.evidence[0], start: 0.5 }] },
  "a family without a name": { family: { confidence: 1 } },
  "marks that are no texts": { marks: [1] },
  "no model": { model: undefined },
})) {
  test(`${what} is refused`, () => assert.equal(isVerdict({ ...SPUN, ...change }), false));
}

test("what is no object is refused", () => {
  for (const value of [null, undefined, 1, "spun", [SPUN]]) assert.equal(isVerdict(value), false);
});
