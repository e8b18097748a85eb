/**
 * What of the page is read: its article as Readability finds it on a copy, the largest stretch of running text where
 * Readability fails, or what the reader selected. In the copy every element with words of its own is numbered; the
 * numbers left in Readability's answer name the live elements whose text counts. Unlike text nodes they outlive it.
 */

/**
 * Who found the text: "fallback" is less certain to be the article and nothing else.
 * @typedef {"readability" | "fallback" | "body" | "selection"} Extractor
 * @typedef {PageText & {extractor: Extractor}} Article
 */

var MIN_ARTICLE_WORDS = 100; // shorter pages are teasers and forms; asked by hand, any length is sent
var MIN_COVERED_SHARE = 0.75; // of the running text; a Readability that finds less took a part for the whole
var MAX_READABILITY_UNITS = 1_000_000; // of text; Readability takes seconds for more
var MAX_READABILITY_ELEMENTS = 20_000;
var MAX_SIGN_IN_WORDS = 300; // a page with a password field and less running text than this is there to sign in
var NUMBER = "data-unspun";

/**
 * Can the page hold an article at all? Not a file of another kind: a PDF, a picture, data.
 * @param {Document} document
 */
function isReadable(document) {
  return /^(text\/(html|plain)|application\/xhtml\+xml)$/.test(document.contentType ?? "text/html");
}

/**
 * The page's article, or that of its most wordy frame; null when it holds none.
 * @param {Document} document
 * @returns {Article | null}
 */
function readArticle(document) {
  if (document.contentType === "text/plain") return null; // notes, code, data: read only when asked
  const own = surveyText(document);
  if (own.prose >= MIN_ARTICLE_WORDS) return articleOf(document, own);
  const framed = frameDocuments(document).map((inner) => ({ inner, survey: surveyText(inner) }));
  const [best] = framed.sort((one, other) => other.survey.prose - one.survey.prose);
  return best && best.survey.prose >= MIN_ARTICLE_WORDS ? articleOf(best.inner, best.survey) : null;
}

/**
 * @param {Document} document
 * @param {Part} survey
 * @returns {Article | null}
 */
function articleOf(document, survey) {
  const main = mainPart(survey);
  if (isIndex(main) || isPrivate(document, main)) return null;
  const root = main.element.parentElement?.closest("body, body *") ?? main.element; // menus elsewhere only cost time
  const elements = articleElements(root);
  const isFound = /** @param {Text} text */ (text) => elements.has(/** @type {Element} */ (holderOf(text)));
  const isTrusted = coveredWords(main, isFound) >= MIN_COVERED_SHARE * main.prose;
  const texts = isTrusted ? mendedTexts(survey, main, isFound) : proseTexts(main);
  const found = collectText(root, (text) => (texts.has(text) ? [0, text.data.length] : null));
  if (countWords(found.text) < MIN_ARTICLE_WORDS) return null;
  return { ...found, extractor: isTrusted ? "readability" : "fallback" };
}

/**
 * Is the page there to sign in, sign up or pay? Such pages are never read unasked.
 * @param {Document} document
 * @param {Part} main
 */
function isPrivate(document, main) {
  const secret = /(^|\s)(cc-|one-time-code|new-password)/;
  const fields = [...document.querySelectorAll("input")].filter(isShown);
  if (fields.some((field) => secret.test(field.getAttribute("autocomplete") ?? ""))) return true;
  return main.prose < MAX_SIGN_IN_WORDS && fields.some((field) => field.getAttribute("type") === "password");
}

/**
 * The elements of the article below root as Readability sees it; none when it refuses the page.
 * @param {Element} root
 * @returns {Set<Element>}
 */
function articleElements(root) {
  const isLarge = (root.textContent ?? "").length > MAX_READABILITY_UNITS;
  if (isLarge || root.querySelectorAll("*").length > MAX_READABILITY_ELEMENTS) return new Set();
  const { copy, live } = numberedCopy(root, NUMBER);
  const article = new Readability(copy, { keepClasses: true, serializer: (node) => node }).parse();
  const content = /** @type {Element | null | undefined} */ (article?.content);
  const numbers = [...(content?.querySelectorAll(`[${NUMBER}]`) ?? [])].map((element) =>
    Number(element.getAttribute(NUMBER)),
  );
  return new Set(numbers.flatMap((number) => live[number] ?? []));
}

/**
 * How many words of the main part's running text Readability found.
 * @param {Part} main
 * @param {(text: Text) => boolean} isFound
 */
function coveredWords(main, isFound) {
  const covered = inOrder(main).filter((part) => isProse(part) && part.texts.some(isFound));
  return covered.reduce((sum, { words }) => sum + words, 0);
}

/**
 * What Readability found, mended: without side matter, without the lines before and after the running text (headlines,
 * dates, tags), and with the paragraphs it passed over, above all first ones. What follows its last one stays out.
 * @param {Part} survey
 * @param {Part} main
 * @param {(text: Text) => boolean} isFound
 * @returns {Set<Text>}
 */
function mendedTexts(survey, main, isFound) {
  const blocks = inOrder(survey);
  const expected = new Set(inOrder(main).filter(isProse));
  const isProseFound = /** @param {Part} block */ (block) => isProse(block) && block.texts.some(isFound);
  const first = blocks.findIndex((block) => expected.has(block) || isProseFound(block));
  const last = blocks.findLastIndex(isProseFound);
  const kept = blocks.slice(first, last + 1);
  return new Set(kept.flatMap((block) => (expected.has(block) ? block.texts : block.texts.filter(isFound))));
}

/**
 * The text of the whole body, for a page asked about by hand in which no article is found.
 * @param {Document} document
 * @returns {Article}
 */
function readBody(document) {
  const found = collectText(document.body, (text) => {
    const holder = holderOf(text);
    return holder && !holder.closest(NOT_PROSE) && isShown(holder) ? [0, text.data.length] : null;
  });
  return { ...found, extractor: "body" };
}

/**
 * The selected text.
 * @param {Range} range
 * @returns {Article}
 */
function readSelection(range) {
  const root = range.commonAncestorContainer;
  const found = collectText(root.nodeType === 3 ? /** @type {Node} */ (root.parentNode) : root, (text) => {
    if (!range.intersectsNode(text) || holderOf(text)?.closest(NOT_PROSE)) return null;
    const from = text === range.startContainer ? range.startOffset : 0;
    const to = text === range.endContainer ? range.endOffset : text.data.length;
    return from < to ? [from, to] : null;
  });
  return { ...found, extractor: "selection" };
}
