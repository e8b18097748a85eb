import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { PAGE_FILES } from "../../extension/background/page-side.js";
import { MESSAGES } from "./fakes.js";

const EXTENSION = new URL("../../extension/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", EXTENSION), "utf8"));
const project = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Every file of ours, as [path, text]. */
const SOURCES = readdirSync(EXTENSION, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(js|html|css|json)$/.test(path))
  .map((path) => /** @type {const} */ ([path, readFileSync(new URL(path, EXTENSION), "utf8")]));

test("every file the manifest names exists, Readability aside", () => {
  const files = [
    ...PAGE_FILES.js,
    ...PAGE_FILES.css,
    ...Object.values(manifest.icons),
    manifest.background.service_worker,
    manifest.action.default_popup,
    manifest.options_ui.page,
  ];
  for (const file of files.filter((name) => !name.startsWith("vendor/"))) {
    assert.ok(existsSync(new URL(file, EXTENSION)), file);
  }
});

test("the page side is listed whole, main last", () => {
  const listed = PAGE_FILES.js.filter((name) => name.startsWith("page/"));
  const present = readdirSync(new URL("page/", EXTENSION)).filter((name) => name.endsWith(".js"));
  assert.deepEqual([...listed].sort(), present.map((name) => `page/${name}`).sort());
  assert.equal(listed.at(-1), "page/main.js");
});

test("the extension's own pages may reach its own files, 127.0.0.1 and nothing else", () => {
  const policy = manifest.content_security_policy.extension_pages.split("; ");
  assert.ok(policy.includes("default-src 'none'"));
  assert.ok(policy.includes("script-src 'self'"));
  assert.ok(policy.includes("connect-src 'self' http://127.0.0.1:*"));
});

test("at installing, leave is asked for the server's address and the clicked tab alone", () => {
  assert.deepEqual(manifest.permissions, ["activeTab", "contextMenus", "scripting", "storage"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
  assert.deepEqual(manifest.optional_host_permissions, ["http://*/*", "https://*/*"]);
  assert.equal(manifest.web_accessible_resources, undefined);
});

test("Firefox is told that no data is collected", () => {
  assert.deepEqual(manifest.browser_specific_settings.gecko.data_collection_permissions, { required: ["none"] });
});

test("extension and project have one version", () => {
  assert.equal(manifest.version, project.version);
});

test("only background/transport.js fetches, and main.js the extension's own model", () => {
  const fetching = SOURCES.filter(([, text]) => /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/.test(text));
  // main.js hands the browser's fetch to transport.js, and to shipped.js for files of the extension's own
  assert.deepEqual(fetching.map(([path]) => path).sort(), ["background/main.js", "background/transport.js"]);
});

const CODE_FROM_ELSEWHERE = /\beval\(|new Function|importScripts|(?:await|void|=|return) import\(/;

test("the worker has no code but the extension's own", () => {
  for (const [path, text] of SOURCES) assert.doesNotMatch(text, CODE_FROM_ELSEWHERE, path);
  const { extension_pages: policy } = manifest.content_security_policy;
  assert.match(policy, /script-src 'self';/);
});

test("no address but this machine's is written anywhere", () => {
  for (const [path, text] of SOURCES) {
    const addresses = text.match(/https?:\/\/[\w.*]+/g) ?? [];
    const foreign = addresses.filter((address) => !/^https?:\/\/(127\.0\.0\.1|\*)/.test(address));
    assert.deepEqual(foreign, [], path);
  }
});

test("every text is used, and every text that is used exists", () => {
  const code = SOURCES.filter(([path]) => !path.startsWith("_locales")).map(([, text]) => text).join("\n");
  const used = new Set([...code.matchAll(/(?:"|__MSG_)([a-z]+[A-Za-z0-9]*?)(?:"|__)/g)].map((match) => match[1]));
  assert.deepEqual(
    Object.keys(MESSAGES).filter((key) => !used.has(key)),
    [],
  );
  const asked = [...code.matchAll(/\bt\("(\w+)"|say\("(\w+)"|__MSG_(\w+)__|checkButton\(deeds, "(\w+)"/g)];
  for (const match of asked) {
    const key = match.slice(1).find((group) => group !== undefined);
    assert.ok(key && MESSAGES[key], key);
  }
});
