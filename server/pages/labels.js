/** The labels page's wiring: counts and balance, decisions, the queue, the list with its filters, export. */
import { decideText, dropText, fetchLabels, readLabels, undoLabel } from "./api.js";
import { byId, messageOf, saveFile } from "./elements.js";
import { conflictRow, textRow } from "./label-list.js";
import { refill, startQueue } from "./label-queue.js";

const kind = /** @type {HTMLSelectElement} */ (byId("kind"));
const site = /** @type {HTMLInputElement} */ (byId("site"));
// Fewer of a kind teach more of their subjects than of their wording: training refuses below this.
const FEW = 10;
const LOPSIDED = 4;
/** @type {number | null} */
let next = null;

byId("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  void guarded(showList);
});
kind.addEventListener("change", () => void guarded(showList));
byId("more").addEventListener("click", () => void guarded(more));
byId("export").addEventListener("click", () => void guarded(save));
void guarded(async () => {
  await show();
  await startQueue(say, show);
});

async function show() {
  const [found, conflicts] = await Promise.all([showList(), readLabels({ state: "contradiction" })]);
  showCounts(found);
  byId("conflicts").hidden = conflicts.texts.length === 0;
  byId("conflict-rows").replaceChildren(...conflicts.texts.map((row) => conflictRow(row, decide)));
}

async function showList() {
  const found = await readLabels(filters());
  byId("rows").replaceChildren(...found.texts.map((row) => textRow(row, undo, drop)));
  showEnd(found);
  return found;
}

async function more() {
  if (next === null) return;
  const found = await readLabels({ ...filters(), before: String(next) });
  byId("rows").append(...found.texts.map((row) => textRow(row, undo, drop)));
  showEnd(found);
}

/** @returns {Record<string, string>} */
function filters() {
  const typed = site.value.trim();
  return { ...Object.fromEntries(new URLSearchParams(kind.value)), ...(typed && { site: typed }) };
}

/** @param {import("./types").LabelRows} found */
function showEnd(found) {
  next = found.next;
  byId("more").hidden = next === null;
}

/** @param {import("./types").LabelRows} found */
function showCounts({ counts, keeps_texts: keeps, days }) {
  const { spun, not_spun: honest, doubtful, textless } = counts;
  byId("about").textContent = keeps
    ? `What you say of pages, for “unspun retrain” to learn from. Their texts stay on this machine, for ${days} days.`
    : "Texts are not kept (--no-keep-texts): labels are counted, and nothing can learn from them.";
  byId("counts").textContent =
    `${spun} spun, ${honest} not spun` +
    (doubtful ? `; the model disagrees with ${doubtful}` : "") +
    (textless && keeps ? `; of ${textless} the text was not kept` : "");
  byId("balance").hidden = spun + honest === 0;
  byId("balance-spun").style.flexGrow = String(spun);
  byId("balance-honest").style.flexGrow = String(honest);
  byId("advice").textContent = advice(spun, honest);
}

/**
 * @param {number} spun
 * @param {number} honest
 */
function advice(spun, honest) {
  if (Math.min(spun, honest) < FEW) return `Retraining takes at least ${FEW} of each kind, from several sites.`;
  if (spun > LOPSIDED * honest) return "Few are not spun: label honest pages too, or false alarms may rise.";
  if (honest > LOPSIDED * spun) return "Few are spun: label more of these, or there is little to learn.";
  return "Enough to retrain: unspun retrain";
}

/** @param {number} label */
const undo = (label) =>
  void guarded(async () => {
    await undoLabel(label);
    await changed("Taken back.");
  });

/** @param {number} text */
const drop = (text) =>
  void guarded(async () => {
    await dropText(text);
    await changed("Deleted, with what was said of it.");
  });

/**
 * @param {number} text
 * @param {"spun" | "not-spun"} label
 */
const decide = (text, label) =>
  void guarded(async () => {
    await decideText(text, label);
    await changed("Decided.");
  });

/** @param {string} words */
async function changed(words) {
  await Promise.all([show(), refill()]);
  say(words);
}

async function save() {
  const file = await fetchLabels();
  saveFile(file);
  say(`Saved as ${file.name}. It holds texts and addresses of pages you read.`);
}

/** @param {() => Promise<unknown>} act */
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
