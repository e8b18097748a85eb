/** A verdict in the popup: what it is, how sure, how much of the text, which kind, what can be done. */

import { isFlagged } from "../lib/verdict.js";
import { translate as t } from "../lib/translate.js";
import { engineInWords, familyInWords, pairsInWords, percent } from "../lib/wording.js";
import { make } from "../ui/dom.js";
import { actions } from "./actions.js";
import { findings } from "./findings.js";
import { labelPanel } from "./label-panel.js";
import { nearView } from "./near-view.js";

/**
 * @typedef {import("../lib/verdict.js").Verdict} Verdict
 * @typedef {Extract<import("../lib/state.js").TabState, {status: "verdict"}>} VerdictState
 */

/**
 * All that stands below the verdict's headline.
 * @param {VerdictState} state
 * @param {import("../background/label-book.js").Book} book
 * @param {import("./deeds.js").PageDeeds} deeds
 * @returns {HTMLElement[]}
 */
export function verdictDetails({ verdict, scope, engine, extractor, hash }, book, deeds) {
  const near = verdict.near ?? [];
  const counted = t(scope === "page" ? "wordsCounted" : "wordsSelected", verdict.words.toLocaleString("en"));
  const source = `${counted} · ${engineInWords(engine, verdict.model, t)}`;
  return [
    ...(isFlagged(verdict) ? [facts(verdict)] : []),
    actions(verdict, engine === "server", deeds),
    labelPanel(book, hash, deeds),
    ...(near.length > 0 ? [nearView(near)] : []),
    ...(isFlagged(verdict) ? [findings(verdict.evidence, deeds)] : []),
    make("p", { className: "quiet model" }, source),
    ...(extractor === "fallback" ? [make("p", { className: "quiet" }, t("articleUnsure"))] : []),
  ];
}

/** @param {Verdict} verdict */
function facts({ verdict, spun_share, marks, family }) {
  const share = spun_share ?? 0;
  const pairs = family?.pairs ?? [];
  return make(
    "section",
    { className: "facts" },
    fact(t("shareLabel"), percent(share)),
    shareBar(share, verdict),
    family && fact(t("familyLabel"), familyInWords(family, t)),
    pairs.length > 0 ? make("p", { className: "quiet" }, pairsInWords(pairs, t)) : null,
    marks.length > 0 ? fact(t("marksLabel"), marks.join(", ")) : null,
  );
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
  bar.ariaValueText = percent(share);
  return bar;
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return make("div", { className: "fact" }, make("span", {}, name), make("span", {}, value));
}
