/** The page that compares two texts: the form, the answer, and both texts side by side with what was changed. */
import { compare, fetchComparison } from "./api.js";
import { byId, element, messageOf, saveFile } from "./elements.js";

const ADDRESS = /^https?:\/\/\S+$/i;
const ANSWERS = ["copy", "spun-copy", "same-topic", "unrelated"];
/** @type {Record<import("./types").Change["kind"], string>} */
const KINDS = {
  swap: "swapped",
  name: "name altered",
  number: "number altered",
  reworded: "reworded",
  left_out: "only in the first",
  put_in: "only in the second",
};

const button = /** @type {HTMLButtonElement} */ (byId("compare"));
/** What was compared last. @type {Parameters<typeof compare> | null} */
let compared = null;

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
byId("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask();
});

byId("save-report").addEventListener("click", () => void save());

async function ask() {
  const [a, b] = [valueOf("a"), valueOf("b")];
  if (!a.trim() || !b.trim()) return say("Give two texts or addresses first.", true);
  say("Comparing…");
  button.disabled = true;
  try {
    compared = [sideOf(a), sideOf(b)];
    show(await compare(...compared));
    say("");
  } catch (error) {
    for (const id of ["result", "swaps", "both"]) byId(id).hidden = true;
    say(messageOf(error), true);
  } finally {
    button.disabled = false;
  }
}

async function save() {
  if (compared === null) return;
  try {
    const file = await fetchComparison(...compared);
    saveFile(file);
    say(`Saved as ${file.name}`);
  } catch (error) {
    say(messageOf(error), true);
  }
}

/** @param {string} id */
const valueOf = (id) => /** @type {HTMLTextAreaElement} */ (byId(id)).value;

/** @param {string} value */
const sideOf = (value) => (ADDRESS.test(value.trim()) ? { url: value.trim() } : { text: value });

/** @param {string} words */
function say(words, isBad = false) {
  byId("status").textContent = words;
  byId("status").classList.toggle("bad", isBad);
}

/** @param {import("./types").Compared} compared */
function show({ a, b, comparison, summary }) {
  const card = byId("result");
  card.classList.remove(...ANSWERS);
  card.classList.add(comparison.answer.replace(" ", "-"));
  byId("headline").textContent = summary.headline;
  byId("explanation").textContent = summary.explanation;
  byId("likely").textContent = summary.likely ?? "";
  byId("facts").replaceChildren(...Object.entries(summary.facts).map(fact));
  showSwaps(summary.swaps);
  byId("title-a").textContent = a.title ? `a: ${a.title}` : "a";
  byId("title-b").textContent = b.title ? `b: ${b.title}` : "b";
  byId("rows").replaceChildren(...comparison.rows.map(rowOf));
  card.hidden = byId("both").hidden = false;
  card.focus();
  card.scrollIntoView({ block: "start" });
}

/** @param {[string, string]} entry */
const fact = ([name, value]) =>
  element("div", {}, [element("dt", { textContent: name }), element("dd", { textContent: value })]);

/** @param {import("./types").SwapCount[]} swaps */
function showSwaps(swaps) {
  byId("swaps").hidden = swaps.length === 0;
  byId("swap-list").replaceChildren(
    ...swaps.map(({ a, b, times }) =>
      element("li", {}, [`${a} → `, element("b", { textContent: b }), times > 1 ? ` ×${times}` : ""]),
    ),
  );
}

/** @param {import("./types").ComparedRow} row */
function rowOf(row) {
  return element("tr", {}, [cellOf(row, "a"), cellOf(row, "b")]);
}

/**
 * @param {import("./types").ComparedRow} row
 * @param {"a" | "b"} side
 */
function cellOf(row, side) {
  const passage = row[side];
  if (passage === null) return element("td", { className: "missing", textContent: "not here" });
  const isAlone = row.a === null || row.b === null;
  return element("td", { className: isAlone ? "alone" : "" }, marked(passage, row.changes, side));
}

/**
 * @param {import("./types").Passage} passage
 * @param {import("./types").Change[]} changes
 * @param {"a" | "b"} side
 */
function marked({ start, text }, changes, side) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let done = 0;
  for (const change of changes) {
    const { start: from, end: to } = change[side];
    if (from === to) continue;
    parts.push(text.slice(done, from - start), markOf(change, side));
    done = to - start;
  }
  return [...parts, text.slice(done)];
}

/**
 * @param {import("./types").Change} change
 * @param {"a" | "b"} side
 */
function markOf(change, side) {
  const there = change[side === "a" ? "b" : "a"].text;
  const title = there ? `${KINDS[change.kind]}; the other text has: ${there}` : KINDS[change.kind];
  const className = change.quoted ? `${change.kind} quoted` : change.kind;
  return element("mark", { className, title, textContent: change[side].text });
}
