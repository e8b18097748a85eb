/** What the popup shows for each state of a tab. Pure: a state in, elements out. */

import { translate as t } from "../lib/translate.js";
import { explanation, headline, troubleInWords } from "../lib/wording.js";
import { button, make } from "../ui/dom.js";
import { pairingPanel } from "../ui/pairing-panel.js";
import { verdictDetails } from "./verdict-view.js";

/**
 * page: what can be done with it; book: the labels given so far.
 * @typedef {import("../lib/trouble.js").Trouble} Trouble
 * @typedef {{page: import("./deeds.js").PageDeeds, book: import("../background/label-book.js").Book,
 *   paired: () => void, trouble: (trouble: Trouble) => void, port: number}} Deeds
 */

const SIGNS = { spun: "!", suspicious: "?", clean: "✓", unscorable: "–" };

/**
 * @param {import("../lib/state.js").ShownState} state
 * @param {Deeds} deeds
 * @returns {HTMLElement[]}
 */
export function viewOf(state, deeds) {
  switch (state.status) {
    case "idle":
      return [card("", "○", t("stateIdle"), t("stateIdleHelp"), checkButton(deeds, "buttonCheck"))];
    case "site_off":
      return [card("", "○", t("stateSiteOff"), t("stateSiteOffHelp"))];
    case "checking":
      return [card("", "…", t("stateChecking"))];
    case "not_article":
      return [card("", "○", t("stateNotArticle"), t("stateNotArticleHelp"), checkButton(deeds, "buttonCheck"))];
    case "verdict":
      return verdictView(state, deeds);
    case "trouble":
      return [troubleCard(state.trouble, deeds)];
  }
}

/**
 * @param {import("./verdict-view.js").VerdictState} state
 * @param {Deeds} deeds
 */
function verdictView(state, deeds) {
  const { verdict, trouble } = state;
  const top = card(verdict.verdict, SIGNS[verdict.verdict], headline(verdict, t), explanation(verdict, t));
  const offer = trouble === null ? [] : [serverOffer(trouble, deeds)];
  return [top, ...verdictDetails(state, deeds.book, deeds.page), ...offer];
}

/**
 * What the server would add, or why it did not answer; folded away, since the page is judged without it.
 * @param {Trouble} trouble
 * @param {Deeds} deeds
 */
function serverOffer(trouble, deeds) {
  const isOffer = trouble.kind === "unpaired";
  const title = isOffer ? t("serverOffer") : t("serverMissing");
  const why = make("p", { className: "quiet" }, t("serverAdds"));
  return make("details", { className: "offer" }, make("summary", {}, title), why, troubleCard(trouble, deeds));
}

/**
 * @param {Trouble} trouble
 * @param {Deeds} deeds
 */
function troubleCard(trouble, deeds) {
  const retry = checkButton(deeds, "buttonRetry");
  switch (trouble.kind) {
    case "server_off":
      return card("", "×", t("stateServerOff"), t("stateServerOffHelp"), make("code", {}, "make run"), retry);
    case "unpaired":
    case "wrong_code":
    case "pairing_expired":
      return card("", "↔", "", "", pairingPanel({ onPaired: deeds.paired, onTrouble: deeds.trouble }));
    case "not_unspun":
      return card("", "×", t("stateNotUnspun", String(deeds.port)), t("stateNotUnspunHelp"), retry);
    case "version":
      return card("", "×", t("stateVersion"), t("stateVersionHelp"), retry);
    case "busy":
      return card("", "…", t("stateBusy"), t("stateBusyHelp", String(trouble.retryAfterS ?? 1)), retry);
    case "slow":
      return card("", "…", t("stateSlow"), t("stateSlowHelp"), retry);
    case "unreadable":
      return card("", "○", t("stateUnreadable"), t("stateUnreadableHelp"));
    case "problem":
      return card("", "×", t("stateProblem"), trouble.detail ?? "", retry);
    default:
      return card("", "×", troubleInWords(trouble, t), "", retry);
  }
}

/**
 * @param {string} tone
 * @param {string} sign
 * @param {string} title
 * @param {string} [text]
 * @param {...HTMLElement} more
 */
function card(tone, sign, title, text = "", ...more) {
  const mark = make("span", { className: "sign" }, sign);
  mark.setAttribute("aria-hidden", "true");
  return make(
    "section",
    { className: `card ${tone}`.trim() },
    mark,
    title ? make("h2", {}, title) : null,
    text ? make("p", {}, text) : null,
    ...more,
  );
}

/**
 * @param {Deeds} deeds
 * @param {string} key
 */
function checkButton(deeds, key) {
  return make("div", { className: "actions" }, button(t(key), deeds.page.check, "primary"));
}
