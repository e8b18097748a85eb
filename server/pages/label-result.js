/** Saying what a checked text is, beside its verdict. The text is kept on this machine only when that is said. */
import { addLabel, undoLabel } from "./api.js";
import { byId, messageOf } from "./elements.js";

const ANSWERS = /** @type {const} */ ({ "label-spun": "spun", "label-not-spun": "not-spun", "label-later": null });
/** @type {{text: string, title: string | null, url: string | null} | null} */
let shown = null;
/** @type {number | null} */
let given = null;

for (const [id, label] of Object.entries(ANSWERS)) {
  byId(id).addEventListener("click", () => void guarded(() => give(label)));
}
byId("label-undo").addEventListener("click", () => void guarded(takeBack));

/**
 * Says which text the buttons are about.
 * @param {import("./types").Checked} checked
 * @param {string | null} url
 */
export function offerLabelling({ text, title }, url) {
  shown = { text, title, url };
  showGiven(null, "");
}

/** @param {"spun" | "not-spun" | null} label */
async function give(label) {
  if (shown === null) return;
  const done = await addLabel({ ...shown, label });
  if (done.contradiction) return showGiven(done.id, "It was labelled otherwise before: decide on the Labels page.");
  if (label === null) return showGiven(null, "Kept on this machine; it waits on the Labels page.");
  const kept = done.learnable ? "the text is kept on this machine" : "nothing can learn from it";
  showGiven(done.id, `Labelled; ${kept}.`);
}

async function takeBack() {
  if (given === null) return;
  await undoLabel(given);
  showGiven(null, "Taken back.");
}

/**
 * @param {number | null} id of the label that can be taken back
 * @param {string} words
 */
function showGiven(id, words, isBad = false) {
  given = id;
  for (const button of Object.keys(ANSWERS)) byId(button).hidden = id !== null;
  byId("label-undo").hidden = id === null;
  byId("label-status").textContent = words;
  byId("label-status").classList.toggle("bad", isBad);
}

/** @param {() => Promise<void>} act */
async function guarded(act) {
  try {
    await act();
  } catch (error) {
    showGiven(given, messageOf(error), true);
  }
}
