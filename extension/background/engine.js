/** The engine in the browser: which model it runs on, loading it when it is first needed, taking over the server's. */

import { createDetector } from "../engine/detector.js";
import { isReadable } from "../engine/manifest.js";
import { tablesFrom } from "../engine/tables.js";
import { wordingFrom } from "../engine/wording.js";
import { isFlagged } from "../lib/verdict.js";

/**
 * @typedef {Pick<import("./server.js").Server, "model" | "tables">} ModelSource
 * @typedef {import("./shelf.js").KeptModel} KeptModel
 * @typedef {{detector: import("../engine/detector.js").Detector,
 *   wording: () => Promise<import("../engine/wording.js").Wording | null>}} Loaded wording: read when first asked for
 */

/**
 * @param {{shipped: import("./shipped.js").Shipped, shelf: import("./shelf.js").Shelf}} parts
 */
export function createEngine({ shipped, shelf }) {
  /** @type {Promise<Loaded | null> | null} a cache: gone when the browser stops the worker, and loaded anew */
  let loading = null;
  let following = false;

  /** @returns {Promise<Loaded | null>} */
  async function load() {
    const manifest = await shipped.manifest();
    const taken = await loadTaken(manifest?.id ?? null).catch(() => null); // damaged, or the browser keeps nothing
    if (taken) return taken;
    return manifest && loaded(manifest, await shipped.tables(), () => shipped.wording());
  }

  /**
   * The model taken over, unless the extension was updated since: then what it ships is newer.
   * @param {string | null} shippedId
   */
  async function loadTaken(shippedId) {
    const note = await shelf.note();
    if (!note?.taken || note.shipped !== shippedId) return null;
    const kept = await shelf.model();
    return kept && isReadable(kept.manifest) ? loaded(kept.manifest, kept.tables, () => shelf.wording()) : null;
  }

  /** @param {string} model */
  async function isSettled(model) {
    const shippedId = (await shipped.manifest())?.id ?? null;
    const note = await shelf.note();
    const current = note?.shipped === shippedId ? note : undefined;
    if (model === shippedId) return !current?.taken;
    return model === current?.id;
  }

  /**
   * @param {string} model
   * @param {ModelSource} server
   */
  async function take(model, server) {
    const shippedId = (await shipped.manifest())?.id ?? null;
    if (model === shippedId) {
      await shelf.put({ id: model, shipped: shippedId, taken: false });
    } else {
      const answer = await fetchModel(model, server);
      if (answer === "later") return;
      await shelf.put({ id: model, shipped: shippedId, taken: answer !== null }, answer?.model, answer?.wording);
    }
    loading = null;
  }

  return {
    /**
     * The verdict on a text; null when there is no model, or none that this engine can read.
     * @param {string} text
     */
    async score(text) {
      loading ??= load().catch(() => null);
      const model = await loading;
      if (!model) return null;
      const verdict = model.detector.score(text, null);
      const wording = isFlagged(verdict) ? await model.wording() : null; // most pages need no dictionaries
      return wording ? model.detector.score(text, wording) : verdict;
    },
    /**
     * The server judges with this model: take its tables over, unless that was done or found impossible before.
     * @param {string} model
     * @param {ModelSource} server
     */
    async follow(model, server) {
      if (following) return;
      following = true;
      try {
        if (!(await isSettled(model))) await take(model, server);
      } catch {
        // the browser's disk is full, or closed to extensions: the shipped model does
      } finally {
        following = false;
      }
    },
  };
}

/** @typedef {ReturnType<typeof createEngine>} Engine */

/**
 * @param {import("../engine/manifest.js").Manifest} manifest
 * @param {ArrayBuffer} tables
 * @param {() => Promise<ArrayBuffer | undefined>} readWording
 * @returns {Loaded}
 */
function loaded(manifest, tables, readWording) {
  /** @type {ReturnType<Loaded["wording"]> | null} */
  let reading = null;
  const read = async () => {
    const bytes = await readWording();
    return bytes ? wordingFrom(bytes) : null;
  };
  return {
    detector: createDetector(manifest, tablesFrom(tables)),
    wording: () => (reading ??= read().catch(() => null)), // a model may have none
  };
}

/**
 * The server's model, its versions and its digests checked; null when it is not for this engine, "later" when the
 * server did not answer or took up yet another model meanwhile.
 * @param {string} model
 * @param {ModelSource} server
 * @returns {Promise<{model: KeptModel, wording: ArrayBuffer | undefined} | null | "later">}
 */
async function fetchModel(model, server) {
  const about = await server.model();
  if (!about.ok) return "later";
  const { manifest } = about.value;
  if (!isReadable(manifest)) return null;
  if (manifest.id !== model) return "later";
  const tables = await fetchBytes(model, server, "tables");
  if (tables === "later") return "later";
  const wording = await fetchBytes(model, server, "wording");
  if (wording === "later") return "later";
  if (!tables || !isRead(() => tablesFrom(tables)) || (wording && !isRead(() => wordingFrom(wording)))) return null;
  return { model: { manifest, tables }, wording: wording ?? undefined };
}

/**
 * @param {string} model
 * @param {ModelSource} server
 * @param {"tables" | "wording"} which
 * @returns {Promise<ArrayBuffer | null | "later">} null: it has none
 */
async function fetchBytes(model, server, which) {
  const answer = await server.tables(which);
  if (!answer.ok) return answer.trouble.kind === "problem" ? null : "later"; // an older server has no such call
  const { bytes, model: sent, sha256 } = answer.value;
  if (bytes.byteLength === 0) return null;
  return sent === model && (await digestOf(bytes)) === sha256 ? bytes : "later";
}

/** @param {() => object} read */
function isRead(read) {
  try {
    return read() !== null;
  } catch {
    return false;
  }
}

/** @param {ArrayBuffer} bytes */
async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
