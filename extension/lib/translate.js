/** Texts of _locales/ by key. A missing key shows itself rather than nothing. */

/** @type {import("./wording.js").Translate} */
export function translate(key, ...parts) {
  return chrome.i18n.getMessage(key, parts) || key;
}
