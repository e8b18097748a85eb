/**
 * The banner: one slim line at the foot of a page that was very likely rewritten, and for a moment what was done from
 * the context menu. It floats above the page, so nothing moves.
 */

var NOTE_MS = 5_000;

var BANNER_CSS = `
  aside { position: fixed; z-index: 2147483647; inset: auto 12px 12px 12px; margin: 0 auto; width: fit-content;
    max-width: calc(100% - 24px); box-sizing: border-box; display: flex; flex-wrap: wrap; align-items: center;
    gap: 4px 10px;
    padding: 6px 8px 6px 14px; border-radius: 10px; font: 13px/1.4 system-ui, sans-serif; color: #1c2330;
    background: #fff; border: 1px solid #b3261e; box-shadow: 0 4px 18px rgb(15 23 42 / 22%); }
  aside[hidden] { display: none; }
  aside p { margin: 0; }
  aside b { color: #b3261e; }
  button { font: inherit; padding: 3px 10px; border: 1px solid #d8dee8; border-radius: 7px; color: inherit;
    background: transparent; cursor: pointer; }
  button:hover { background: #f1f4f9; }
  button:focus-visible { outline: 2px solid #2451b7; outline-offset: 1px; }
  .spoken { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (prefers-color-scheme: dark) {
    aside { color: #e8ecf3; background: #1d2430; border-color: #ff9d94; }
    aside b { color: #ff9d94; }
    button { border-color: #4a5568; }
    button:hover { background: #2b3546; }
    button:focus-visible { outline-color: #8fb1ff; }
  }
  @media print { aside { display: none; } }`;

/**
 * @typedef {{step: (by: 1 | -1) => void, dismissed: () => void}} BannerDeeds
 * @param {ShadowRoot} root of our one element in the page
 * @param {(key: string) => string} say texts by key
 * @param {BannerDeeds} deeds
 */
function createBanner(root, say, deeds) {
  const document = root.ownerDocument;
  const style = document.createElement("style");
  style.textContent = BANNER_CSS;
  const bar = document.createElement("aside");
  bar.setAttribute("aria-label", say("bannerLabel"));
  bar.hidden = true;
  const spoken = document.createElement("p");
  spoken.className = "spoken";
  spoken.setAttribute("role", "status");
  root.append(style, bar, spoken);
  /** @type {Node[]} what stays in the bar; none while it is closed */
  let lasting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Node[]} nodes */
  function fill(nodes) {
    clearTimeout(timer);
    bar.replaceChildren(...nodes);
    bar.hidden = nodes.length === 0;
  }

  function rest() {
    fill(lasting);
  }

  function hide() {
    lasting = [];
    rest();
  }

  function dismiss() {
    hide();
    deeds.dismissed();
  }

  return {
    hide,
    /** @param {boolean} hasMarks */
    showVerdict(hasMarks) {
      const back = bannerButton(document, say("findingPrevious"), "↑", () => deeds.step(-1));
      const next = bannerButton(document, say("findingNext"), "↓", () => deeds.step(1));
      const close = bannerButton(document, say("bannerDismiss"), "×", dismiss);
      lasting = [bannerLine(document, say("bannerText")), ...(hasMarks ? [back, next] : []), close];
      rest();
    },
    /**
     * Show a line for a moment, then what was there before.
     * @param {string} words
     */
    note(words) {
      fill([bannerLine(document, words)]);
      spoken.textContent = words;
      timer = setTimeout(rest, NOTE_MS);
    },
    /**
     * For screen readers, which see no highlights.
     * @param {string} words
     */
    speak(words) {
      spoken.textContent = words;
    },
  };
}

/**
 * @param {Document} document
 * @param {string} words
 */
function bannerLine(document, words) {
  const line = document.createElement("p");
  const name = document.createElement("b");
  name.textContent = "unspun";
  line.append(name, ` ${words}`);
  return line;
}

/**
 * @param {Document} document
 * @param {string} label
 * @param {string} sign
 * @param {() => void} onClick
 */
function bannerButton(document, label, sign, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sign;
  button.setAttribute("aria-label", label);
  button.title = label;
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    if (event.isTrusted) onClick(); // a page's own script may not press it
  });
  return button;
}
