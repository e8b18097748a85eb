/**
 * Where the page side runs: on every web page but those of the sites that are off, and nowhere when checks wait for a
 * click. Registered at run time, so that on an excluded page not even a file of ours is read.
 */

const ID = "page-side";

/** What runs in a page, in this order; all share one world. */
export const PAGE_FILES = Object.freeze({
  js: [
    "vendor/Readability.js",
    "page/text.js",
    "page/tree.js",
    "page/survey.js",
    "page/article.js",
    "page/highlights.js",
    "page/tooltip.js",
    "page/banner.js",
    "page/marking.js",
    "page/watch.js",
    "page/main.js",
  ],
  css: ["page/highlights.css"],
});

/**
 * @param {Pick<typeof chrome.scripting, "getRegisteredContentScripts" | "registerContentScripts" |
 *   "updateContentScripts" | "unregisterContentScripts">} scripting
 */
export function createPageSide(scripting) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @param {Pick<import("../lib/settings.js").Settings, "mode" | "sitesOff">} settings */
  async function register({ mode, sitesOff }) {
    const isThere = (await scripting.getRegisteredContentScripts({ ids: [ID] })).length > 0;
    if (mode === "click") {
      if (isThere) await scripting.unregisterContentScripts({ ids: [ID] });
      return;
    }
    const script = /** @type {chrome.scripting.RegisteredContentScript} */ ({
      id: ID,
      matches: ["http://*/*", "https://*/*"],
      excludeMatches: patternsOf(sitesOff),
      js: [...PAGE_FILES.js],
      css: [...PAGE_FILES.css],
      runAt: "document_idle",
    });
    if (isThere) await scripting.updateContentScripts([script]);
    else await scripting.registerContentScripts([script]);
  }

  return {
    /**
     * Follow the settings; calls take their turn.
     * @param {Pick<import("../lib/settings.js").Settings, "mode" | "sitesOff">} settings
     */
    follow(settings) {
      last = last.then(() => register(settings));
      return last;
    },
  };
}

/**
 * The sites that are off as match patterns. Lines like `mail.*`, and hosts with an exception below them, have none:
 * there the page side asks once, is told that the site is off, and ends.
 * @param {readonly string[]} sitesOff
 */
export function patternsOf(sitesOff) {
  const exceptions = sitesOff.filter((site) => site.startsWith("!"));
  const plain = sitesOff.filter((site) => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(site));
  const whole = plain.filter((site) => !exceptions.some((line) => line.endsWith(`.${site}`) || line === `!${site}`));
  return whole.map((site) => (/^[\d.]+$/.test(site) ? `*://${site}/*` : `*://*.${site}/*`));
}
