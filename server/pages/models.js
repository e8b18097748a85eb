/** The models page's wiring: what there is, what was measured of it, promoting and rolling back. */
import { promoteModel, readModels, rollBack } from "./api.js";
import { byId, element, messageOf } from "./elements.js";

const question = /** @type {HTMLDialogElement} */ (byId("question"));
/** @type {string | null} */
let previous = null;

byId("back").addEventListener("click", () => void guarded(goBack));
void guarded(show);

async function show() {
  const found = await readModels();
  previous = found.previous;
  byId("back").hidden = previous === null;
  byId("back").textContent = `Roll back to ${previous}`;
  byId("models").replaceChildren(...found.models.map(card));
}

/** @param {import("./types").ModelRow} model */
function card(model) {
  const tags = model.active ? [tag("active", "tag")] : model.previous ? [tag("the one before", "tag before")] : [];
  const from = model.parents.length ? ` · retrained from ${model.parents.join(", ")}` : "";
  const made = model.created ? `Made ${model.created}${from}` : "";
  return element("section", { className: model.active ? "card is-active" : "card" }, [
    element("h2", {}, [model.id, ...tags]),
    element("p", { className: "quiet", textContent: made }),
    ...(model.problem ? [element("p", { className: "problem", textContent: model.problem })] : []),
    ...refusal(model.gate),
    element("dl", {}, Object.entries(model.facts).map(fact)),
    ...papers(model),
    ...figures(model),
    ...(model.active || model.problem ? [] : [element("div", { className: "row" }, [promoteButton(model)])]),
  ]);
}

/**
 * @param {string} textContent
 * @param {string} className
 */
const tag = (textContent, className) => element("span", { textContent, className });

/** @param {[string, string]} named */
const fact = ([name, value]) =>
  element("div", {}, [element("dt", { textContent: name }), element("dd", { textContent: value })]);

/** @param {string[]} reasons */
function refusal(reasons) {
  if (reasons.length === 0) return [];
  const lines = reasons.map((textContent) => element("li", { textContent }));
  const title = element("p", { className: "problem", textContent: "The gate did not let it become active:" });
  return [title, element("ul", { className: "reasons" }, lines)];
}

/** @param {import("./types").ModelRow} model */
function papers({ id, papers: names }) {
  if (names.length === 0) return [];
  const links = names.flatMap((name) => [
    element("a", { href: place(id, "papers", name), target: "_blank", textContent: name }),
    " ",
  ]);
  return [element("p", {}, links)];
}

/** @param {import("./types").ModelRow} model */
function figures({ id, active, figures: names }) {
  if (names.length === 0) return [];
  const images = names.map((name) => {
    const alt = name.replace(/\.png$/, "").replaceAll("-", " ");
    return element("img", { src: place(id, "figures", name), alt, loading: "lazy" });
  });
  const summary = element("summary", { textContent: `Figures (${names.length})` });
  return [element("details", { open: active }, [summary, ...images])];
}

/**
 * @param {string} id
 * @param {"figures" | "papers"} kind
 * @param {string} name
 */
const place = (id, kind, name) => `/dashboard/models/${encodeURIComponent(id)}/${kind}/${encodeURIComponent(name)}`;

/** @param {import("./types").ModelRow} model */
function promoteButton({ id, gate }) {
  const button = element("button", { type: "button", className: "plain", textContent: "Use this model" });
  button.setAttribute("aria-label", `Use model ${id}`);
  button.addEventListener("click", () => void guarded(() => promote(id, gate.length > 0)));
  return button;
}

/**
 * @param {string} id
 * @param {boolean} isRefused
 */
async function promote(id, isRefused) {
  const warning = isRefused ? " Its gate found it worse than the model before." : "";
  if (!(await isSure(`Use ${id} for every page from now on?${warning} You can roll back.`))) return;
  const { active } = await promoteModel(id);
  await show();
  say(`${active} is active.`);
}

async function goBack() {
  if (previous === null || !(await isSure(`Go back to ${previous}?`))) return;
  const { active } = await rollBack();
  await show();
  say(`${active} is active again.`);
}

/** @param {string} words */
async function isSure(words) {
  byId("question-words").textContent = words;
  question.returnValue = "no";
  question.showModal();
  await new Promise((resolve) => question.addEventListener("close", resolve, { once: true }));
  return question.returnValue === "yes";
}

/** @param {() => Promise<void>} act */
async function guarded(act) {
  try {
    await act();
  } catch (error) {
    say(messageOf(error), true);
  }
}

/** @param {string} words */
function say(words, isBad = false) {
  byId("status").textContent = words;
  byId("status").classList.toggle("bad", isBad);
}
