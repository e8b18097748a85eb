/** The assembled extension as each store takes it: one zip for Chromium's, one for Firefox's. */

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipOf } from "./zip.mjs";

/** @typedef {Record<string, unknown> & {version: string, background: Record<string, unknown>}} Manifest */

/**
 * Write both zips; gives their names.
 * @param {string} folder the assembled extension
 * @param {string} target where the zips go
 */
export async function writeStoreFiles(folder, target) {
  const files = await filesOf(folder);
  /** @type {Manifest} */
  const manifest = JSON.parse(String(files.get("manifest.json")));
  const manifests = { chromium: forChromium(manifest), firefox: forFirefox(manifest) };
  const names = [];
  for (const [store, own] of Object.entries(manifests)) {
    const name = `unspun-${manifest.version}-${store}.zip`;
    const text = `${JSON.stringify(own, null, 2)}\n`;
    await writeFile(join(target, name), zipOf(new Map([...files, ["manifest.json", Buffer.from(text)]])));
    names.push(name);
  }
  return names;
}

/**
 * Chromium's store gives the key itself and refuses one that is sent; Firefox's parts are warned about.
 * @param {Manifest} manifest
 */
export function forChromium(manifest) {
  const rest = without(manifest, ["key", "browser_specific_settings"]);
  return { ...rest, background: without(manifest.background, ["scripts"]) };
}

/**
 * Firefox runs the background's scripts and warns about what only Chromium knows.
 * @param {Manifest} manifest
 */
export function forFirefox(manifest) {
  const rest = without(manifest, ["key", "minimum_chrome_version"]);
  return { ...rest, background: without(manifest.background, ["service_worker"]) };
}

/**
 * @param {Record<string, unknown>} record
 * @param {readonly string[]} names
 */
function without(record, names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** @param {string} folder */
async function filesOf(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  for (const file of found.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    files.set(path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path));
  }
  return files;
}
