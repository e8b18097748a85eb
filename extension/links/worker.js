/** Marks on links, the worker's half: on which search pages they run, what they are told, what is kept. */

import { SEARCH_PAGES } from "../lib/access.js";
import { siteOf } from "./seen.js";

const ID = "links";
const MAX_SITES_ASKED = 500; // results of one page are far fewer
const FILES = Object.freeze(["links/on-page/targets.js", "links/on-page/badges.js", "links/on-page/main.js"]);

/**
 * @typedef {Pick<import("../lib/settings.js").Settings, "links">} Wish
 * @typedef {{url: string | null, isPrivate: boolean}} Read url: null for a selection, which is not the page
 */

/**
 * @param {{scripting: Pick<typeof chrome.scripting, "getRegisteredContentScripts" | "registerContentScripts" |
 *   "unregisterContentScripts">, seen: import("./seen.js").Seen, settings: () => Promise<Wish>}} parts
 */
export function createLinks({ scripting, seen, settings }) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  async function register() {
    const { links } = await settings();
    const isThere = (await scripting.getRegisteredContentScripts({ ids: [ID] })).length > 0;
    if (links === isThere) return;
    if (!links) return scripting.unregisterContentScripts({ ids: [ID] });
    const script = { id: ID, matches: [...SEARCH_PAGES], js: [...FILES], runAt: "document_idle" };
    await scripting.registerContentScripts([/** @type {chrome.scripting.RegisteredContentScript} */ (script)]);
  }

  return {
    /** Follow the settings; calls take their turn. */
    place() {
      last = last.then(register);
      return last;
    },
    /**
     * Note a page's verdict; nothing from private windows, and nothing while marks are off.
     * @param {Read} read
     * @param {import("../lib/verdict.js").Label} verdict
     */
    async remember({ url, isPrivate }, verdict) {
      if (url === null || isPrivate || verdict === "unscorable" || !(await settings()).links) return;
      await seen.remember(url, verdict === "spun");
    },
    /**
     * What a search page's marks show: its hosts, as far as they are marked; "off" tells it to stop.
     * @param {unknown} hosts as the page's side sent them
     */
    async marksFor(hosts) {
      if (!(await settings()).links) return "off";
      const asked = Array.isArray(hosts) ? hosts.filter((host) => typeof host === "string") : [];
      return seen.marked(asked.slice(0, MAX_SITES_ASKED).map(siteOf));
    },
  };
}

/** @typedef {ReturnType<typeof createLinks>} Links */
