/** The worker's wiring: events in, one call each. Holds no state; what must last is in chrome.storage. */

import { readSettings } from "../lib/settings.js";
import { hostOf, isSiteOff } from "../lib/sites.js";
import { createTabStates } from "../lib/state.js";
import { translate } from "../lib/translate.js";
import { badgeOf, drawBadge } from "./badge.js";
import { createChecker } from "./checker.js";
import { createEngine } from "./engine.js";
import { createJudge } from "./judge.js";
import { createMenus, scopeOfMenu } from "./menus.js";
import { createPageSide } from "./page-side.js";
import { createPages } from "./pages.js";
import { clientName, createPairing, readToken } from "./pairing.js";
import { createServer } from "./server.js";
import { createShelf } from "./shelf.js";
import { createShipped } from "./shipped.js";

const { local, session } = chrome.storage;
const states = createTabStates(session);
const pages = createPages(chrome);
const settings = () => readSettings(local);
const engine = createEngine({
  shipped: createShipped((path) => fetch(chrome.runtime.getURL(path))),
  shelf: createShelf(indexedDB),
});
const checker = createChecker({
  pages,
  states,
  settings,
  judge: createJudge({ connect, engine }),
  draw: (tabId, state) => drawBadge(chrome.action, tabId, badgeOf(state, translate)),
});
const pairing = createPairing({ local, session, connect, client, now: () => Date.now() });

const pageSide = createPageSide(chrome.scripting);

void keepTokenFromPages();
void placePageSide();

chrome.runtime.onInstalled.addListener(() => void createMenus(chrome.contextMenus, translate));
chrome.runtime.onStartup.addListener(() => void createMenus(chrome.contextMenus, translate));
chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
  if (tab) void checkByHand(tab, scopeOfMenu(menuItemId));
});
chrome.commands.onCommand.addListener((_command, tab) => {
  if (tab) void checkByHand(tab, "page");
});
chrome.tabs.onRemoved.addListener((tabId) => void states.forget(tabId));
chrome.tabs.onUpdated.addListener((tabId, change) => {
  if (change.url !== undefined) void follow(tabId);
  else if (change.status === "loading") void checker.forget(tabId);
});
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "local" && ("sitesOff" in changes || "highlights" in changes)) void applySettings();
  if (area === "local" && ("sitesOff" in changes || "mode" in changes)) void placePageSide();
});
chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id) return false;
  void handle(message, sender).then(answer);
  return true;
});

/**
 * Messages: "changed" comes from a page, the others from our own popup and options pages.
 * @param {{type: string, tabId?: number, fresh?: boolean, code?: string}} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<unknown>}
 */
async function handle(message, sender) {
  if (message.type === "changed" && sender.tab?.id !== undefined) {
    if (message.fresh) await checker.forget(sender.tab.id);
    return checker.check(describe(sender.tab.id, sender.url), { manual: false, scope: "page" });
  }
  if (sender.tab && !sender.url?.startsWith(chrome.runtime.getURL(""))) return undefined; // a page may ask no more
  switch (message.type) {
    case "check":
      return checkByHand(await chrome.tabs.get(Number(message.tabId)), "page");
    case "pair_start":
      return pairing.start();
    case "pair_finish":
      return pairing.finish(String(message.code));
    case "unpair":
      return pairing.end();
    case "health":
      return (await connect()).health();
    default:
      return undefined;
  }
}

/**
 * @param {chrome.tabs.Tab} tab
 * @param {import("../lib/state.js").Scope} scope
 */
async function checkByHand(tab, scope) {
  if (tab.id !== undefined) await checker.check(describe(tab.id, tab.url), { manual: true, scope });
}

/**
 * The tab's address changed. A page that swaps its article in place answers and checks itself; else it is a new page.
 * @param {number} tabId
 */
async function follow(tabId) {
  if (!(await pages.moved(tabId))) await checker.forget(tabId);
}

/** Clear the tabs whose site was switched off, and every mark when highlights were. */
async function applySettings() {
  const { sitesOff, highlights } = await settings();
  for (const tabId of (await states.all()).keys()) {
    const tab = await chrome.tabs.get(tabId).catch(() => undefined);
    const host = hostOf(tab?.url);
    const off = host !== null && isSiteOff(host, sitesOff);
    if (off) await checker.forget(tabId);
    if (off || !highlights) await pages.clear(tabId);
  }
}

async function placePageSide() {
  await pageSide.follow(await settings());
}

async function connect() {
  const { port } = await settings();
  return createServer({ fetch: (address, request) => fetch(address, request), port, token: await readToken(local) });
}

async function client() {
  return clientName(navigator.userAgent, (await chrome.runtime.getPlatformInfo()).os);
}

/** Page scripts of ours can read local storage by default; the token is none of their business. */
async function keepTokenFromPages() {
  await local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

/**
 * @param {number} id
 * @param {string | undefined} address
 * @returns {import("./checker.js").Tab}
 */
function describe(id, address) {
  const host = hostOf(address);
  return { id, host, port: host === null ? "" : new URL(String(address)).port };
}
