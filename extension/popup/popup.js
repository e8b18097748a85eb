/** The popup's wiring: which tab, its state, redraw when it changes. `?tabId=N` names another than the current tab. */

import { isBookChange, readBook } from "../background/label-book.js";
import { readOpenPairing } from "../background/pairing.js";
import { readSettings, settingOf, writeSetting } from "../lib/settings.js";
import { hostOf, isSiteOff, withSite } from "../lib/sites.js";
import { createTabStates } from "../lib/state.js";
import { translate as t } from "../lib/translate.js";
import { button, byId, make } from "../ui/dom.js";
import { createDeeds } from "./deeds.js";
import { labelPanel } from "./label-panel.js";
import { viewOf } from "./views.js";

const { local, session } = chrome.storage;
const states = createTabStates(session);
const tab = await theTab();
const tabId = tab?.id ?? -1;
const host = hostOf(tab?.url);
const page = createDeeds(tabId);

byId("header-end").replaceWith(button(t("buttonOptions"), () => void chrome.runtime.openOptionsPage()));
chrome.storage.onChanged.addListener((changes, area) => {
  const isSites = area === "local" && "sitesOff" in changes;
  const isTab = area === "session" && Object.keys(changes).some((key) => states.isKeyOf(key, tabId));
  if (isSites || isTab) void draw();
  else if (area === "local" && isBookChange(changes)) void drawLabels();
});
await draw();
await retryOldTrouble();

async function theTab() {
  const named = Number(new URLSearchParams(location.search).get("tabId"));
  if (named) return chrome.tabs.get(named).catch(() => undefined);
  return (await chrome.tabs.query({ active: true, currentWindow: true }))[0];
}

/** @returns {Promise<import("../lib/state.js").ShownState>} */
async function shownState() {
  if (host === null) return { status: "trouble", trouble: { kind: "unreadable" } };
  const { sitesOff } = await readSettings(local);
  if (isSiteOff(host, sitesOff)) return { status: "site_off" };
  return (await states.get(tabId)) ?? { status: "idle" };
}

async function draw() {
  const state = await shownState();
  const focused = document.activeElement;
  if (focused?.id === "code") return; // a check in the page must not wipe the typed code
  const wasOpen = document.querySelector("details")?.open ?? false;
  byId("state").replaceChildren(...viewOf(state, await deedsFor()));
  const offer = document.querySelector("details");
  if (offer) offer.open = wasOpen || (await readOpenPairing(session)) !== null;
  byId("footer").replaceChildren(...(host === null ? [] : footer(host, state)));
  byId("spoken").textContent = document.querySelector("#state h2")?.textContent ?? "";
  const lostFocus = focused !== document.body && !focused?.isConnected;
  if (lostFocus) document.querySelector("button")?.focus();
}

/** @returns {Promise<import("./views.js").Deeds>} */
async function deedsFor() {
  return {
    page,
    book: await readBook(local),
    port: (await readSettings(local)).port,
    paired: () => leaveCode(page.check),
    trouble: (problem) => leaveCode(() => void putTrouble(problem)),
  };
}

/** The labels alone: an open comparison must not go when the server takes a label. */
async function drawLabels() {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector(".labels"));
  if (!shown) return;
  const hadFocus = shown.contains(document.activeElement);
  const fresh = labelPanel(await readBook(local), shown.dataset["hash"] ?? "", page);
  shown.replaceWith(fresh);
  if (hadFocus) fresh.querySelector("button")?.focus();
}

/**
 * What stands in the way of the server; a verdict that the browser found stays.
 * @param {import("../lib/trouble.js").Trouble} trouble
 */
async function putTrouble(trouble) {
  const state = await states.get(tabId);
  await states.put(tabId, state?.status === "verdict" ? { ...state, trouble } : { status: "trouble", trouble });
}

/**
 * The pairing is over: the code field no longer keeps the popup from being redrawn.
 * @param {() => void} then
 */
function leaveCode(then) {
  document.getElementById("code")?.blur();
  then();
}

/**
 * @param {string} site
 * @param {import("../lib/state.js").ShownState} state
 */
function footer(site, state) {
  const box = make("input", { type: "checkbox", id: "site", checked: state.status !== "site_off" });
  box.addEventListener("change", () => void switchSite(site, !box.checked));
  const isAgain = state.status === "verdict" || state.status === "checking";
  const again = isAgain ? [button(t("buttonCheckAgain"), page.check)] : [];
  return [make("label", {}, box, t("siteToggle", site.replace(/^www\./, ""))), ...again];
}

/**
 * @param {string} site
 * @param {boolean} off
 */
async function switchSite(site, off) {
  const { sitesOff, mode } = await readSettings(local);
  await writeSetting(local, settingOf("sitesOff"), withSite(site, sitesOff, off));
  if (!off && mode === "automatic") page.check();
}

/** The server may have come back since: whoever opens the popup wants to know how things are now. */
async function retryOldTrouble() {
  const state = await shownState();
  const mends = ["server_off", "busy", "slow", "not_unspun", "version"];
  const trouble = state.status === "trouble" || state.status === "verdict" ? state.trouble : null;
  if (trouble && mends.includes(trouble.kind)) page.check();
}
