/** The queue: one text at a time, answered by keys or buttons, the last answers undone one by one. */
import { addLabel, check, readQueue, readText, skipLabel, undoLabel } from "./api.js";
import { byId, element, messageOf } from "./elements.js";
import { markText } from "./highlight.js";

/** @typedef {import("./types").Candidate} Candidate */
/** @typedef {"spun" | "not-spun"} Answer */

const KEYS = /** @type {Record<string, string>} */ ({ s: "spun", n: "not-spun", k: "skip", u: "undo", r: "read" });
/** @type {Candidate[]} */
let waiting = [];
/** What was answered on this page, the last one last. @type {{id: number, candidate: Candidate}[]} */
const answered = [];
/** The text on the screen, once it is known. @type {{text: string, title: string | null} | null} */
let shown = null;
let isBusy = false;
/** @type {(words: string, isBad?: boolean) => void} */
let say = () => {};
/** @type {() => Promise<void>} */
let changed = async () => {};

/**
 * Takes up the buttons and keys, and shows the first text.
 * @param {typeof say} sayTo where messages go
 * @param {typeof changed} onChange called when labels changed
 */
export async function startQueue(sayTo, onChange) {
  say = sayTo;
  changed = onChange;
  for (const id of Object.values(KEYS)) byId(id).addEventListener("click", () => void act(id));
  document.addEventListener("keydown", (event) => {
    const id = KEYS[event.key.toLowerCase()];
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (!id || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    event.preventDefault();
    void act(id);
  });
  await refill();
}

/** Asks the server again what to label next. */
export async function refill() {
  const queue = await readQueue();
  waiting = queue.candidates;
  byId("undo").toggleAttribute("disabled", answered.length === 0);
  await showNext();
}

/** @param {string} id of the button that was pressed, or whose key was */
async function act(id) {
  const button = byId(id);
  if (isBusy || button.hidden || button.hasAttribute("disabled")) return;
  isBusy = true;
  try {
    if (id === "undo") await undo();
    else if (waiting[0] === undefined) return;
    else if (id === "skip") await skip(waiting[0]);
    else if (id === "read") await read(waiting[0]);
    else if (id === "spun" || id === "not-spun") await answer(waiting[0], id);
  } catch (error) {
    say(messageOf(error), true);
  } finally {
    isBusy = false;
  }
}

/**
 * @param {Candidate} candidate
 * @param {Answer} label
 */
async function answer(candidate, label) {
  if (shown === null) return;
  const { url } = candidate;
  const done = await addLabel({ ...shown, title: candidate.title ?? shown.title, url, label });
  if (done.id !== null) answered.push({ id: done.id, candidate });
  waiting.shift();
  say(inWords(done, label));
  await Promise.all([changed(), waiting.length ? showNext() : refill()]);
}

/**
 * @param {import("./types").Labelled} done
 * @param {Answer} label
 */
function inWords(done, label) {
  if (done.contradiction) return "This text was labelled otherwise before: decide above.";
  const words = `Labelled ${label === "spun" ? "spun" : "not spun"}.`;
  return done.learnable ? words : `${words} Nothing can learn from it: its text is not kept, or cannot be judged.`;
}

async function undo() {
  const last = answered.pop();
  if (last === undefined) return;
  await undoLabel(last.id);
  waiting.unshift(last.candidate);
  say("Taken back.");
  await Promise.all([changed(), showNext()]);
}

/** @param {Candidate} candidate */
async function skip({ text, url }) {
  await skipLabel({ text, url });
  const [first, ...rest] = waiting;
  waiting = first ? [...rest, first] : [];
  say("");
  await showNext();
}

/** @param {Candidate} candidate */
async function read({ url }) {
  if (url === null) return;
  say("Fetching the page…");
  showText(await check({ url }));
  say("");
}

async function showNext() {
  const next = waiting[0];
  shown = null;
  byId("undo").toggleAttribute("disabled", answered.length === 0);
  byId("candidate").hidden = next === undefined && answered.length === 0;
  byId("queue-empty").hidden = next !== undefined;
  byId("queue-left").textContent = next ? `${waiting.length} ${waiting.length === 1 ? "waits" : "wait"}` : "";
  for (const id of ["spun", "not-spun", "skip", "read"]) byId(id).hidden = next === undefined;
  byId("candidate-name").replaceChildren(...(next ? [nameOf(next)] : []));
  byId("candidate-facts").textContent = next ? factsOf(next) : "";
  byId("candidate-text").hidden = true;
  showAnswers(false);
  byId("read").hidden = next?.text !== null;
  if (next && next.text !== null) showText(await readText(next.text));
}

/** Before its text is on the screen, a page cannot be labelled. @param {boolean} hasText */
function showAnswers(hasText) {
  byId("spun").toggleAttribute("disabled", !hasText);
  byId("not-spun").toggleAttribute("disabled", !hasText);
}

/** @param {import("./types").Checked} checked */
function showText({ text, title, verdict }) {
  shown = { text, title };
  markText(byId("candidate-text"), text, verdict.evidence);
  byId("candidate-text").hidden = false;
  byId("candidate-text").scrollTop = 0;
  byId("read").hidden = true;
  showAnswers(true);
}

/** @param {Candidate} candidate */
function nameOf({ title, url, beginning }) {
  const textContent = title ?? url ?? `${beginning}…`;
  if (url === null) return element("span", { textContent });
  return element("a", { href: url, target: "_blank", rel: "noreferrer noopener", textContent });
}

/** @param {Candidate} candidate */
function factsOf({ site, words, verdict, family, reasons }) {
  const known = family && family !== "unknown" ? [`family ${family}`] : [];
  const judged = [...(site ? [site] : []), `${words.toLocaleString("en")} words`, `judged ${verdict}`, ...known];
  return `${judged.join(" · ")}${reasons.length ? `. Why this one: ${reasons.join("; ")}.` : "."}`;
}
