/** The options page's wiring: fields from the settings table, list of sites, server. Changes are kept at once. */

import { ask, giveBack, pagesFor } from "../lib/access.js";
import { SETTINGS, readSettings, writeSetting } from "../lib/settings.js";
import { translate as t } from "../lib/translate.js";
import { createSeen } from "../links/seen.js";
import { byId, make } from "../ui/dom.js";
import { fieldOf } from "./fields.js";
import { linkList } from "./link-list.js";
import { serverState } from "./server-state.js";

const SAVED_MS = 1_500;
const { local } = chrome.storage;
const server = serverState({ port: async () => (await readSettings(local)).port });

document.documentElement.lang = t("language");
document.title = t("optionsTitle");
byId("title").textContent = t("optionsTitle");
await drawSettings();
drawPrivacy();
await server.draw();

async function drawSettings() {
  const values = await readSettings(local);
  const fields = new Map(
    SETTINGS.map((setting) => [setting.key, fieldOf(setting, values[setting.key], (value) => save(setting, value))]),
  );
  const [port, links] = /** @type {const} */ (["port", "links"]).map((key) => take(fields, key));
  byId("checks").append(make("h2", {}, t("optionsChecks")), ...fields.values());
  const list = await linkList(createSeen(local, () => Date.now()));
  byId("links").append(make("h2", {}, t("optionsLinks")), links ?? "", list);
  byId("server").append(make("h2", {}, t("optionsServer")), server.box, port ?? "");
}

/**
 * @param {Map<string, HTMLElement>} fields
 * @param {keyof import("../lib/settings.js").Settings} key
 */
function take(fields, key) {
  const field = fields.get(key);
  fields.delete(key);
  return field;
}

/**
 * Keep a setting; false when it is out of range, or when the browser gives no leave to read the pages it needs.
 * @param {import("../lib/settings.js").Setting} setting
 * @param {unknown} value
 */
async function save(setting, value) {
  const needed = pagesFor(setting.key, value);
  if (needed.length > 0 && !(await ask(chrome.permissions, needed))) return false;
  const saved = await writeSetting(local, setting, value);
  if (saved) showSaved();
  if (saved && setting.key === "port") await server.draw();
  if (saved) await giveBack(chrome.permissions, await readSettings(local));
  return saved;
}

function showSaved() {
  const line = byId("saved");
  line.textContent = t("optionsSaved");
  setTimeout(() => (line.textContent = ""), SAVED_MS);
}

function drawPrivacy() {
  byId("privacy").append(
    make("h2", {}, t("optionsPrivacy")),
    make("p", {}, t("privacyShort")),
    make("p", {}, make("a", { href: "../privacy/privacy.html" }, t("privacyMore"))),
  );
}
