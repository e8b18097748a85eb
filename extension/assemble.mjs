/**
 * Puts dist/extension/ together: our files as they are, Readability from the packages of package-lock.json, and the
 * active model's tables. That folder is what is loaded unpacked and tested; beside it stand the zips for the two
 * stores, the same bytes from the same files every time. Run: node extension/assemble.mjs [FOLDER, instead of dist]
 */

import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTables, packWording } from "./model-files.mjs";
import { writeStoreFiles } from "./store-files.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = process.argv[2] ?? join(root, "dist");
const target = join(dist, "extension");
const draft = join(dist, ".extension-draft");
const models = join(root, "models");
const readability = join(root, "node_modules", "@mozilla", "readability");

const OURS = (
  "manifest.json _locales background engine icons lib links options page popup privacy ui"
).split(" ");
const THEIRS = ["Readability.js", "LICENSE.md"];

if (!existsSync(readability)) {
  console.error("Readability is not installed (node_modules/@mozilla/readability). Run: npm ci");
  process.exit(1);
}

await rm(draft, { recursive: true, force: true });
await mkdir(join(draft, "vendor"), { recursive: true });
for (const name of OURS) {
  await cp(join(root, "extension", name), join(draft, name), { recursive: true, filter: isShipped });
}
for (const name of THEIRS) await cp(join(readability, name), join(draft, "vendor", name));
const model = await addModel(join(draft, "model"));
await rm(target, { recursive: true, force: true });
await rename(draft, target);
const zips = await writeStoreFiles(target, dist);

const { version } = JSON.parse(await readFile(join(target, "manifest.json"), "utf8"));
console.log(`dist/extension holds unspun ${version} with ${model}: load it unpacked in the browser`);
console.log(`for the stores: ${zips.map((name) => `dist/${name}`).join(" and ")}`);

/**
 * The active model, so that pages are checked without a server too; the same bytes from the same model every time.
 * @param {string} folder where it goes
 */
async function addModel(folder) {
  const active = join(models, "ACTIVE");
  if (!existsSync(active)) return "no model, so that it needs the server";
  const id = (await readFile(active, "utf8")).trim();
  await mkdir(folder);
  await cp(join(models, id, "manifest.json"), join(folder, "manifest.json"));
  await writeFile(join(folder, "tables.bin"), packTables(await readFile(join(models, id, "tables.npz"))));
  const wording = join(models, id, "wording.npz");
  if (existsSync(wording)) await writeFile(join(folder, "wording.bin"), packWording(await readFile(wording)));
  return `model ${id}`;
}

/** Types and drawing tools are for developers only. */
function isShipped(/** @type {string} */ path) {
  return !/\.(d\.ts|py|svg)$/.test(path);
}
