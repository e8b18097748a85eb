/** The history page's wiring: the filters, the rows, and forgetting them after a question. */
import { forget, readHistory } from "./api.js";
import { byId, element, messageOf } from "./elements.js";

const verdict = /** @type {HTMLSelectElement} */ (byId("verdict"));
const site = /** @type {HTMLInputElement} */ (byId("site"));
const question = /** @type {HTMLDialogElement} */ (byId("question"));
const SWITCHED_OFF = "The history is switched off. Start the server without --no-history to keep one.";
/** @type {number | null} */
let next = null;
let total = 0;

byId("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  void show();
});
verdict.addEventListener("change", () => void show());
byId("more").addEventListener("click", () => void more());
byId("forget-site").addEventListener("click", () => void askAndForget(chosenSite()));
byId("forget-all").addEventListener("click", () => void askAndForget(""));
void show();

/** What was typed; the server knows which site an address belongs to. */
function chosenSite() {
  return site.value.trim();
}

/** @param {string} [done] what to say when the rows are there */
async function show(done) {
  try {
    const found = await readHistory(filters());
    total = found.total;
    byId("pages").replaceChildren(...found.pages.map(row));
    byId("forget-site").hidden = !chosenSite() || total === 0;
    byId("forget-all").hidden = !found.on || chosenSite() !== "" || (total === 0 && !verdict.value);
    if (found.on) byId("about").textContent = about(found.days);
    showEnd(found);
    say(done ?? (found.on ? countInWords() : SWITCHED_OFF));
  } catch (error) {
    say(messageOf(error), true);
  }
}

async function more() {
  if (next === null) return;
  try {
    const found = await readHistory({ ...filters(), before: String(next) });
    byId("pages").append(...found.pages.map(row));
    showEnd(found);
  } catch (error) {
    say(messageOf(error), true);
  }
}

/** @returns {Record<string, string>} */
function filters() {
  return { ...(verdict.value && { verdict: verdict.value }), ...(chosenSite() && { site: chosenSite() }) };
}

/** @param {import("./types").HistoryRows} found */
function showEnd(found) {
  next = found.next;
  byId("more").hidden = next === null;
}

/** @param {number} days */
const about = (days) =>
  "Pages that were judged on this machine. Their texts are not kept. " +
  `A page not seen again for ${days} days is forgotten.`;

function countInWords() {
  if (total === 0) return Object.keys(filters()).length ? "No such pages." : "No pages yet.";
  return total === 1 ? "1 page." : `${total} pages.`;
}

/** @param {string} words */
function say(words, isBad = false) {
  byId("status").textContent = words;
  byId("status").classList.toggle("bad", isBad);
}

/** @param {import("./types").SeenPage} page */
function row(page) {
  const link = element("a", { href: page.url, target: "_blank", rel: "noreferrer noopener", className: "name" });
  link.textContent = page.title ?? page.url;
  const bySite = element("button", { type: "button", textContent: page.site });
  bySite.setAttribute("aria-label", `Show only ${page.site}`);
  bySite.addEventListener("click", () => showOnly(page.site));
  const family = page.family && page.family !== "unknown" ? ` · spinner family ${page.family}` : "";
  const times = page.times > 1 ? ` · judged ${page.times} times since ${day(page.first_seen)}` : "";
  return element("li", { className: page.verdict }, [
    link,
    element("p", { className: "quiet" }, [
      element("span", { className: "label", textContent: page.verdict }),
      " · ",
      bySite,
      ` · ${moment(page.last_seen)} · ${page.words.toLocaleString()} words${family}${times}`,
    ]),
  ]);
}

/** @param {string} name */
function showOnly(name) {
  site.value = name;
  void show();
}

/** @param {number} seconds */
const day = (seconds) => new Date(seconds * 1000).toLocaleDateString(undefined, { dateStyle: "medium" });

/** @param {number} seconds */
const moment = (seconds) =>
  new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} name a site, or "" for everything */
async function askAndForget(name) {
  if (!(await isSure(name))) return;
  try {
    const { forgotten, labels } = await forget(name);
    site.value = "";
    if (!name) verdict.value = "";
    const pages = forgotten === 1 ? "1 page is forgotten." : `${forgotten} pages are forgotten.`;
    await show(labels ? `${pages} With ${labels === 1 ? "1 labelled text" : `${labels} labelled texts`}.` : pages);
  } catch (error) {
    say(messageOf(error), true);
  }
}

/** @param {string} name */
async function isSure(name) {
  byId("question-words").textContent = name
    ? `Forget every page of ${name}, and the labels and texts you kept of it? This cannot be undone.`
    : "Forget the whole history, whatever the filters show, and all labels with their texts? This cannot be undone.";
  question.returnValue = "no";
  question.showModal();
  await new Promise((resolve) => question.addEventListener("close", resolve, { once: true }));
  return question.returnValue === "yes";
}
