/** The context menu: check this page, check the selected text. */

/** @type {Map<string, {context: "page" | "selection", title: string}>} */
const ITEMS = new Map([
  ["check-page", { context: "page", title: "menuCheckPage" }],
  ["check-selection", { context: "selection", title: "menuCheckSelection" }],
]);

/**
 * @param {typeof chrome.contextMenus} contextMenus
 * @param {import("../lib/wording.js").Translate} t
 */
export async function createMenus(contextMenus, t) {
  await contextMenus.removeAll();
  for (const [id, { context, title }] of ITEMS) {
    contextMenus.create({
      id,
      title: t(title),
      contexts: [context],
      documentUrlPatterns: ["http://*/*", "https://*/*"],
    });
  }
}

/**
 * What a chosen item asks for.
 * @param {string | number} menuItemId
 * @returns {import("../lib/state.js").Scope}
 */
export function scopeOfMenu(menuItemId) {
  return menuItemId === "check-selection" ? "selection" : "page";
}
