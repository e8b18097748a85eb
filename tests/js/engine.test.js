import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isVerdict } from "../../extension/lib/verdict.js";
import { compareVerdicts } from "./engine-compare.js";
import { MADE_UP, loadJudge } from "./engine-model.js";

/** @type {{text: string, verdict: import("../../extension/lib/verdict.js").Verdict}[]} */
const GOLDEN = JSON.parse(readFileSync(new URL("../contract/golden.json", import.meta.url), "utf8"));
const judge = loadJudge(MADE_UP);

for (const [number, { text, verdict }] of GOLDEN.entries()) {
  const start = JSON.stringify(text.slice(0, 24));
  test(`text ${number}, ${start}, is judged as Python judges it: ${verdict.reason ?? verdict.verdict}`, () => {
    const found = judge(text);
    assert.equal(isVerdict(found), true);
    compareVerdicts(found, verdict);
  });
}

test("the texts lead to every verdict and every reason, to named families and to partly spun pages", () => {
  const verdicts = new Set(GOLDEN.map(({ verdict }) => verdict.reason ?? verdict.verdict));
  assert.deepEqual([...verdicts].sort(), ["clean", "not_english", "not_prose", "spun", "suspicious", "too_short"]);
  assert.ok(GOLDEN.some(({ verdict }) => verdict.family && verdict.family.name !== "unknown"));
  assert.ok(GOLDEN.some(({ verdict }) => (verdict.spun_share ?? 0) > 0 && (verdict.spun_share ?? 0) < 1));
});

test("the texts are full of findings, most with a likely original from the wording tables", () => {
  const findings = GOLDEN.flatMap(({ verdict }) => verdict.evidence);
  const originals = findings.filter(({ likely_original: original }) => original !== null);
  assert.ok(findings.length >= 100 && originals.length >= 90, `${originals.length} of ${findings.length}`);
});

test("a finding with another likely original is noticed", () => {
  const found = GOLDEN.find(({ verdict }) => verdict.evidence.length > 0)?.verdict;
  const [first, ...rest] = found?.evidence ?? [];
  assert.ok(found && first);
  const other = { ...found, evidence: [{ ...first, likely_original: "something else" }, ...rest] };
  assert.throws(() => compareVerdicts(other, found), /likely_original/);
});

test("a score that is off by a little more than rounding is noticed", () => {
  const scored = GOLDEN.find(({ verdict }) => verdict.score !== null)?.verdict;
  assert.ok(scored);
  assert.throws(() => compareVerdicts({ ...scored, score: (scored.score ?? 0) + 1e-5 }, scored));
});
