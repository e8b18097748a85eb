/** Saying what a text is: two buttons, then what was said, where it is, and the way back. */

import { labelOf } from "../background/label-book.js";
import { translate as t } from "../lib/translate.js";
import { troubleInWords } from "../lib/wording.js";
import { button, make } from "../ui/dom.js";

/**
 * @typedef {import("../background/label-book.js").Book} Book
 * @typedef {import("./deeds.js").PageDeeds} PageDeeds
 */

/**
 * @param {Book} book
 * @param {string} hash of the text
 * @param {PageDeeds} deeds
 */
export function labelPanel(book, hash, deeds) {
  const said = labelOf(book, hash);
  const note = make("p", { className: "quiet" }, [said ? whereIs(said) : "", countOf(book)].join(" ").trim());
  note.setAttribute("role", "status");
  const row = make("div", { className: "row" });
  if (said) {
    const words = t(said.label === "spun" ? "labelledSpun" : "labelledNotSpun");
    row.append(make("strong", {}, words), button(t("labelUndo"), () => void deeds.undoLabel(said.id), "small"));
  } else {
    row.append(make("span", {}, t("labelQuestion")), giving("spun", note, deeds), giving("not-spun", note, deeds));
  }
  const section = make("section", { className: "labels" }, row, note);
  section.dataset["hash"] = hash;
  return section;
}

/**
 * @param {import("../background/label-book.js").LabelName} label
 * @param {HTMLElement} note
 * @param {PageDeeds} deeds
 */
function giving(label, note, deeds) {
  const give = async () => {
    const outcome = await deeds.label(label);
    if (!outcome.ok) note.textContent = troubleInWords(outcome.trouble, t);
  };
  return button(t(label === "spun" ? "labelSpun" : "labelNotSpun"), () => void give(), "small");
}

/** @param {import("../background/label-book.js").LabelRow} row */
function whereIs({ refused, serverId }) {
  if (refused !== null) return t("labelRefused", refused);
  return t(serverId === null ? "labelWaiting" : "labelDelivered");
}

/** @param {Book} book */
function countOf({ count }) {
  if (count === 0) return "";
  return count === 1 ? t("labelCountOne") : t("labelCount", count.toLocaleString("en"));
}
