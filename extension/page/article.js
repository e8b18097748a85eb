/**
 * What of the page is read: its article as Readability finds it, or what the reader selected.
 * Readability works on a copy. Every element with words of its own is numbered in the copy; the numbers that are left
 * in Readability's answer name the live elements whose text counts. Numbers, unlike text nodes, outlive its rewriting.
 */

var MIN_ARTICLE_WORDS = 100; // shorter pages are teasers and forms; asked by hand, any length is sent
var NUMBER = "data-unspun";

/**
 * Does the page look like an article? Cheap: reads no more than paragraph lengths.
 * @param {Document} document
 */
function looksLikeArticle(document) {
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(document.contentType ?? "text/html")) return false;
  return isProbablyReaderable(document, { minContentLength: 140, minScore: 20 });
}

/**
 * The article's text; null when the page holds none.
 * @param {Document} document
 * @returns {PageText | null}
 */
function readArticle(document) {
  const kept = articleElements(document);
  if (kept.size === 0) return null;
  return collectText(document.body, (text) => {
    const parent = text.parentElement;
    return parent && kept.has(parent) && isShown(parent) ? [0, text.data.length] : null;
  });
}

/**
 * The text of the whole body, for a page asked about by hand in which Readability finds nothing.
 * @param {Document} document
 * @returns {PageText}
 */
function readBody(document) {
  return collectText(document.body, (text) => {
    const parent = text.parentElement;
    return parent && !parent.closest(NOT_PROSE) && isShown(parent) ? [0, text.data.length] : null;
  });
}

/**
 * The selected text.
 * @param {Range} range
 * @returns {PageText}
 */
function readSelection(range) {
  const root = range.commonAncestorContainer;
  return collectText(root.nodeType === 3 ? /** @type {Node} */ (root.parentNode) : root, (text) => {
    if (!range.intersectsNode(text) || text.parentElement?.closest(NOT_PROSE)) return null;
    const from = text === range.startContainer ? range.startOffset : 0;
    const to = text === range.endContainer ? range.endOffset : text.data.length;
    return from < to ? [from, to] : null;
  });
}

/**
 * @param {Document} document
 * @returns {Set<Element>}
 */
function articleElements(document) {
  const live = [...document.querySelectorAll("body, body *")];
  const copy = /** @type {Document} */ (document.cloneNode(true));
  copy.querySelectorAll("body, body *").forEach((element, index) => {
    if (hasWords(element)) element.setAttribute(NUMBER, String(index));
  });
  const article = new Readability(copy, { keepClasses: true, serializer: (node) => node }).parse();
  const content = /** @type {Element | null | undefined} */ (article?.content);
  const numbers = [...(content?.querySelectorAll(`[${NUMBER}]`) ?? [])].map((element) =>
    Number(element.getAttribute(NUMBER)),
  );
  return new Set(numbers.flatMap((number) => live[number] ?? []));
}

/**
 * Has the element words of its own, not only in its children?
 * @param {Element} element
 */
function hasWords(element) {
  if (element.matches(NOT_PROSE)) return false;
  return [...element.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.nodeValue ?? ""));
}

/**
 * @param {Element} element
 */
function isShown(element) {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}
