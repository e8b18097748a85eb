/**
 * The marks beside links: drawn over the page from one closed element, which takes no clicks. So the search engine's
 * scripts cannot read which sites the reader has seen spun, and nothing in the page moves.
 */

/** @typedef {{link: HTMLAnchorElement, words: string}} Badge */

var BADGE_GAP = 8;
var BADGE_CSS = `
  :host { all: initial !important; position: absolute !important; top: 0 !important; left: 0 !important;
    width: 0 !important; height: 0 !important; z-index: 2147483646 !important; pointer-events: none !important; }
  span { position: absolute; padding: 1px 8px; border-radius: 999px; white-space: nowrap; pointer-events: none;
    font: 600 12px/18px system-ui, sans-serif; color: #8c1d18; background: #fdeeec; border: 1px solid #e0a29d; }
  @media (prefers-color-scheme: dark) { span { color: #ffb4ac; background: #3a1d1d; border-color: #7c4440; } }
  @media (forced-colors: active) { span { color: CanvasText; background: Canvas; border-color: CanvasText; } }`;

/** @param {Document} document */
function createBadges(document) {
  const host = document.createElement("unspun-links");
  const root = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = BADGE_CSS;
  const layer = document.createElement("div");
  root.append(style, layer);
  document.documentElement.append(host);

  return {
    /** @param {readonly Badge[]} badges */
    draw(badges) {
      const origin = host.getBoundingClientRect();
      const width = document.documentElement.clientWidth;
      const shown = badges.map(({ link, words }) => ({ box: endOf(link), label: badgeLabel(document, words) }));
      layer.replaceChildren(...shown.filter(({ box }) => box !== null).map(({ label }) => label));
      for (const { box, label } of shown) if (box) placeBadge(label, box, origin, width);
    },
    remove() {
      host.remove();
    },
  };
}

/**
 * @param {Document} document
 * @param {string} words
 */
function badgeLabel(document, words) {
  const label = document.createElement("span");
  label.textContent = words;
  label.setAttribute("role", "note");
  return label;
}

/**
 * The box of the last line of a link's title; null when it is not shown.
 * @param {HTMLAnchorElement} link
 */
function endOf(link) {
  const title = link.querySelector(HEADING) ?? link;
  const range = link.ownerDocument.createRange();
  range.selectNodeContents(title);
  const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  return boxes.at(-1) ?? null;
}

/**
 * Behind the title, or under its end where the window leaves no room.
 * @param {HTMLElement} label
 * @param {DOMRect} box
 * @param {DOMRect} origin of the layer
 * @param {number} width of the window
 */
function placeBadge(label, box, origin, width) {
  const fits = box.right + BADGE_GAP + label.offsetWidth <= width;
  const left = fits ? box.right + BADGE_GAP : Math.max(0, width - label.offsetWidth - BADGE_GAP);
  const top = fits ? box.top + (box.height - label.offsetHeight) / 2 : box.bottom;
  label.style.left = `${left - origin.left}px`;
  label.style.top = `${top - origin.top}px`;
}
