/** The server's report on two pages, in a tab: its elements made anew, so that nothing in it can act. */

import { translate as t } from "../lib/translate.js";
import { troubleInWords } from "../lib/wording.js";
import { byId } from "../ui/dom.js";

const KEPT_ELEMENTS = new Set(
  ("b br code dd del details div dl dt em footer h1 h2 h3 header i ins li main mark ol p section small span strong " +
    "summary table tbody td th thead tr ul").split(" "),
);
const KEPT_ATTRIBUTES = ["class", "colspan", "scope", "title"];

const asked = new URLSearchParams(location.search);
document.title = `${t("comparisonTitle")} – unspun`;
byId("note").textContent = t("compareWorking");

const url = asked.get("url");
/** @type {import("../background/server.js").Result<import("../background/server.js").SentFile>} */
const answer = await chrome.runtime.sendMessage({
  type: "compare_report",
  tabId: Number(asked.get("a")),
  other: url === null ? { tabId: Number(asked.get("tabId")) } : { url },
});
if (answer.ok) show(answer.value.html);
else byId("note").textContent = troubleInWords(answer.trouble, t);

/** @param {string} html a whole document */
function show(html) {
  const report = new DOMParser().parseFromString(html, "text/html");
  const sheet = new CSSStyleSheet(); // the policy of our pages lets no style in as text
  sheet.replaceSync([...report.querySelectorAll("style")].map(({ textContent }) => textContent).join("\n"));
  document.adoptedStyleSheets = [sheet];
  document.body.className = report.body.className;
  document.body.replaceChildren(...copiesOf(report.body));
}

/**
 * @param {Element} parent
 * @returns {Node[]}
 */
function copiesOf(parent) {
  const kept = [...parent.childNodes].filter(isKept);
  return kept.map((node) => (node instanceof Element ? copyOf(node) : document.createTextNode(node.data)));
}

/**
 * @param {Node} node
 * @returns {node is Element | Text}
 */
function isKept(node) {
  return node instanceof Text || (node instanceof Element && KEPT_ELEMENTS.has(node.localName));
}

/** @param {Element} element */
function copyOf(element) {
  const copy = document.createElement(element.localName);
  for (const name of KEPT_ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  copy.append(...copiesOf(element));
  return copy;
}
