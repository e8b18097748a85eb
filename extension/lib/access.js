/** Which pages unspun may read. At installing that is none but the clicked one; more is asked for when it is needed. */

import { readSettings } from "./settings.js";

/** @typedef {Pick<typeof chrome.permissions, "contains" | "request" | "remove">} Permissions */

const SEARCH_HOSTS = Object.freeze([
  "www.google.com",
  "www.google.co.uk",
  "www.google.de",
  "www.google.fr",
  "www.bing.com",
  "cn.bing.com",
  "duckduckgo.com",
  "html.duckduckgo.com",
  "lite.duckduckgo.com",
  "www.startpage.com",
  "search.brave.com",
  "www.ecosia.org",
  "www.qwant.com",
  "www.mojeek.com",
  "kagi.com",
  "search.yahoo.com",
]);

/** Every page of the web: for checks that need no click. */
export const EVERY_PAGE = Object.freeze(["http://*/*", "https://*/*"]);

/** The pages of search engines: for marks on their links. They are all on https. */
export const SEARCH_PAGES = Object.freeze(SEARCH_HOSTS.map((host) => `https://${host}/*`));

/** The server on this computer. Given at installing; a reader can take it back in the browser's own settings. */
export const OWN_SERVER = Object.freeze(["http://127.0.0.1/*"]);

/**
 * Ask the reader for pages; true when they are, or were, allowed. Browsers show the question only while they handle
 * a click or a key, so nothing may be awaited between that and this call.
 * @param {Pick<Permissions, "request">} permissions
 * @param {readonly string[]} origins
 */
export async function ask(permissions, origins) {
  return permissions.request({ origins: [...origins] });
}

/**
 * The pages that a setting needs the reader's leave for; none for most.
 * @param {keyof import("./settings.js").Settings} key
 * @param {unknown} value
 */
export function pagesFor(key, value) {
  if (key === "mode" && value === "automatic") return EVERY_PAGE;
  return key === "links" && value === true ? SEARCH_PAGES : [];
}

/**
 * Give back what the settings no longer need.
 * @param {Pick<Permissions, "remove">} permissions
 * @param {Pick<import("./settings.js").Settings, "mode" | "links">} settings
 */
export async function giveBack(permissions, { mode, links }) {
  if (mode === "automatic" || links) return; // leave for every page may be the one that the links' marks live on
  await permissions.remove({ origins: [...EVERY_PAGE, ...SEARCH_PAGES] }).catch(() => undefined); // there was none
}

/**
 * @param {Pick<Permissions, "contains">} permissions
 * @param {readonly string[]} origins
 */
export async function isAllowed(permissions, origins) {
  return permissions.contains({ origins: [...origins] });
}

/**
 * The reader took leave back in the browser's own settings: switch off what cannot work without it.
 * @param {Pick<Permissions, "contains">} permissions
 * @param {Pick<chrome.storage.StorageArea, "get" | "set">} area
 */
export async function fallBack(permissions, area) {
  const { mode, links } = await readSettings(area);
  if (mode === "automatic" && !(await isAllowed(permissions, EVERY_PAGE))) await area.set({ mode: "click" });
  if (links && !(await isAllowed(permissions, SEARCH_PAGES))) await area.set({ links: false });
}
