/** Stand-ins for the browser: storage areas in memory, and the English texts. */

import { readFileSync } from "node:fs";

/** @type {Record<string, {message: string}>} */
export const MESSAGES = JSON.parse(
  readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"),
);

/**
 * chrome.i18n.getMessage over the English texts; an unknown key fails the test.
 * @type {import("../../extension/lib/wording.js").Translate}
 */
export function english(key, ...parts) {
  const row = MESSAGES[key];
  if (!row) throw new Error(`no text is called ${key}`);
  return row.message.replace(/\$(\d)/g, (_, number) => parts[Number(number) - 1] ?? "");
}

/**
 * A chrome.storage area in memory.
 * @param {Record<string, unknown>} [initial]
 */
export function memoryArea(initial = {}) {
  const stored = new Map(Object.entries(initial));
  const area = {
    stored,
    /** @param {string | string[] | null} keys */
    async get(keys) {
      const wanted = keys === null ? [...stored.keys()] : [keys].flat();
      return Object.fromEntries(wanted.filter((key) => stored.has(key)).map((key) => [key, stored.get(key)]));
    },
    /** @param {Record<string, unknown>} values */
    async set(values) {
      for (const [key, value] of Object.entries(values)) stored.set(key, value);
    },
    /** @param {string | string[]} keys */
    async remove(keys) {
      for (const key of [keys].flat()) stored.delete(key);
    },
  };
  return /** @type {typeof area & chrome.storage.StorageArea} */ (/** @type {unknown} */ (area));
}

/** @type {{text: string, verdicts: [Verdict, Verdict, Verdict, Verdict]}} */
const CONTRACT = JSON.parse(readFileSync(new URL("../contract/verdicts.json", import.meta.url), "utf8"));

/** @typedef {import("../../extension/lib/verdict.js").Verdict} Verdict */
export const CONTRACT_TEXT = CONTRACT.text;
export const [SPUN, SUSPICIOUS, CLEAN, UNSCORABLE] = CONTRACT.verdicts;
