/** What the popup shows for each state of a tab. Pure: a state in, elements out. */

import { translate as t } from "../lib/translate.js";
import { engineInWords, explanation, familyInWords, headline, percent } from "../lib/wording.js";
import { isFlagged } from "../lib/verdict.js";
import { button, make } from "../ui/dom.js";
import { pairingPanel } from "../ui/pairing-panel.js";

/**
 * @typedef {import("../lib/verdict.js").Verdict} Verdict
 * @typedef {import("../lib/trouble.js").Trouble} Trouble
 * @typedef {{check: () => void, paired: () => void, reveal: (index: number, row: HTMLElement) => void,
 *   trouble: (trouble: Trouble) => void, port: number}} Deeds
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
 * @param {Extract<import("../lib/state.js").TabState, {status: "verdict"}>} state
 * @param {Deeds} deeds
 */
function verdictView({ verdict, scope, engine, trouble, extractor }, deeds) {
  const top = card(verdict.verdict, SIGNS[verdict.verdict], headline(verdict, t), explanation(verdict, t));
  const model = [
    t(scope === "page" ? "wordsCounted" : "wordsSelected", verdict.words.toLocaleString("en")),
    engineInWords(engine, verdict.model, t),
  ];
  const source = make("p", { className: "quiet model" }, model.join(" · "));
  const unsure = extractor === "fallback" ? [make("p", { className: "quiet" }, t("articleUnsure"))] : [];
  const last = [source, ...unsure, ...(trouble === null ? [] : [serverOffer(trouble, deeds)])];
  if (!isFlagged(verdict)) return [top, ...last];
  return [top, facts(verdict), findings(verdict, deeds), ...last];
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

/** @param {Verdict} verdict */
function facts(verdict) {
  const share = verdict.spun_share ?? 0;
  const bar = shareBar(share, verdict.verdict);
  const marks = verdict.marks.length > 0 ? fact(t("marksLabel"), verdict.marks.join(", ")) : null;
  const family = verdict.family ? fact(t("familyLabel"), familyInWords(verdict.family, t)) : null;
  return make("section", { className: "facts" }, fact(t("shareLabel"), percent(share)), bar, family, marks);
}

/**
 * @param {number} share
 * @param {string} tone
 */
function shareBar(share, tone) {
  const filled = make("div", { className: tone });
  filled.style.width = percent(share).replace(" ", "");
  const bar = make("div", { className: "bar", role: "meter", ariaLabel: t("shareLabel") }, filled);
  Object.assign(bar, { ariaValueMin: "0", ariaValueMax: "1", ariaValueNow: String(share) });
  return bar;
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return make("div", { className: "fact" }, make("span", {}, name), make("span", {}, value));
}

/**
 * Heaviest first; each row knows its place in the verdict, which is what the page side counts by.
 * @param {Verdict} verdict
 * @param {Deeds} deeds
 */
function findings(verdict, deeds) {
  const heavyFirst = verdict.evidence
    .map((finding, index) => ({ finding, index }))
    .sort((one, other) => other.finding.weight - one.finding.weight);
  const title = make("h3", {}, t("findingsLabel"), make("span", {}, ` ${heavyFirst.length}`));
  if (heavyFirst.length === 0) {
    return make("section", { className: "findings" }, title, make("p", { className: "quiet" }, t("findingsNone")));
  }
  const rows = heavyFirst.map(({ finding, index }) => make("li", {}, findingRow(finding, index, deeds)));
  return make("section", { className: "findings" }, title, make("ul", {}, ...rows));
}

/**
 * @param {import("../lib/verdict.js").Evidence} finding
 * @param {number} index
 * @param {Deeds} deeds
 */
function findingRow(finding, index, deeds) {
  const row = button("", () => deeds.reveal(index, row), "finding");
  const swap = make("span", {}, make("span", { className: "phrase" }, finding.text));
  if (finding.likely_original !== null) {
    swap.append(" → ", make("span", { className: "original" }, finding.likely_original));
  }
  row.append(swap, " ", make("span", { className: "quiet" }, finding.why));
  return row;
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
  return make("div", { className: "actions" }, button(t(key), deeds.check, "primary"));
}
