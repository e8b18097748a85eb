/** The options page's wiring: fields from the settings table, the server's state, pairing. Changes are kept at once. */

import { readToken } from "../background/pairing.js";
import { SETTINGS, readSettings, writeSetting } from "../lib/settings.js";
import { translate as t } from "../lib/translate.js";
import { oneIn } from "../lib/wording.js";
import { button, byId, make } from "../ui/dom.js";
import { pairingPanel } from "../ui/pairing-panel.js";
import { fieldOf } from "./fields.js";

/** @typedef {import("../background/server.js").Result<import("../background/server.js").Health>} HealthAnswer */

const SAVED_MS = 1_500;
const { local } = chrome.storage;
const state = make("div", { className: "server-state" });

byId("title").textContent = t("optionsTitle");
await drawSettings();
drawPrivacy();
await drawServer();

async function drawSettings() {
  const values = await readSettings(local);
  const fields = new Map(
    SETTINGS.map((setting) => [setting.key, fieldOf(setting, values[setting.key], (value) => save(setting, value))]),
  );
  const port = /** @type {HTMLElement} */ (fields.get("port"));
  fields.delete("port");
  byId("checks").append(make("h2", {}, t("optionsChecks")), ...fields.values());
  byId("server").append(make("h2", {}, t("optionsServer")), state, port);
}

/**
 * @param {import("../lib/settings.js").Setting} setting
 * @param {unknown} value
 */
async function save(setting, value) {
  const saved = await writeSetting(local, setting, value);
  if (saved) showSaved();
  if (saved && setting.key === "port") await drawServer();
  return saved;
}

function showSaved() {
  const line = byId("saved");
  line.textContent = t("optionsSaved");
  setTimeout(() => (line.textContent = ""), SAVED_MS);
}

async function drawServer() {
  state.replaceChildren(make("p", { className: "quiet" }, t("serverChecking")));
  /** @type {HealthAnswer} */
  const health = await chrome.runtime.sendMessage({ type: "health" });
  const { port } = await readSettings(local);
  const token = await readToken(local);
  const lines = health.ok ? runningLines(health.value) : troubleLines(health.trouble.kind, port);
  state.replaceChildren(...lines, ...(health.ok ? pairedLines(token !== null, port) : []));
}

/** @param {import("../background/server.js").Health} health */
function runningLines({ model, thresholds }) {
  const figures = [thresholds.suspicious, thresholds.spun].map((rate) => oneIn(rate).toLocaleString("en"));
  return [
    make("p", {}, t("serverRunning", model)),
    make("p", { className: "quiet" }, t("serverThresholds", ...figures)),
  ];
}

/**
 * @param {import("../lib/trouble.js").TroubleKind} kind
 * @param {number} port
 */
function troubleLines(kind, port) {
  const texts = {
    not_unspun: [t("stateNotUnspun", String(port)), t("stateNotUnspunHelp")],
    version: [t("stateVersion"), t("stateVersionHelp")],
    slow: [t("stateSlow"), t("stateSlowHelp")],
  };
  const off = [t("stateServerOff"), t("stateServerOffHelp")];
  const [title = "", help = ""] = kind in texts ? texts[/** @type {keyof typeof texts} */ (kind)] : off;
  const command = kind === "server_off" ? [make("code", {}, "make run")] : [];
  return [
    make("p", {}, make("strong", {}, title)),
    make("p", { className: "quiet" }, help),
    ...command,
    button(t("buttonRetry"), () => void drawServer()),
  ];
}

/**
 * @param {boolean} paired
 * @param {number} port
 */
function pairedLines(paired, port) {
  const dashboard = make(
    "a",
    { className: "button", href: `http://127.0.0.1:${port}/`, target: "_blank", rel: "noreferrer" },
    t("dashboardLink"),
  );
  if (!paired) {
    return [make("p", {}, t("unpairedState")), panel(), make("div", { className: "actions" }, dashboard)];
  }
  const again = button(t("repairButton"), () => actions.replaceWith(panel()));
  const actions = make(
    "div",
    { className: "actions" },
    dashboard,
    again,
    button(t("unpairButton"), () => void unpair()),
  );
  return [make("p", {}, t("pairedState")), actions];
}

function panel() {
  return pairingPanel({ onPaired: () => void drawServer(), onTrouble: () => void drawServer() });
}

async function unpair() {
  await chrome.runtime.sendMessage({ type: "unpair" });
  await drawServer();
}

function drawPrivacy() {
  byId("privacy").append(
    make("h2", {}, t("optionsPrivacy")),
    make("p", {}, t("privacyText1")),
    make("p", {}, t("privacyText2")),
  );
}
