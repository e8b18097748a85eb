/** The worker's wiring: events in, one call each. Holds no state; what must last is in chrome.storage. */

import { fallBack } from "../lib/access.js";
import { readSettings } from "../lib/settings.js";
import { hostOf, isSiteOff } from "../lib/sites.js";
import { createTabStates } from "../lib/state.js";
import { translate } from "../lib/translate.js";
import { troubleInWords } from "../lib/wording.js";
import { createSeen } from "../links/seen.js";
import { createLinks } from "../links/worker.js";
import { badgeOf, drawBadge } from "./badge.js";
import { createChecker } from "./checker.js";
import { createDeeds } from "./deeds.js";
import { createDismissed } from "./dismissed.js";
import { createEngine } from "./engine.js";
import { createJudge } from "./judge.js";
import { createLabelBook } from "./label-book.js";
import { createLabels } from "./labels.js";
import { choiceOf, createMenus } from "./menus.js";
import { createMessages } from "./messages.js";
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
const dismissed = createDismissed(session);
const labels = createLabels({ book: createLabelBook(local), connect, newId: () => crypto.randomUUID() });
const deeds = createDeeds({ pages, connect, labels, tabOf });
const judge = createJudge({ connect, engine });
const checker = createChecker({
  pages,
  states,
  settings,
  dismissed,
  judge: judgeAndDeliver,
  draw: (tabId, state) => drawBadge(chrome.action, tabId, badgeOf(state, translate)),
});
const pairing = createPairing({ local, session, connect, client, now: () => Date.now() });
const pageSide = createPageSide(chrome.scripting);
const seen = createSeen(local, () => Date.now());
const links = createLinks({ scripting: chrome.scripting, seen, settings });
const answer = createMessages({
  checker,
  pairing,
  deeds,
  labels,
  states,
  dismissed,
  tabOf,
  describe,
  links,
  health: async () => (await connect()).health(),
  own: chrome.runtime.getURL(""),
});

void keepTokenFromPages();
void labels.deliver(); // what an earlier worker left
void placePageSide();
void links.place();

chrome.runtime.onInstalled.addListener(() => void createMenus(chrome.contextMenus, translate));
chrome.runtime.onStartup.addListener(() => void createMenus(chrome.contextMenus, translate));
chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
  if (tab) void choose(tab, choiceOf(menuItemId));
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
  if (area === "local" && "strength" in changes) void applyStrength();
  if (area === "local" && "links" in changes) void links.place();
});
chrome.permissions.onRemoved.addListener(() => void fallBack(chrome.permissions, local));
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (sender.id !== chrome.runtime.id) return false;
  void answer(message, sender).then(respond);
  return true;
});

/**
 * @param {chrome.tabs.Tab} tab
 * @param {import("./menus.js").Choice} choice
 */
async function choose(tab, { scope, label }) {
  if (label === null) return checkByHand(tab, scope);
  const done = await deeds.labelRead(describe(tab), scope, label);
  const said = label === "spun" ? "labelledSpun" : "labelledNotSpun";
  const words = done.ok ? translate(said) : troubleInWords(done.trouble, translate);
  await pages.note(Number(tab.id), words);
}

/**
 * @param {chrome.tabs.Tab} tab
 * @param {import("../lib/state.js").Scope} scope
 */
async function checkByHand(tab, scope) {
  if (tab.id !== undefined) await checker.check(describe(tab), { manual: true, scope });
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

async function applyStrength() {
  const { strength } = await settings();
  for (const tabId of (await states.all()).keys()) await pages.strengthen(tabId, strength);
}

async function placePageSide() {
  await pageSide.follow(await settings());
}

async function connect() {
  const { port } = await settings();
  return createServer({ fetch: (address, request) => fetch(address, request), port, token: await readToken(local) });
}

/** @param {import("./server.js").Asked} asked */
async function judgeAndDeliver(asked) {
  const judgement = await judge(asked);
  if (judgement.ok && judgement.engine === "server") void labels.deliver(); // it is there: what waits can go
  if (judgement.ok) void links.remember(asked, judgement.verdict.verdict);
  return judgement;
}

async function client() {
  return clientName(navigator.userAgent, (await chrome.runtime.getPlatformInfo()).os);
}

/** Page scripts of ours can read local storage by default; the token is none of their business. */
async function keepTokenFromPages() {
  await local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

/**
 * @param {number} tabId
 * @returns {Promise<import("./checker.js").Tab | null>} null for one that was closed
 */
async function tabOf(tabId) {
  const tab = await chrome.tabs.get(tabId).catch(() => null);
  return tab && describe(tab);
}

/**
 * @param {chrome.tabs.Tab} tab
 * @param {string} [address] where the tab's own is out of date, or not ours to know
 * @returns {import("./checker.js").Tab}
 */
function describe({ id = -1, url, title, incognito }, address = url) {
  const host = hostOf(address);
  const port = host === null ? "" : new URL(String(address)).port;
  return { id, host, port, url: host === null ? null : String(address), title: title ?? null, isPrivate: incognito };
}
