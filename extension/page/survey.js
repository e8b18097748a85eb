/**
 * Where a page's running text stands: one walk over what is shown, open shadow trees included, counts words.
 * It tells whether there is an article at all and which text is side matter, and finds what Readability misses.
 */

/**
 * A block element with text in it; kids are the blocks below. words, linked: of its own; prose: words of running text
 * in it and below.
 * @typedef {{element: Element, kids: Part[], texts: Text[], words: number, linked: number, isSentence: boolean,
 *   prose: number, isSide: boolean}} Part
 */

var MIN_PROSE_WORDS = 12; // of a paragraph; captions, buttons and menu items have fewer
var MAX_LINKED_SHARE = 0.35; // blocks above it are lists of links
var MAIN_SHARE = 0.8; // of the running text: the element that holds so much of it holds the article
var SIDE_SHARE = 0.5; // named like a side column, but with more of the text than this it is what the page is about
var MIN_TEASERS = 3;
var TEASER_WORDS = 120; // under each linked heading; more is a blog that shows whole articles

var BLOCK_NAMES = new Set(BLOCKS.split(","));
var SKIPPED_NAMES = new Set(NOT_PROSE.split(","));
var SIDE_NAMES = new Set(["nav", "footer", "aside", "dialog"]);
var SIDE_ROLES = new Set(["navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu"]);
var SIDE_WORDS = new RegExp(
  "(^|[-_ ])(comments?|commentlist|disqus|respond|reviews?|sidebar|related|recommend\\w*|promo|newsletter|sign-?up|" +
    "cookie\\w*|consent|breadcrumbs?|share|social|paywall|subscribe|footer|foot|advert\\w*|ads?|toolbar)([-_ ]|$)",
  "i",
);
var SENTENCE_END = /[.!?…]["'’”)\]]*(\s|$)/;
var KEPT_WHEN_SHORT = /^(h[1-6]|p|li|dt|dd|blockquote|summary|pre)$/;

/**
 * The blocks of a document's shown text, side matter told from the rest.
 * @param {Document} document
 * @returns {Part}
 */
function surveyText(document) {
  const root = makePart(document.body ?? document.documentElement);
  surveyBelow(root.element, root, false);
  sumProse(root);
  const total = root.prose;
  sumProse(root, total);
  return root;
}

/**
 * @param {Element} element
 * @returns {Part}
 */
function makePart(element) {
  return { element, kids: [], texts: [], words: 0, linked: 0, isSentence: false, prose: 0, isSide: false };
}

/**
 * @param {Element | ShadowRoot} parent
 * @param {Part} block to which the words belong
 * @param {boolean} isLinked
 */
function surveyBelow(parent, block, isLinked) {
  let isHidden = false;
  let isAsked = false;
  for (const node of flatChildren(parent)) {
    if (node.nodeType === 1) surveyElement(/** @type {Element} */ (node), block, isLinked);
    if (node.nodeType !== 3 || !/\S/.test(/** @type {Text} */ (node).data)) continue;
    if (!isAsked) isHidden = !isShown(/** @type {Element} */ (node.parentElement ?? block.element));
    isAsked = true;
    if (!isHidden) addText(block, /** @type {Text} */ (node), isLinked);
  }
}

/**
 * @param {Element} element
 * @param {Part} block
 * @param {boolean} isLinked
 */
function surveyElement(element, block, isLinked) {
  const name = element.localName;
  if (SKIPPED_NAMES.has(name) || isEditable(element)) return;
  const linked = isLinked || (name === "a" && element.hasAttribute("href"));
  const isBlock = BLOCK_NAMES.has(name) || name.includes("-");
  if (!isBlock) return surveyBelow(element, block, linked);
  const part = makePart(element);
  surveyBelow(element, part, linked);
  if (part.words > 0 || part.kids.length > 0) block.kids.push(part);
}

/**
 * @param {Part} block
 * @param {Text} text
 * @param {boolean} isLinked
 */
function addText(block, text, isLinked) {
  const words = text.data.match(/\S+/g)?.length ?? 0;
  block.texts.push(text);
  block.words += words;
  if (isLinked) block.linked += words;
  block.isSentence ||= SENTENCE_END.test(text.data);
}

/**
 * Running text in and below a part; with the page's total, side matter no longer counts.
 * @param {Part} part
 * @param {number} [total]
 */
function sumProse(part, total = 0) {
  if (total > 0 && part.prose < SIDE_SHARE * total) part.isSide = isSideElement(part.element);
  part.prose = isProse(part) ? part.words : 0;
  for (const kid of part.kids) {
    sumProse(kid, total);
    part.prose += kid.isSide ? 0 : kid.prose;
  }
}

/** @param {Part} part */
function isProse({ element, words, linked, isSentence }) {
  if (words < MIN_PROSE_WORDS || !isSentence || linked > MAX_LINKED_SHARE * words) return false;
  return !/^(h[1-6]|figcaption|caption|th)$/.test(element.localName);
}

/** @param {Element} element */
function isSideElement(element) {
  if (SIDE_NAMES.has(element.localName) || SIDE_ROLES.has(element.getAttribute("role") ?? "")) return true;
  return SIDE_WORDS.test(`${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""}`);
}

/**
 * The innermost part that holds nearly all the running text.
 * @param {Part} part
 * @returns {Part}
 */
function mainPart(part) {
  const inner = part.kids.find((kid) => !kid.isSide && kid.prose >= MAIN_SHARE * part.prose);
  return inner && inner.kids.length > 0 ? mainPart(inner) : (inner ?? part);
}

/**
 * Is the part a list of teasers: a front page, a blog's index, search results? Their headings are links to elsewhere,
 * with little text under each.
 * @param {Part} part
 */
function isIndex(part) {
  const headings = inOrder(part).filter(({ element }) => /^h[1-6]$/.test(element.localName));
  const leading = headings.filter(isLinkAway).length;
  return leading >= MIN_TEASERS && leading >= headings.length / 2 && part.prose < TEASER_WORDS * leading;
}

/** @param {Part} heading */
function isLinkAway({ element, words, linked }) {
  const link = element.closest("a[href]") ?? element.querySelector("a[href]");
  return linked > words / 2 && link !== null && !link.getAttribute("href")?.startsWith("#");
}

/**
 * A part and all below it, in the page's order, side matter left out.
 * @param {Part} part
 * @returns {Part[]}
 */
function inOrder(part) {
  return part.isSide ? [] : [part, ...part.kids.flatMap(inOrder)];
}

/**
 * The texts of an article: its running text, and the short blocks between that are no menus.
 * @param {Part} part
 * @returns {Set<Text>}
 */
function proseTexts(part) {
  const blocks = inOrder(part);
  const first = blocks.findIndex(isProse);
  const last = blocks.findLastIndex(isProse);
  const kept = blocks.filter((block, at) => at >= first && at <= last && (isProse(block) || isShortMatter(block)));
  return new Set(kept.flatMap(({ texts }) => texts));
}

/** @param {Part} block */
function isShortMatter({ element, words, linked, isSentence }) {
  return linked <= MAX_LINKED_SHARE * words && (isSentence || KEPT_WHEN_SHORT.test(element.localName));
}
