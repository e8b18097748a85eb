/** What one can do with a verdict: keep it as a report, and look for the original. */
import { fetchReport, findOriginal } from "./api.js";
import { byId, element, messageOf, saveFile } from "./elements.js";

const reportButton = /** @type {HTMLButtonElement} */ (byId("save-report"));
const originalButton = /** @type {HTMLButtonElement} */ (byId("find-original"));
/** @type {import("./types").Page | null} */
let shown = null;

reportButton.addEventListener("click", () => void busy(reportButton, saveReport));
originalButton.addEventListener("click", () => void busy(originalButton, showSearch));

/**
 * Says which page the buttons are about.
 * @param {import("./types").Checked} checked
 * @param {string | null} url
 */
export function offerKeeping({ text, title, verdict }, url) {
  shown = { text, title, url, extractor: verdict.extractor };
  originalButton.hidden = verdict.verdict !== "spun" && verdict.verdict !== "suspicious";
  byId("search").replaceChildren();
  sayBeside("");
}

/** @param {import("./types").Page} page */
async function saveReport(page) {
  const file = await fetchReport(page);
  saveFile(file);
  sayBeside(`Saved as ${file.name}`);
}

/** @param {import("./types").Page} page */
async function showSearch(page) {
  const { query, address } = await findOriginal(page);
  if (page !== shown) return;
  if (!query) return sayBeside("No names or figures stand out in this text.", true);
  const textContent = `Search at ${new URL(address).host.replace(/^www\./, "")}`;
  const link = element("a", { href: address, target: "_blank", rel: "noreferrer noopener", textContent });
  const words = element("b", { textContent: query });
  const promise = element("span", { className: "quiet", textContent: " Nothing is sent until you open this link." });
  byId("search").replaceChildren(
    element("p", {}, ["Names, figures and words that the original should share: ", words]),
    element("p", {}, [link, promise]),
  );
  sayBeside("");
}

/**
 * @param {HTMLButtonElement} button
 * @param {(page: import("./types").Page) => Promise<void>} act
 */
async function busy(button, act) {
  if (shown === null) return;
  button.disabled = true;
  try {
    await act(shown);
  } catch (error) {
    sayBeside(messageOf(error), true);
  } finally {
    button.disabled = false;
  }
}

/** @param {string} words */
function sayBeside(words, isBad = false) {
  byId("kept").textContent = words;
  byId("kept").classList.toggle("bad", isBad);
}
