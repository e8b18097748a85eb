/** The page as it is shown: open shadow trees in their hosts' place, frames of the same origin, what is hidden. */

var MIN_FRAME_PX = 200; // smaller frames hold adverts and buttons
var MAX_FRAMES = 8;

/**
 * The children a node is shown with: a shadow tree instead of its host's own, what fills a slot instead of the slot.
 * @param {Node} node
 * @returns {Iterable<Node>}
 */
function flatChildren(node) {
  const element = /** @type {Element} */ (node);
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (element.localName !== "slot") return node.childNodes;
  const filling = /** @type {HTMLSlotElement} */ (element).assignedNodes({ flatten: true });
  return filling.length > 0 ? filling : node.childNodes;
}

/**
 * Visit everything below a node in the order of reading, until `visit` answers false.
 * @param {Node} node
 * @param {(node: Node) => boolean} visit
 * @returns {boolean}
 */
function walkFlat(node, visit) {
  for (const child of flatChildren(node)) if (!visit(child) || !walkFlat(child, visit)) return false;
  return true;
}

/**
 * The element a text stands in; a shadow tree's host for a text right below its root.
 * @param {Text} text
 * @returns {Element | null}
 */
function holderOf(text) {
  return text.parentElement ?? /** @type {ShadowRoot | null} */ (text.parentNode)?.host ?? null;
}

/**
 * The open shadow trees of a document, those within others too.
 * @param {Document | ShadowRoot} root
 * @returns {ShadowRoot[]}
 */
function shadowTrees(root) {
  const own = [...root.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? []);
  return own.flatMap((tree) => [tree, ...shadowTrees(tree)]);
}

/**
 * The documents of the frames that are of the page's own origin and large enough to read in.
 * @param {Document} document
 * @returns {Document[]}
 */
function frameDocuments(document) {
  const frames = /** @type {HTMLIFrameElement[]} */ ([...document.querySelectorAll("iframe, frame")]);
  const large = frames.filter((frame) => frame.clientWidth >= MIN_FRAME_PX && frame.clientHeight >= MIN_FRAME_PX);
  return large.slice(0, MAX_FRAMES).flatMap((frame) => (isShown(frame) && frame.contentDocument) || []);
}

/**
 * All that a document shows and does not report changes of: shadow trees and frames' documents.
 * @param {Document} document
 * @returns {(Document | ShadowRoot)[]}
 */
function insides(document) {
  return [...shadowTrees(document), ...frameDocuments(document)];
}

/**
 * A document with a copy of the element, to take apart; `number` names each live element with words of its own in the
 * copy, and `live` is in the order of these numbers.
 * @param {Element} root
 * @param {string} number the attribute that holds them
 * @returns {{copy: Document, live: Element[]}}
 */
function numberedCopy(root, number) {
  const document = root.ownerDocument;
  const copy = document.implementation.createHTMLDocument(document.title);
  let live = [root, ...root.querySelectorAll("*")];
  const isFlat = live.every((element) => !element.shadowRoot && element.localName !== "slot");
  const twin = copy.importNode(root, isFlat);
  if (!isFlat) live = [root, ...fillFlat(root, twin)];
  if (root.localName === "body") copy.documentElement.replaceChild(twin, copy.body);
  else copy.body.append(twin);
  [twin, ...twin.querySelectorAll("*")].forEach((element, index) => {
    if (hasWords(element)) element.setAttribute(number, String(index));
  });
  return { copy, live };
}

/**
 * Fill a copied element with shadow trees laid open, which cloning leaves out; gives the live elements in order.
 * @param {Element} from
 * @param {Element} to
 * @returns {Element[]}
 */
function fillFlat(from, to) {
  const live = /** @type {Element[]} */ ([]);
  for (const child of flatChildren(from)) {
    const twin = to.appendChild(to.ownerDocument.importNode(child, false));
    if (child.nodeType !== 1) continue;
    const element = /** @type {Element} */ (child);
    live.push(element, ...fillFlat(element, /** @type {Element} */ (twin)));
  }
  return live;
}

/**
 * Has the element words of its own, not only in its children?
 * @param {Element} element
 */
function hasWords(element) {
  if (element.matches(NOT_PROSE)) return false;
  return [...element.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.nodeValue ?? ""));
}

/** @param {Element} element */
function isShown(element) {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}

/**
 * Is it being written in? What people write is no article.
 * @param {Element} element
 */
function isEditable(element) {
  return /^(|true|plaintext-only)$/.test(element.getAttribute("contenteditable") ?? "no");
}
