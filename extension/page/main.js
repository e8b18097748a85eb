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
  let address = addressNow();
  let isNew = true;
  let isPointed = false;
  const listening = new AbortController();

  const say = chrome.i18n.getMessage;
  const dismissed = () => void chrome.runtime.sendMessage({ type: "dismissed" }).catch(() => undefined);
  const marking = createMarking(document, { say, dismissed });
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
    marking.clear();
  }

  /**
   * @typedef {{scope: "page" | "selection", manual: boolean, force: boolean, isAside?: boolean}} Wish
   * @param {Wish} wish
   */
  function read(wish) {
    if (!isReadable(document)) return { kind: "unreadable" };
    try {
      if (wish.isAside) return readAside(wish);
      watch.start(insides(document));
      return readWished(wish);
    } catch {
      return forgetPage(); // a page can put elements of its own in the place of the document's methods
    }
  }

  /**
   * @param {Wish} wish
   * @returns {Article | null}
   */
  function find({ scope, manual }) {
    const selection = scope === "selection" ? getSelection() : null;
    if (selection && !selection.isCollapsed) return readSelection(selection.getRangeAt(0));
    return readArticle(document) ?? (manual ? readBody(document) : null);
  }

  /** @param {Wish} wish */
  function readWished(wish) {
    const found = find(wish);
    if (!found) return forgetPage();
    if (!wish.force && found.text === page?.text) return { kind: "unchanged" };
    page = found;
    reading += 1;
    const isFramed = found.runs[0]?.node.ownerDocument !== document;
    return { kind: "article", reading, text: found.text, extractor: found.extractor, isFramed };
  }

  /**
   * The text alone; marks and verdict stay with what was read before.
   * @param {Wish} wish
   */
  function readAside(wish) {
    const found = find(wish);
    if (!found || found.text === "") return { kind: "not_article" };
    return { kind: "article", reading, text: found.text, extractor: found.extractor, isFramed: false };
  }

  function forgetPage() {
    page = null;
    marking.clear();
    return { kind: "not_article" };
  }

  /**
   * @param {{reading: number, findings: import("../lib/verdict.js").Evidence[], banner: boolean,
   *   strength: import("../lib/settings.js").Strength}} message
   */
  function mark({ reading: asked, findings, strength, banner }) {
    if (!page || asked !== reading) return;
    marking.show(makeMarks(findings, page), strength, banner);
    for (const view of marking.views()) listen(view);
  }

  function moved() {
    if (addressNow() === address) return;
    address = addressNow();
    page = null;
    isNew = true;
    marking.clear();
    watch.restart();
  }

  /** @param {PointerEvent} event */
  function point({ isTrusted, view, clientX, clientY }) {
    if (isPointed || !marking.hasPanel() || !isTrusted || !view) return; // a page's own script may not play the mouse
    isPointed = true; // one look a frame is enough, however fast the mouse moves
    requestAnimationFrame(() => {
      isPointed = false;
      marking.point(view.document, clientX, clientY);
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
    if (message.type === "clear") answer(marking.clear());
    if (message.type === "reveal") answer(marking.reveal(message.index));
    if (message.type === "step") answer(marking.step(message.by));
    if (message.type === "strength") answer(marking.draw(message.strength));
    if (message.type === "text") answer(page && { text: page.text, extractor: page.extractor });
    if (message.type === "note") answer(marking.note(message.words));
    if (message.type === "moved") {
      moved();
      answer(true);
    }
  }

  chrome.runtime.onMessage.addListener(answerWorker);
  const { signal } = listening;
  const hide = () => marking.hideTooltip();

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.key === "Escape") hide();
    const by = marking.hasMarks() ? stepOf(event) : 0;
    if (by !== 0 && marking.step(by)) event.preventDefault();
  }

  /**
   * Follow the mouse in a window; once for each, however often it is asked.
   * @param {Window} view
   */
  function listen(view) {
    view.addEventListener("pointermove", point, { passive: true, signal });
    view.addEventListener("pointerdown", point, { passive: true, signal });
    view.addEventListener("scroll", hide, { passive: true, capture: true, signal });
    view.addEventListener("keydown", press, { signal });
  }

  listen(window);
  addEventListener("pageshow", ({ persisted }) => void (persisted && watch.restart()), { signal }); // the back button
  if (document.prerendering) document.addEventListener("prerenderingchange", () => watch.schedule(), { once: true });
  else watch.schedule();
  retireEarlier = retire;
})();
