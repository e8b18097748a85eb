/** The buttons for what can be done with a judged page, and one line on what came of it. */

import { isFlagged } from "../lib/verdict.js";
import { translate as t } from "../lib/translate.js";
import { troubleInWords } from "../lib/wording.js";
import { button, make } from "../ui/dom.js";
import { comparePanel } from "./compare-panel.js";

/**
 * @param {import("../lib/verdict.js").Verdict} verdict
 * @param {boolean} hasServer
 * @param {import("./deeds.js").PageDeeds} deeds
 */
export function actions(verdict, hasServer, deeds) {
  if (!hasServer) return make("p", { className: "quiet" }, t("needsServer"));
  const note = make("p", { className: "quiet said" });
  note.setAttribute("role", "status");
  const panel = make("div", { className: "compare" });
  const find = button(t("buttonOriginal"), () => void run(find, note, () => findOriginal(deeds)));
  find.title = t("originalHelp");
  const save = button(t("buttonReport"), () => void run(save, note, () => saveReport(deeds)));
  const compare = button(t("buttonCompare"), () => void toggle(compare, panel, verdict, deeds));
  compare.ariaExpanded = "false";
  const row = make("div", { className: "row" }, ...(isFlagged(verdict) ? [find] : []), save, compare);
  return make("section", { className: "deeds" }, row, note, panel);
}

/**
 * One deed at a time for each button, with its outcome in words.
 * @param {HTMLButtonElement} pressed
 * @param {HTMLElement} note
 * @param {() => Promise<string>} deed
 */
async function run(pressed, note, deed) {
  pressed.disabled = true;
  note.textContent = await deed();
  pressed.disabled = false;
  pressed.focus();
}

/** @param {import("./deeds.js").PageDeeds} deeds */
async function findOriginal(deeds) {
  const answer = await deeds.findOriginal();
  if (!answer.ok) return troubleInWords(answer.trouble, t);
  return answer.value.address === "" ? t("originalNothing") : "";
}

/** @param {import("./deeds.js").PageDeeds} deeds */
async function saveReport(deeds) {
  const answer = await deeds.saveReport();
  return answer.ok ? t("reportSaved", answer.value.name) : troubleInWords(answer.trouble, t);
}

/**
 * @param {HTMLButtonElement} pressed
 * @param {HTMLElement} panel
 * @param {import("../lib/verdict.js").Verdict} verdict
 * @param {import("./deeds.js").PageDeeds} deeds
 */
async function toggle(pressed, panel, verdict, deeds) {
  const isOpen = panel.childElementCount > 0;
  pressed.ariaExpanded = String(!isOpen);
  if (isOpen) return panel.replaceChildren();
  panel.replaceChildren(await comparePanel(verdict.near ?? [], deeds));
}
