/**
 * Every setting of the extension in one table: the options page is generated from it, and nothing else holds a default.
 * Labels and help are message keys of _locales/. The pairing token is not a setting; background/pairing.js keeps it.
 */

import { PRIVATE_SITES } from "./sites.js";

/**
 * @typedef {"automatic" | "click"} Mode
 * @typedef {"few" | "most" | "all"} Strength which marks are shown, the strongest first
 * @typedef {{port: number, mode: Mode, sitesOff: string[], highlights: boolean, strength: Strength,
 *   banner: boolean, links: boolean}} Settings
 * @typedef {{key: keyof Settings, type: "port" | "choice" | "hosts" | "switch", fallback: unknown, label: string,
 *   help: string, choices?: readonly {value: string, label: string}[]}} Setting
 */

const MIN_PORT = 1024; // below are ports an ordinary user may not listen on
const MAX_PORT = 65535;

/** @type {readonly Setting[]} */
export const SETTINGS = Object.freeze([
  {
    key: "mode",
    type: "choice",
    fallback: "click", // "automatic" needs access to every page, which the browser gives when the reader asks for it
    label: "settingModeLabel",
    help: "settingModeHelp",
    choices: [
      { value: "click", label: "settingModeClick" },
      { value: "automatic", label: "settingModeAutomatic" },
    ],
  },
  {
    key: "highlights",
    type: "switch",
    fallback: true,
    label: "settingHighlightsLabel",
    help: "settingHighlightsHelp",
  },
  {
    key: "strength",
    type: "choice",
    fallback: "all",
    label: "settingStrengthLabel",
    help: "settingStrengthHelp",
    choices: [
      { value: "few", label: "strengthFew" },
      { value: "most", label: "strengthMost" },
      { value: "all", label: "strengthAll" },
    ],
  },
  {
    key: "banner",
    type: "switch",
    fallback: true,
    label: "settingBannerLabel",
    help: "settingBannerHelp",
  },
  {
    key: "sitesOff",
    type: "hosts",
    fallback: PRIVATE_SITES,
    label: "settingSitesOffLabel",
    help: "settingSitesOffHelp",
  },
  { key: "links", type: "switch", fallback: false, label: "settingLinksLabel", help: "settingLinksHelp" },
  { key: "port", type: "port", fallback: 5151, label: "settingPortLabel", help: "settingPortHelp" },
]);

/**
 * The settings in force: what is stored where it is valid, else the default.
 * @param {Pick<chrome.storage.StorageArea, "get">} area
 * @returns {Promise<Settings>}
 */
export async function readSettings(area) {
  const stored = /** @type {Record<string, unknown>} */ (await area.get(SETTINGS.map(({ key }) => key)));
  const pairs = SETTINGS.map((setting) => [
    setting.key,
    isValid(setting, stored[setting.key]) ? stored[setting.key] : setting.fallback,
  ]);
  return Object.fromEntries(pairs);
}

/**
 * Store one setting; false, and nothing stored, when the value is out of range.
 * @param {Pick<chrome.storage.StorageArea, "set">} area
 * @param {Setting} setting
 * @param {unknown} value
 */
export async function writeSetting(area, setting, value) {
  if (!isValid(setting, value)) return false;
  await area.set({ [setting.key]: value });
  return true;
}

/**
 * The table's row for a key.
 * @param {keyof Settings} key
 * @returns {Setting}
 */
export function settingOf(key) {
  const setting = SETTINGS.find((row) => row.key === key);
  if (!setting) throw new Error(`no setting is called ${key}`);
  return setting;
}

/**
 * @param {Setting} setting
 * @param {unknown} value
 */
function isValid(setting, value) {
  switch (setting.type) {
    case "port":
      return Number.isInteger(value) && Number(value) >= MIN_PORT && Number(value) <= MAX_PORT;
    case "choice":
      return (setting.choices ?? []).some((choice) => choice.value === value);
    case "switch":
      return typeof value === "boolean";
    case "hosts":
      return Array.isArray(value) && value.every((host) => typeof host === "string" && host !== "");
  }
}
