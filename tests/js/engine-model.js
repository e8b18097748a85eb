/** A model folder in the engine, as the assembled extension has it. */

import { existsSync, readFileSync } from "node:fs";
import { createDetector } from "../../extension/engine/detector.js";
import { tablesFrom } from "../../extension/engine/tables.js";
import { wordingFrom } from "../../extension/engine/wording.js";
import { packTables, packWording } from "../../extension/model-files.mjs";

export const MADE_UP = new URL("../contract/model/", import.meta.url);

/**
 * What judges a text with the model of a folder.
 * @param {URL} folder ends with a slash
 */
export function loadJudge(folder) {
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  const detector = createDetector(manifest, tablesFrom(packTables(readFileSync(new URL("tables.npz", folder))).buffer));
  const file = new URL("wording.npz", folder);
  const wording = existsSync(file) ? wordingFrom(packWording(readFileSync(file)).buffer) : null;
  return (/** @type {string} */ text) => detector.score(text, wording);
}
