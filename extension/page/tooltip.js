/** The one element unspun adds to a page, closed to the page's scripts and styles, and a finding's tooltip in it. */

var TOOLTIP_CSS = `
  :host { all: initial !important; }
  div { position: fixed; z-index: 2147483647; max-width: 320px; padding: 10px 12px; border-radius: 10px;
    font: 13px/1.45 system-ui, sans-serif; color: #1c2330; background: #fff; border: 1px solid #d8dee8;
    box-shadow: 0 6px 24px rgb(15 23 42 / 22%); pointer-events: none; overflow-wrap: anywhere; }
  div[hidden] { display: none; }
  p { margin: 0; }
  .phrase { font-weight: 600; color: #a3330f; }
  .original { margin-top: 2px; font-size: 14px; font-weight: 600; color: #14633c; }
  .original span, .why { color: #5b6677; font-weight: 400; font-size: 12px; }
  .why { margin-top: 6px; }
  @media (prefers-color-scheme: dark) {
    div { color: #e8ecf3; background: #1d2430; border-color: #394456; }
    .phrase { color: #ffb38f; } .original { color: #86dfae; } .original span, .why { color: #a7b2c3; }
  }
  @media (forced-colors: active) { .phrase { text-decoration: underline; } }`;

/**
 * @param {Document} document
 * @returns {{root: ShadowRoot, remove: () => void}}
 */
function createHost(document) {
  const host = document.createElement("unspun-tooltip");
  const root = host.attachShadow({ mode: "closed" });
  document.documentElement.append(host);
  return { root, remove: () => host.remove() };
}

/**
 * @param {ShadowRoot} root
 * @param {(key: string) => string} say texts by key
 */
function createTooltip(root, say) {
  const document = root.ownerDocument;
  const style = document.createElement("style");
  style.textContent = TOOLTIP_CSS;
  const box = document.createElement("div");
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  root.append(style, box);

  return {
    /** @param {Mark} mark */
    show({ finding, range }) {
      box.replaceChildren(...tooltipLines(document, finding, say));
      box.hidden = false;
      place(box, boxInPage(range), document);
    },
    hide() {
      box.hidden = true;
    },
  };
}

/**
 * @param {Document} document
 * @param {import("../lib/verdict.js").Evidence} finding
 * @param {(key: string) => string} say
 */
function tooltipLines(document, finding, say) {
  const phrase = line(document, "phrase", finding.text);
  const why = line(document, "why", finding.why);
  if (finding.likely_original === null) return [phrase, why];
  const original = line(document, "original", "");
  const label = document.createElement("span");
  label.textContent = `${say("likelyOriginal")} `;
  original.append(label, finding.likely_original);
  return [phrase, original, why];
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {string} text
 */
function line(document, name, text) {
  const paragraph = document.createElement("p");
  paragraph.className = name;
  paragraph.textContent = text;
  return paragraph;
}

/**
 * Where a range stands in the page's own window; a frame counts from its own corner.
 * @param {Range} range
 * @returns {{left: number, top: number, bottom: number}}
 */
function boxInPage(range) {
  const { left, top, bottom } = range.getBoundingClientRect();
  const frame = range.startContainer.ownerDocument?.defaultView?.frameElement?.getBoundingClientRect();
  const [right, down] = [frame?.left ?? 0, frame?.top ?? 0];
  return { left: left + right, top: top + down, bottom: bottom + down };
}

/**
 * Below the phrase, or above it where there is no room; never outside the window.
 * @param {HTMLElement} box
 * @param {ReturnType<typeof boxInPage>} around
 * @param {Document} document
 */
function place(box, around, document) {
  const { clientWidth, clientHeight } = document.documentElement;
  const gap = 8;
  const below = around.bottom + gap;
  const fits = below + box.offsetHeight + gap <= clientHeight;
  const left = Math.min(Math.max(gap, around.left), clientWidth - box.offsetWidth - gap);
  box.style.left = `${Math.max(gap, left)}px`;
  box.style.top = `${fits ? below : Math.max(gap, around.top - gap - box.offsetHeight)}px`;
}
