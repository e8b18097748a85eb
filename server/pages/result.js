/** The verdict on the page: headline, share, facts, chart, findings and the highlighted text. */
import { drawChart } from "./chart.js";
import { byId, element } from "./elements.js";
import { markText } from "./highlight.js";
import { showNear } from "./near.js";

const VERDICTS = ["spun", "suspicious", "clean", "unscorable"];
const restored = /** @type {HTMLInputElement} */ (byId("restored"));
/** What is on the page. @type {import("./types").Checked | null} */
let shown = null;

restored.addEventListener("change", () => showText());

/** @param {import("./types").Checked} checked */
export function showResult(checked) {
  const { title, verdict, summary } = checked;
  shown = checked;
  restored.checked = false;
  const card = byId("result");
  card.classList.remove(...VERDICTS);
  card.classList.add(verdict.verdict);
  byId("title").textContent = title ?? "";
  byId("title").hidden = !title;
  byId("headline").textContent = summary.headline;
  byId("explanation").textContent = summary.explanation;
  showShare(verdict.spun_share, summary.share);
  showFacts(verdict, summary);
  drawChart(byId("chart"), verdict.windows);
  showText();
  showNear(verdict.near);
  card.hidden = false;
  card.focus();
  card.scrollIntoView({ block: "start" });
}

export function hideResult() {
  for (const id of ["result", "near", "findings", "reading"]) byId(id).hidden = true;
}

function showText() {
  if (shown === null) return;
  const { text, title, verdict } = shown;
  const { evidence } = verdict;
  showFindings(evidence, markText(byId("text"), text, evidence, restored.checked));
  byId("restore").hidden = !evidence.some((found) => found.likely_original);
  byId("reading").hidden = evidence.length === 0 && title === null;
}

/**
 * @param {number | null} share
 * @param {string | null} words
 */
function showShare(share, words) {
  byId("share").hidden = share === null;
  byId("share-words").textContent = words === null ? "" : `${words}.`;
  byId("share-fill").style.width = `${Math.round((share ?? 0) * 100)}%`;
}

/**
 * @param {import("./types").Verdict} verdict
 * @param {import("./types").Summary} summary
 */
function showFacts(verdict, summary) {
  /** @type {[string, string | null][]} */
  const facts = [
    ["Spinner family", summary.family],
    ["Words read", verdict.words.toLocaleString("en")],
    ["Score", verdict.score === null ? null : verdict.score.toFixed(1)],
    ["Evasion", verdict.marks.join(", ") || null],
    ["Read by", verdict.extractor],
  ];
  byId("facts").replaceChildren(...facts.flatMap(([name, value]) => (value === null ? [] : [fact(name, value)])));
}

/**
 * @param {string} name
 * @param {string} value
 */
const fact = (name, value) =>
  element("div", {}, [element("dt", { textContent: name }), element("dd", { textContent: value })]);

/**
 * @param {import("./types").Evidence[]} evidence
 * @param {(HTMLElement | undefined)[]} marks
 */
function showFindings(evidence, marks) {
  byId("findings").hidden = evidence.length === 0;
  byId("findings-rows").replaceChildren(...grouped(evidence, marks).map(findingRow));
}

/**
 * The same swap found five times is one row that leads to five places.
 * @typedef {{found: import("./types").Evidence, weight: number, places: HTMLElement[]}} Group
 * @param {import("./types").Evidence[]} evidence
 * @param {(HTMLElement | undefined)[]} marks
 */
function grouped(evidence, marks) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  evidence.forEach((found, index) => {
    const key = JSON.stringify([found.text.toLowerCase(), found.likely_original, found.why]);
    const { weight, places } = groups.get(key) ?? { weight: 0, places: [] };
    const mark = marks[index];
    groups.set(key, { found, weight: weight + found.weight, places: mark ? [...places, mark] : places });
  });
  return [...groups.values()].sort((a, b) => b.weight - a.weight);
}

/** @param {Group} group */
function findingRow({ found, places }) {
  const button = element("button", { type: "button", textContent: found.text });
  let next = 0;
  button.addEventListener("click", () => {
    const place = places[next++ % places.length];
    if (place) pointOut(place);
  });
  const times = places.length > 1 ? ` ×${places.length}` : "";
  return element("tr", {}, [
    element("td", {}, [button, element("span", { className: "times", textContent: times })]),
    element("td", { textContent: found.likely_original ?? "" }),
    element("td", { className: "why", textContent: found.why }),
  ]);
}

/** @param {HTMLElement} mark */
function pointOut(mark) {
  document.querySelector("mark.here")?.classList.remove("here");
  mark.classList.add("here");
  mark.scrollIntoView({ block: "center" });
}
