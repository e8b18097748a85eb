import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createEngine } from "../../extension/background/engine.js";
import { packTables, packWording } from "../../extension/model-files.mjs";
import { MADE_UP } from "./engine-model.js";

const MANIFEST = JSON.parse(readFileSync(new URL("manifest.json", MADE_UP), "utf8"));
const TABLES = packTables(readFileSync(new URL("tables.npz", MADE_UP))).buffer;
const WORDING = packWording(readFileSync(new URL("wording.npz", MADE_UP))).buffer;
const SHA256 = sha256Of(new Uint8Array(TABLES));
const NOTHING_80 = sha256Of(new Uint8Array(80));
/** @type {{text: string, verdict: import("../../extension/lib/verdict.js").Verdict}[]} */
const GOLDEN = JSON.parse(readFileSync(new URL("../contract/golden.json", import.meta.url), "utf8"));
const NEWER = { ...MANIFEST, id: "newer-2" };
const TEXT = "The baker kept their bridge because the people of the town had asked for it. ".repeat(8);

/** A shelf in memory. */
function memoryShelf() {
  /** @type {{note?: import("../../extension/background/shelf.js").Note, model?: any, wording?: ArrayBuffer}} */
  const held = {};
  return {
    held,
    note: async () => held.note,
    model: async () => held.model,
    wording: async () => held.wording,
    put: async (/** @type {any} */ note, /** @type {any} */ model, /** @type {any} */ wording) =>
      void Object.assign(held, { note, model, wording }),
  };
}

/** @param {any} [manifest] of the model that the extension ships; null when it ships none */
function shippedAs(manifest = MANIFEST) {
  return { manifest: async () => manifest, tables: async () => TABLES, wording: async () => WORDING };
}

/**
 * A server with the newer model, and what it was asked for.
 * @param {{manifest?: object, tables?: object, wording?: object,
 *   trouble?: import("../../extension/lib/trouble.js").TroubleKind}} [given]
 */
function sourceWith({ manifest = NEWER, tables = {}, wording = {}, trouble } = {}) {
  const asked = /** @type {string[]} */ ([]);
  const sent = {
    tables: { bytes: TABLES, model: "newer-2", sha256: SHA256, ...tables },
    wording: { bytes: WORDING, model: "newer-2", sha256: sha256Of(new Uint8Array(WORDING)), ...wording },
  };
  return {
    asked,
    model: async () => {
      asked.push("model");
      return /** @type {const} */ ({ ok: true, value: { manifest } });
    },
    tables: async (/** @type {"tables" | "wording"} */ which) => {
      asked.push(which);
      return trouble
        ? /** @type {const} */ ({ ok: false, trouble: { kind: trouble } })
        : /** @type {const} */ ({ ok: true, value: sent[which] });
    },
  };
}

/** @param {import("../../extension/lib/verdict.js").Verdict | null} verdict */
function originalsIn(verdict) {
  return verdict?.evidence.map(({ text, likely_original }) => [text, likely_original]);
}

/** @param {import("../../extension/background/engine.js").Engine} engine */
async function modelOf(engine) {
  return (await engine.score(TEXT))?.model;
}

test("without a server the shipped model judges", async () => {
  const engine = createEngine({ shipped: shippedAs(), shelf: memoryShelf() });
  assert.equal(await modelOf(engine), "made-up-1");
});

test("an extension without a model has no answer of its own", async () => {
  const engine = createEngine({ shipped: shippedAs(null), shelf: memoryShelf() });
  assert.equal(await engine.score(TEXT), null);
});

test("a flagged text is judged with the model's dictionaries, shipped or taken over, where it has some", async () => {
  const { text, verdict } = /** @type {any} */ (GOLDEN.find((row) => row.verdict.evidence.length > 10));
  const shelf = memoryShelf();
  const engine = createEngine({ shipped: shippedAs(), shelf });
  assert.deepEqual(originalsIn(await engine.score(text)), originalsIn(verdict));
  await engine.follow("newer-2", sourceWith());
  assert.deepEqual(originalsIn(await engine.score(text)), originalsIn(verdict));
  const bare = { ...shippedAs(), wording: () => Promise.reject(new Error("no such file")) };
  const listed = originalsIn(await createEngine({ shipped: bare, shelf: memoryShelf() }).score(text));
  assert.ok(listed && listed.length > 0);
  assert.notDeepEqual(listed, originalsIn(verdict));
});

test("a model without wording tables is taken over too", async () => {
  const shelf = memoryShelf();
  const engine = createEngine({ shipped: shippedAs(), shelf });
  await engine.follow("newer-2", sourceWith({ wording: { bytes: new ArrayBuffer(0), model: null, sha256: null } }));
  assert.equal(await modelOf(engine), "newer-2");
  assert.equal(shelf.held.wording, undefined);
});

test("the server's new model is taken over once, and still there when the worker starts anew", async () => {
  const shelf = memoryShelf();
  const source = sourceWith();
  const engine = createEngine({ shipped: shippedAs(), shelf });
  await engine.follow("newer-2", source);
  await engine.follow("newer-2", source);
  assert.deepEqual(source.asked, ["model", "tables", "wording"]);
  assert.equal(await modelOf(engine), "newer-2");
  assert.equal(await modelOf(createEngine({ shipped: shippedAs(), shelf })), "newer-2");
});

test("the model that the extension ships is not fetched", async () => {
  const source = sourceWith();
  await createEngine({ shipped: shippedAs(), shelf: memoryShelf() }).follow("made-up-1", source);
  assert.deepEqual(source.asked, []);
});

test("a server that goes back to the shipped model takes the browser along", async () => {
  const shelf = memoryShelf();
  const engine = createEngine({ shipped: shippedAs(), shelf });
  await engine.follow("newer-2", sourceWith());
  await engine.follow("made-up-1", sourceWith());
  assert.equal(await modelOf(engine), "made-up-1");
  assert.equal(shelf.held.model, undefined);
});

test("an update of the extension, with a model of its own, ends what was taken over", async () => {
  const shelf = memoryShelf();
  await createEngine({ shipped: shippedAs(), shelf }).follow("newer-2", sourceWith());
  const updated = createEngine({ shipped: shippedAs({ ...MANIFEST, id: "newest-3" }), shelf });
  assert.equal(await modelOf(updated), "newest-3");
});

for (const [what, given] of Object.entries({
  "of another edition": { manifest: { ...NEWER, ngram_version: 2 } },
  "with tables of another shape": { tables: { bytes: new ArrayBuffer(64), sha256: sha256Of(new Uint8Array(64)) } },
  "without ladders": { manifest: { ...NEWER, calibration: { lengths: [], rates: [], scores: [], logistic: [] } } },
  "with wording of another shape": { wording: { bytes: new ArrayBuffer(80), sha256: NOTHING_80 } },
  "of a server that sends no tables": { trouble: /** @type {const} */ ("problem") },
})) {
  test(`a model ${what} is refused, and not asked for again`, async () => {
    const engine = createEngine({ shipped: shippedAs(), shelf: memoryShelf() });
    const source = sourceWith(given);
    await engine.follow("newer-2", source);
    const askedOnce = [...source.asked];
    await engine.follow("newer-2", source);
    assert.deepEqual(source.asked, askedOnce);
    assert.equal(await modelOf(engine), "made-up-1");
  });
}

for (const [what, given] of Object.entries({
  "damaged on the way": { tables: { sha256: "0".repeat(64) } },
  "followed by damaged wording": { wording: { sha256: "0".repeat(64) } },
  "replaced meanwhile": { tables: { model: "newest-3" } },
  "cut off": { trouble: /** @type {const} */ ("server_off") },
})) {
  test(`tables that were ${what} are not used, and fetched again next time`, async () => {
    const engine = createEngine({ shipped: shippedAs(), shelf: memoryShelf() });
    await engine.follow("newer-2", sourceWith(given));
    assert.equal(await modelOf(engine), "made-up-1");
    await engine.follow("newer-2", sourceWith());
    assert.equal(await modelOf(engine), "newer-2");
  });
}

test("a shelf that is closed to the extension leaves the shipped model", async () => {
  const closed = async () => Promise.reject(new DOMException("no", "InvalidStateError"));
  const shelf = { note: closed, model: closed, wording: closed, put: closed };
  const engine = createEngine({ shipped: shippedAs(), shelf });
  await engine.follow("newer-2", sourceWith());
  assert.equal(await modelOf(engine), "made-up-1");
});

/** @param {Uint8Array} bytes */
function sha256Of(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
