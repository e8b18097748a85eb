/** Are two verdicts one answer? Also a program: node tests/js/engine-compare.js MODEL_FOLDER/ < golden rows as JSON. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { loadJudge } from "./engine-model.js";

const TOLERANCE = 1e-6;

/**
 * @typedef {import("../../extension/lib/verdict.js").Verdict} Verdict
 * @param {Verdict} found
 * @param {Verdict} wanted
 */
export function compareVerdicts(found, wanted) {
  compare(found, wanted, "verdict");
}

/**
 * Numbers may differ by a millionth, large ones by a millionth of themselves: Python adds up the characters of a word
 * in 32 bits. Everything else must be the same.
 * @param {unknown} found
 * @param {unknown} wanted
 * @param {string} where
 */
function compare(found, wanted, where) {
  if (typeof wanted === "number" && typeof found === "number") {
    const allowed = TOLERANCE * Math.max(1, Math.abs(wanted));
    assert.ok(Math.abs(found - wanted) <= allowed, `${where} is ${found}, wanted ${wanted}`);
  } else if (typeof wanted === "object" && wanted !== null && typeof found === "object" && found !== null) {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort(), where);
    for (const [key, value] of Object.entries(wanted)) {
      compare(/** @type {Record<string, unknown>} */ (found)[key], value, `${where}.${key}`);
    }
  } else {
    assert.equal(found, wanted, where);
  }
}

/** @param {string} folder */
function main(folder) {
  const judge = loadJudge(pathToFileURL(folder));
  /** @type {{text: string, verdict: Verdict}[]} */
  const rows = JSON.parse(readFileSync(0, "utf8"));
  for (const [number, { text, verdict }] of rows.entries()) {
    compare(judge(text), verdict, `text ${number}`);
  }
  console.log(`${rows.length} texts, one answer`);
}

if (process.argv[1] === import.meta.filename) main(String(process.argv[2]));
