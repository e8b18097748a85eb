/** Compare with another page: which one, and the answer summed up. */

import { translate as t } from "../lib/translate.js";
import { troubleInWords } from "../lib/wording.js";
import { button, make } from "../ui/dom.js";

/**
 * @typedef {import("./deeds.js").PageDeeds} PageDeeds
 * @typedef {import("./deeds.js").Candidate} Candidate
 */

/**
 * @param {import("../lib/verdict.js").Near[]} near
 * @param {PageDeeds} deeds
 */
export async function comparePanel(near, deeds) {
  const panel = make("div", { className: "panel" });
  const open = await deeds.candidates();
  const closed = near.filter(({ url }) => !open.some((candidate) => candidate.url === url));
  const seen = closed.map(({ url, title }) => ({ title: title ?? url, url, other: { url } }));
  const candidates = [...seen, ...open];
  if (candidates.length === 0) panel.append(make("p", { className: "quiet" }, t("compareNone")));
  else showChoice(panel, candidates, deeds);
  return panel;
}

/**
 * @param {HTMLElement} panel
 * @param {Candidate[]} candidates
 * @param {PageDeeds} deeds
 */
function showChoice(panel, candidates, deeds) {
  const rows = candidates.map((candidate) => {
    const choose = button("", () => void compare(panel, candidates, candidate, deeds), "candidate");
    const host = make("span", { className: "quiet" }, new URL(candidate.url).hostname);
    choose.append(make("span", {}, candidate.title), host);
    return make("li", {}, choose);
  });
  panel.replaceChildren(make("h3", {}, t("compareTitle")), make("ul", {}, ...rows));
}

/**
 * @param {HTMLElement} panel
 * @param {Candidate[]} candidates
 * @param {Candidate} chosen
 * @param {PageDeeds} deeds
 */
async function compare(panel, candidates, chosen, deeds) {
  panel.replaceChildren(said(t("compareWorking")));
  const answer = await deeds.compare(chosen.other);
  const again = button(t("compareOther"), () => showChoice(panel, candidates, deeds), "small");
  if (!answer.ok) return panel.replaceChildren(said(troubleInWords(answer.trouble, t)), again);
  const { headline, explanation, likely, facts } = answer.value.summary;
  const rows = Object.entries(facts).map(([name, value]) =>
    make("div", { className: "fact" }, make("span", {}, name), make("span", {}, value)),
  );
  const open = button(t("compareOpen"), () => void deeds.openComparison(chosen.other), "small primary");
  panel.replaceChildren(
    make("h3", {}, `${t("compareTitle")} ${chosen.title}`),
    said(headline, "headline"),
    make("p", {}, explanation),
    likely === null ? "" : make("p", {}, likely),
    make("div", { className: "facts" }, ...rows),
    make("div", { className: "row" }, open, again),
  );
  open.focus();
}

/**
 * @param {string} words
 * @param {string} [className]
 */
function said(words, className = "quiet") {
  const line = make("p", { className }, words);
  line.setAttribute("role", "status");
  return line;
}
