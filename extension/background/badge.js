/** The toolbar button: a state as badge text, colour and words. Calm by rule: a page without fault shows no badge. */

import { headline, rateInWords } from "../lib/wording.js";

const RED = "#b3261e";
const AMBER = "#b45309";
const GREY = "#5f6b7a";

/**
 * @typedef {{text: string, colour: string, title: string}} Badge
 */

/**
 * @param {import("../lib/state.js").TabState | undefined} state undefined: nothing is known of the tab
 * @param {import("../lib/wording.js").Translate} t
 * @returns {Badge}
 */
export function badgeOf(state, t) {
  switch (state?.status) {
    case "checking":
      return quiet(t("titleChecking"));
    case "not_article":
      return quiet(t("titleNotArticle"));
    case "verdict":
      return badgeOfVerdict(state.verdict, t);
    case "trouble":
      return badgeOfTrouble(state.trouble.kind, t);
    case undefined:
      return quiet(t("name"));
  }
}

/**
 * @param {import("../lib/verdict.js").Verdict} verdict
 * @param {import("../lib/wording.js").Translate} t
 */
function badgeOfVerdict(verdict, t) {
  const rate = verdict.false_alarm_rate;
  const title = rate === null ? headline(verdict, t) : t("titleVerdict", headline(verdict, t), rateInWords(rate, t));
  if (verdict.verdict === "spun") return { text: "!", colour: RED, title };
  if (verdict.verdict === "suspicious") return { text: "?", colour: AMBER, title };
  return quiet(t("titlePlain", headline(verdict, t)));
}

/**
 * @param {import("../lib/trouble.js").TroubleKind} kind
 * @param {import("../lib/wording.js").Translate} t
 * @returns {Badge}
 */
function badgeOfTrouble(kind, t) {
  if (kind === "unpaired") return { text: "pair", colour: GREY, title: t("titleUnpaired") };
  if (kind === "unreadable") return quiet(t("titleUnreadable"));
  const off = kind === "server_off";
  return { text: off ? "off" : "…", colour: GREY, title: t(off ? "titleServerOff" : "titleTrouble") };
}

/**
 * @param {string} title
 * @returns {Badge}
 */
function quiet(title) {
  return { text: "", colour: GREY, title };
}

/**
 * Draw a badge on one tab's button. A tab that closed meanwhile is no fault.
 * @param {typeof chrome.action} action
 * @param {number} tabId
 * @param {Badge} badge
 */
export async function drawBadge(action, tabId, { text, colour, title }) {
  try {
    await action.setBadgeText({ tabId, text });
    await action.setBadgeBackgroundColor({ tabId, color: colour });
    await action.setBadgeTextColor({ tabId, color: "#ffffff" });
    await action.setTitle({ tabId, title });
  } catch {
    // the tab is gone
  }
}
