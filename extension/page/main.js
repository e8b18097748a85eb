/** The page side's wiring: answers the worker, draws marks, shows the tooltip. Sends text only when the worker asks. */

/**
 * Ends the copy of this file that ran here before an update of the extension; `var` keeps what that copy left.
 * @type {(() => void) | undefined}
 */
var retireEarlier;
retireEarlier?.();

(() => {
  /** @type {Article | null} */
  let page = null;
  let reading = 0;
  /** @type {(Mark | null)[]} */
  let marks = [];
  /** @type {ReturnType<typeof createTooltip> | null} */
  let tooltip = null;
  let address = addressNow();
  let isNew = true;
  let isPointed = false;
  const listening = new AbortController();

  const watch = createWatch(document, () => void tellChanged());

  /** The address without its fragment: jumping within a page is no new page. */
  function addressNow() {
    return location.href.replace(/#.*$/, "");
  }

  /** Tell the worker that there may be something to check; what happens then is its decision. */
  async function tellChanged() {
    try {
      const fresh = isNew;
      isNew = false;
      if ((await chrome.runtime.sendMessage({ type: "changed", fresh })) === "off") watch.stop();
    } catch {
      if (!chrome.runtime?.id) retire();
    }
  }

  /** The extension was updated or removed: this copy of the page side has no worker any more. */
  function retire() {
    watch.stop();
    listening.abort();
    if (chrome.runtime?.id) chrome.runtime.onMessage.removeListener(answerWorker);
    clear();
  }

  /**
   * @param {{scope: "page" | "selection", manual: boolean, force: boolean}} wish
   */
  function read(wish) {
    if (!isReadable(document)) return { kind: "unreadable" };
    try {
      watch.start(insides(document));
      return readWished(wish);
    } catch {
      return forgetPage(); // a page can put elements of its own in the place of the document's methods
    }
  }

  /** @param {{scope: "page" | "selection", manual: boolean, force: boolean}} wish */
  function readWished({ scope, manual, force }) {
    const selection = scope === "selection" ? getSelection() : null;
    const found = selection && !selection.isCollapsed
      ? readSelection(selection.getRangeAt(0))
      : (readArticle(document) ?? (manual ? readBody(document) : null));
    if (!found) return forgetPage();
    if (!force && found.text === page?.text) return { kind: "unchanged" };
    page = found;
    reading += 1;
    const isFramed = found.runs[0]?.node.ownerDocument !== document;
    return { kind: "article", reading, text: found.text, extractor: found.extractor, isFramed };
  }

  function forgetPage() {
    page = null;
    clear();
    return { kind: "not_article" };
  }

  /**
   * @param {{reading: number, findings: import("../lib/verdict.js").Evidence[]}} message
   */
  function mark(message) {
    if (!page || message.reading !== reading) return;
    clearHighlights(marks);
    marks = makeMarks(message.findings, page);
    drawHighlights(marks);
    tooltip ??= createTooltip(document, chrome.i18n.getMessage);
    for (const { view } of markedPlaces(marks)) listen(view);
  }

  function clear() {
    clearHighlights(marks);
    marks = [];
    tooltip?.remove();
    tooltip = null;
  }

  function moved() {
    if (addressNow() === address) return;
    address = addressNow();
    page = null;
    isNew = true;
    clear();
    watch.restart();
  }

  /** @param {number} index */
  function reveal(index) {
    const found = marks[index];
    if (!found) return false;
    pulse(found);
    return true;
  }

  /** @param {PointerEvent} event */
  function point({ isTrusted, view, clientX, clientY }) {
    if (isPointed || !tooltip || !isTrusted || !view) return; // a page's own script may not play the mouse
    isPointed = true; // one look a frame is enough, however fast the mouse moves
    requestAnimationFrame(() => {
      isPointed = false;
      const found = markAt(marks, view.document, clientX, clientY);
      if (found) tooltip?.show(found);
      else tooltip?.hide();
    });
  }

  /**
   * @param {any} message
   * @param {unknown} _sender
   * @param {(value: unknown) => void} answer
   */
  function answerWorker(message, _sender, answer) {
    if (message.type === "read") answer(read(message));
    if (message.type === "mark") answer(mark(message));
    if (message.type === "clear") answer(clear());
    if (message.type === "reveal") answer(reveal(message.index));
    if (message.type === "moved") {
      moved();
      answer(true);
    }
  }

  chrome.runtime.onMessage.addListener(answerWorker);
  const { signal } = listening;
  const hide = () => tooltip?.hide();
  /** @param {KeyboardEvent} event */
  const escape = ({ key }) => void (key === "Escape" && hide());

  /**
   * Follow the mouse in a window; once for each, however often it is asked.
   * @param {Window} view
   */
  function listen(view) {
    view.addEventListener("pointermove", point, { passive: true, signal });
    view.addEventListener("pointerdown", point, { passive: true, signal });
    view.addEventListener("scroll", hide, { passive: true, capture: true, signal });
    view.addEventListener("keydown", escape, { signal });
  }

  listen(window);
  addEventListener("pageshow", ({ persisted }) => void (persisted && watch.restart()), { signal }); // the back button
  if (document.prerendering) document.addEventListener("prerenderingchange", () => watch.schedule(), { once: true });
  else watch.schedule();
  retireEarlier = retire;
})();
