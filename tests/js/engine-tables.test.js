import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isReadable } from "../../extension/engine/manifest.js";
import { TablesError } from "../../extension/engine/packed.js";
import { tablesFrom } from "../../extension/engine/tables.js";
import { packTables } from "../../extension/model-files.mjs";
import { MADE_UP } from "./engine-model.js";

const npz = readFileSync(new URL("tables.npz", MADE_UP));
const manifest = JSON.parse(readFileSync(new URL("manifest.json", MADE_UP), "utf8"));

test("the tables are views into the packed bytes, in the shapes of the model", () => {
  const { buffer } = packTables(npz);
  const tables = tablesFrom(buffer);
  assert.equal(tables.charCodes.buffer, buffer);
  assert.equal(tables.charCodes.length, 1 << 20);
  assert.equal(tables.wordEntries.length, 1 << 20);
  assert.equal(tables.charBook[0], -0.25);
  assert.equal(tables.wordBook[255], 1.5);
  assert.equal(tables.phraseFamilies.length, 3 * tables.phraseKeys.length);
  assert.equal(tables.originals.length, tables.phraseKeys.length);
  assert.ok(tables.originals.includes("été"));
});

test("the same model packs to the same bytes", () => {
  assert.deepEqual(packTables(npz), packTables(npz));
});

for (const [what, damage] of Object.entries({
  "other magic": (/** @type {Uint8Array} */ bytes) => bytes.fill(0, 0, 8),
  "a wrong size": (/** @type {Uint8Array} */ bytes) => bytes.slice(0, -8),
  "a table of another length": (/** @type {Uint8Array} */ bytes) => {
    new DataView(bytes.buffer).setUint32(12, (1 << 20) - 1, true);
    return bytes;
  },
  "items of another size": (/** @type {Uint8Array} */ bytes) => {
    const header = new DataView(bytes.buffer);
    header.setUint32(16, 8, true);
    header.setUint32(20, 128, true);
    return bytes;
  },
})) {
  test(`tables with ${what} are refused`, () => {
    const { buffer } = damage(packTables(npz));
    assert.throws(() => tablesFrom(/** @type {ArrayBuffer} */ (buffer)), TablesError);
  });
}

test("what is no zip is refused", () => {
  assert.throws(() => packTables(Buffer.from("not a zip, but long enough to be one")), /no zip file/);
});

test("only whole manifests of this edition of the alphabet and the n-grams can be read", () => {
  assert.equal(isReadable(manifest), true);
  for (const change of [{ format: 2 }, { text_version: 2 }, { ngram_version: undefined }, { prior: "0.02" }]) {
    assert.equal(isReadable({ ...manifest, ...change }), false);
  }
  for (const value of [null, undefined, 1, "made-up-1"]) assert.equal(isReadable(value), false);
});
