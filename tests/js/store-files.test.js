import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { forChromium, forFirefox } from "../../extension/store-files.mjs";
import { zipOf } from "../../extension/zip.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, "extension", "manifest.json"), "utf8"));
const ZIPS = [`unspun-${version}-chromium.zip`, `unspun-${version}-firefox.zip`];
const home = mkdtempSync(join(tmpdir(), "unspun-stores-"));
after(() => rmSync(home, { recursive: true }));

/** @param {string} name of a folder to assemble in */
function assemble(name) {
  const folder = join(home, name);
  execFileSync("node", ["extension/assemble.mjs", folder], { cwd: ROOT });
  return folder;
}

/** @param {string} folder */
function sumsOf(folder) {
  return ZIPS.map((zip) => createHash("sha256").update(readFileSync(join(folder, zip))).digest("hex"));
}

const once = assemble("once");

test("the same files give the same zips, byte for byte", () => {
  assert.deepEqual(sumsOf(once), sumsOf(assemble("again")));
});

test("a zip is put together from the files alone, whatever order they come in", () => {
  const [a, b] = [Buffer.from("one"), Buffer.from("two")];
  const zip = zipOf(new Map([["b/two.txt", b], ["a.txt", a]]));
  assert.deepEqual(zip, zipOf(new Map([["a.txt", a], ["b/two.txt", b]])));
  assert.equal(zip.length, 2 * (30 + 46) + 2 * ("a.txt".length + "b/two.txt".length) + 6 + 22);
});

test("each store gets the manifest it knows", () => {
  const manifest = {
    version: "1.0.0",
    key: "abc",
    minimum_chrome_version: "128",
    browser_specific_settings: { gecko: {} },
    background: { service_worker: "main.js", scripts: ["main.js"], type: "module" },
  };
  assert.deepEqual(forChromium(manifest), {
    version: "1.0.0",
    minimum_chrome_version: "128",
    background: { service_worker: "main.js", type: "module" },
  });
  assert.deepEqual(forFirefox(manifest), {
    version: "1.0.0",
    browser_specific_settings: { gecko: {} },
    background: { scripts: ["main.js"], type: "module" },
  });
});

test("Firefox's own linter finds no error, and warns of Readability alone", () => {
  const linter = join(ROOT, "node_modules", "addons-linter", "bin", "addons-linter");
  const said = execFileSync("node", [linter, "--output", "json", join(once, String(ZIPS[1]))], { encoding: "utf8" });
  const { errors, warnings } = JSON.parse(said);
  assert.deepEqual(errors, []);
  const ours = warnings.filter((/** @type {{file: string}} */ { file }) => file !== "vendor/Readability.js");
  assert.deepEqual(ours, []);
});
