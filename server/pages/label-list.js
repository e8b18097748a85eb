/** Rows of labelled texts: what each counts as, who said what, taking it back, deciding. */
import { element } from "./elements.js";

/** @typedef {import("./types").LabelledText} LabelledText */
/** @typedef {"spun" | "not-spun"} Answer */

/**
 * @param {LabelledText} row
 * @param {(label: number) => void} undo
 * @param {(text: number) => void} drop
 */
export function textRow(row, undo, drop) {
  const kind = row.counts_as ?? (row.labels.length ? "conflict" : "waiting");
  const words = { spun: "spun", "not-spun": "not spun", conflict: "to decide", waiting: "waiting" }[kind];
  const remove = button("Delete", () => drop(row.id), "");
  remove.setAttribute("aria-label", `Delete ${nameOf(row)} with its labels`);
  return element("li", { className: kind }, [
    link(row),
    element("p", { className: "quiet" }, [
      element("span", { className: "label", textContent: words }),
      `${row.decided ? " (decided)" : ""} · ${facts(row)} · `,
      remove,
    ]),
    ...row.labels.map((said) => saidLine(said, undo)),
  ]);
}

/**
 * A text whose labels contradict each other, with the two answers.
 * @param {LabelledText} row
 * @param {(text: number, label: Answer) => void} decide
 */
export function conflictRow(row, decide) {
  return element("li", { className: "conflict" }, [
    link(row),
    element("p", { className: "quiet", textContent: facts(row) }),
    ...row.labels.map((said) => element("p", { className: "quiet", textContent: saidWords(said) })),
    element("div", { className: "row" }, [
      button("It is spun", () => decide(row.id, "spun"), "answer-spun"),
      button("It is not", () => decide(row.id, "not-spun"), "answer-honest"),
    ]),
  ]);
}

/**
 * @param {import("./types").Said} said
 * @param {(label: number) => void} undo
 */
function saidLine(said, undo) {
  const back = button("Undo", () => undo(said.id), "");
  back.setAttribute("aria-label", `Undo label ${said.id}`);
  return element("p", { className: "quiet", title: `by model ${said.model}` }, [`${saidWords(said)} · `, back]);
}

/** @param {import("./types").Said} said */
function saidWords({ id, label, who, time, score }) {
  const when = new Date(time * 1000).toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" });
  const judged = score === null ? "" : `, score ${score.toFixed(1)} then`;
  return `label ${id}: ${label === "spun" ? "spun" : "not spun"} · ${who} · ${when}${judged}`;
}

/** @param {LabelledText} row */
function link(row) {
  const textContent = nameOf(row);
  if (row.url === null) return element("span", { className: "name", textContent });
  return element("a", { className: "name", href: row.url, target: "_blank", rel: "noreferrer noopener", textContent });
}

/** @param {LabelledText} row */
const nameOf = ({ title, url, beginning }) => title ?? url ?? (beginning ? `${beginning}…` : "(text not kept)");

/** @param {LabelledText} row */
function facts({ site, words, verdict, has_text }) {
  const known = [...(site ? [site] : []), `${words.toLocaleString("en")} words`, `judged ${verdict}`];
  return [...known, ...(has_text ? [] : ["text not kept"])].join(" · ");
}

/**
 * @param {string} textContent
 * @param {() => void} act
 * @param {string} className
 */
function button(textContent, act, className) {
  const made = element("button", { type: "button", textContent, className });
  made.addEventListener("click", act);
  return made;
}
