/**
 * Puts dist/extension/ together: our files as they are, plus Readability from the packages of package-lock.json.
 * That folder is what is loaded unpacked, tested and zipped. Run: node extension/assemble.mjs
 */

import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "dist", "extension");
const draft = join(root, "dist", ".extension-draft");
const readability = join(root, "node_modules", "@mozilla", "readability");

const OURS = ["manifest.json", "_locales", "background", "icons", "lib", "options", "page", "popup", "ui"];
const THEIRS = ["Readability.js", "Readability-readerable.js", "LICENSE.md"];

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
await rm(target, { recursive: true, force: true });
await rename(draft, target);

const { version } = JSON.parse(await readFile(join(target, "manifest.json"), "utf8"));
console.log(`dist/extension holds unspun ${version}: load it unpacked in the browser`);

/** Types and drawing tools are for developers only. */
function isShipped(/** @type {string} */ path) {
  return !/\.(d\.ts|py|svg)$/.test(path);
}
