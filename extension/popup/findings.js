/** The findings as text, heaviest first; the way from one to the next in the page, and how many are marked there. */

import { settingOf } from "../lib/settings.js";
import { translate as t } from "../lib/translate.js";
import { button, make } from "../ui/dom.js";

/**
 * @typedef {import("./deeds.js").PageDeeds} PageDeeds
 * @typedef {import("../lib/verdict.js").Evidence} Evidence
 */

/**
 * Each row knows its place in the verdict, which is what the page side counts by.
 * @param {Evidence[]} evidence
 * @param {PageDeeds} deeds
 */
export function findings(evidence, deeds) {
  const title = make("h3", {}, t("findingsLabel"), make("span", {}, ` ${evidence.length}`));
  if (evidence.length === 0) {
    return make("section", { className: "findings" }, title, make("p", { className: "quiet" }, t("findingsNone")));
  }
  const heavyFirst = evidence
    .map((finding, index) => ({ finding, index }))
    .sort((one, other) => other.finding.weight - one.finding.weight);
  const rows = heavyFirst.map(({ finding, index }) => make("li", {}, findingRow(finding, index, deeds)));
  const head = make("div", { className: "row" }, title, stepper("findingPrevious", "↑", -1, deeds));
  head.append(stepper("findingNext", "↓", 1, deeds));
  const keys = make("p", { className: "quiet" }, t("findingKeys"));
  return make("section", { className: "findings" }, head, make("ul", {}, ...rows), keys, strengthSlider(deeds));
}

/**
 * @param {Evidence} finding
 * @param {number} index
 * @param {PageDeeds} deeds
 */
function findingRow(finding, index, deeds) {
  const row = button("", () => void reveal(), "finding");
  const reveal = async () => {
    if (!(await deeds.reveal(index))) row.title = t("findingGone");
  };
  const swap = make("span", {}, make("span", { className: "phrase" }, finding.text));
  if (finding.likely_original !== null) {
    swap.append(" → ", make("span", { className: "original" }, finding.likely_original));
  }
  row.append(swap, " ", make("span", { className: "quiet" }, finding.why));
  return row;
}

/**
 * @param {string} label
 * @param {string} sign
 * @param {1 | -1} by
 * @param {PageDeeds} deeds
 */
function stepper(label, sign, by, deeds) {
  const made = button(sign, () => void deeds.step(by), "small");
  made.ariaLabel = made.title = t(label);
  return made;
}

/**
 * From only the strongest marks to all of them.
 * @param {PageDeeds} deeds
 */
function strengthSlider(deeds) {
  const choices = settingOf("strength").choices ?? [];
  const slider = make("input", { type: "range", id: "strength", min: "0", max: String(choices.length - 1), step: "1" });
  const words = make("output", { className: "quiet" });
  const choiceAt = () => choices[slider.valueAsNumber];
  const tell = () => {
    words.textContent = t(choiceAt()?.label ?? "strengthAll");
    slider.ariaValueText = words.textContent;
  };
  slider.addEventListener("input", () => {
    tell();
    void deeds.setStrength(choiceAt()?.value ?? "all");
  });
  void deeds.strength().then((now) => {
    slider.value = String(choices.findIndex(({ value }) => value === now));
    tell();
  });
  return make("div", { className: "row" }, make("label", { htmlFor: "strength" }, t("strengthLabel")), slider, words);
}
