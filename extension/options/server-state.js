/** How things stand between this browser and the server: which half is broken, and the command that mends it. */

import { OWN_SERVER, ask, isAllowed } from "../lib/access.js";
import { translate as t } from "../lib/translate.js";
import { oneIn } from "../lib/wording.js";
import { button, make } from "../ui/dom.js";
import { pairingPanel } from "../ui/pairing-panel.js";

/**
 * @typedef {import("../background/server.js").Result<import("../background/server.js").Health>} HealthAnswer
 * @typedef {"none" | "known" | "forgotten"} Pairing forgotten: this browser has a token that the server does not know
 * @typedef {{title: string, help: string, command: string}} Mending
 */

/**
 * @param {{port: () => Promise<number>}} parts
 */
export function serverState({ port }) {
  const box = make("div", { className: "server-state" });

  async function draw() {
    box.replaceChildren(make("p", { className: "quiet" }, t("serverChecking")));
    const lines = (await isAllowed(chrome.permissions, OWN_SERVER)) ? await reachableLines() : blockedLines();
    box.replaceChildren(...lines);
  }

  function blockedLines() {
    const allow = button(t("buttonAllow"), () => void ask(chrome.permissions, OWN_SERVER).then(draw), "primary");
    return [make("p", {}, make("strong", {}, t("stateBlocked"))), quiet(t("stateBlockedHelp")), allow];
  }

  async function reachableLines() {
    /** @type {HealthAnswer} */
    const health = await chrome.runtime.sendMessage({ type: "health" });
    const at = await port();
    if (!health.ok) return [...mendingLines(mendingOf(health.trouble.kind, at)), doctorLine(), retry()];
    const own = chrome.runtime.getManifest().version;
    const mismatch = mismatchOf(health.value.version ?? own, own);
    const lines = [...runningLines(health.value), ...(mismatch ? mendingLines(mismatch) : [])];
    return [...lines, ...(await pairedLines(at))];
  }

  function retry() {
    return button(t("buttonRetry"), () => void draw());
  }

  /** @param {number} at the server's port */
  async function pairedLines(at) {
    /** @type {Pairing} */
    const pairing = await chrome.runtime.sendMessage({ type: "pairing" });
    const dashboard = dashboardLink(at);
    if (pairing !== "known") {
      const said = pairing === "none" ? t("unpairedState") : t("forgottenState");
      return [make("p", {}, said), panel(), make("div", { className: "actions" }, dashboard)];
    }
    const again = button(t("repairButton"), () => actions.replaceWith(panel()));
    const leave = button(t("unpairButton"), () => void end());
    const actions = make("div", { className: "actions" }, dashboard, again, leave);
    return [make("p", {}, t("pairedState")), actions];
  }

  function panel() {
    return pairingPanel({ onPaired: () => void draw(), onTrouble: () => void draw() });
  }

  async function end() {
    await chrome.runtime.sendMessage({ type: "unpair" });
    await draw();
  }

  return { box, draw };
}

/** @param {import("../background/server.js").Health} health */
function runningLines({ model, thresholds }) {
  const rates = [thresholds.suspicious, thresholds.spun];
  const figures = rates.map((rate) => oneIn(rate).toLocaleString(t("language")));
  return [make("p", {}, t("serverRunning", model)), quiet(t("serverThresholds", ...figures))];
}

/**
 * What stands in the way of the server, and what mends it.
 * @param {import("../lib/trouble.js").TroubleKind} kind
 * @param {number} port
 * @returns {Mending}
 */
function mendingOf(kind, port) {
  switch (kind) {
    case "not_unspun":
      return {
        title: t("stateNotUnspun", String(port)),
        help: t("stateNotUnspunHelp"),
        command: `unspun serve --port ${port + 1}`,
      };
    case "version":
      return { title: t("stateVersion"), help: t("stateVersionHelp"), command: "make run" };
    case "slow":
      return { title: t("stateSlow"), help: t("stateSlowHelp"), command: "" };
    default:
      return { title: t("stateServerOff"), help: t("stateServerOffHelp"), command: "make run" };
  }
}

/**
 * Both talk the same language, but one is older.
 * @param {string} server
 * @param {string} own
 * @returns {Mending | null}
 */
function mismatchOf(server, own) {
  const order = server.localeCompare(own, "en", { numeric: true });
  if (order === 0) return null;
  if (order < 0) return { title: t("stateOldServer", server, own), help: t("stateOldServerHelp"), command: "make run" };
  const title = t("stateOldExtension", own, server);
  return { title, help: t("stateOldExtensionHelp"), command: "make extension" };
}

/** @param {Mending} mending */
function mendingLines({ title, help, command }) {
  const code = command === "" ? [] : [make("code", {}, command)];
  return [make("p", {}, make("strong", {}, title)), quiet(help), ...code];
}

function doctorLine() {
  return make("p", { className: "quiet" }, t("doctorHelp"), " ", make("code", {}, "unspun doctor"));
}

/** @param {number} port */
function dashboardLink(port) {
  const properties = { className: "button", href: `http://127.0.0.1:${port}/`, target: "_blank", rel: "noreferrer" };
  return make("a", properties, t("dashboardLink"));
}

/** @param {string} text */
function quiet(text) {
  return make("p", { className: "quiet" }, text);
}
