/** The context menu: check this page or the selected text, or say what it is. */

/**
 * label: what the reader says by choosing the item; null for one that asks for a check.
 * @typedef {{scope: "page" | "selection", label: "spun" | "not-spun" | null}} Choice
 * @type {Map<string, Choice & {title: string}>}
 */
const ITEMS = new Map([
  ["check-page", { scope: "page", label: null, title: "menuCheckPage" }],
  ["label-page-spun", { scope: "page", label: "spun", title: "menuLabelSpun" }],
  ["label-page-not-spun", { scope: "page", label: "not-spun", title: "menuLabelNotSpun" }],
  ["check-selection", { scope: "selection", label: null, title: "menuCheckSelection" }],
  ["label-selection-spun", { scope: "selection", label: "spun", title: "menuLabelSelectionSpun" }],
  ["label-selection-not-spun", { scope: "selection", label: "not-spun", title: "menuLabelSelectionNotSpun" }],
]);

/**
 * @param {typeof chrome.contextMenus} contextMenus
 * @param {import("../lib/wording.js").Translate} t
 */
export async function createMenus(contextMenus, t) {
  await contextMenus.removeAll();
  for (const [id, { scope, title }] of ITEMS) {
    contextMenus.create({
      id,
      title: t(title),
      contexts: [scope],
      documentUrlPatterns: ["http://*/*", "https://*/*"],
    });
  }
}

/**
 * What a chosen item asks for.
 * @param {string | number} menuItemId
 * @returns {Choice}
 */
export function choiceOf(menuItemId) {
  return ITEMS.get(String(menuItemId)) ?? { scope: "page", label: null };
}
