/** Which sites a search page's results lead to. Search engines wrap some links; what is inside is read, not fetched. */

/** @typedef {{link: HTMLAnchorElement, site: string}} Result */

var WRAPPED_IN = ["uddg", "url", "q", "u"]; // parameters that hold the address a link leads on to
var HEADING = "h1, h2, h3, h4, [role=heading]";

/**
 * The results' main links: for each address the one with a heading, else the first with words in it.
 * @param {Document} document
 * @returns {Result[]}
 */
function resultsOf(document) {
  /** @type {Map<string, Result & {isTitle: boolean}>} */
  const found = new Map();
  for (const link of document.querySelectorAll("a[href]")) {
    const result = resultOf(/** @type {HTMLAnchorElement} */ (link), document.location.hostname);
    if (!result) continue;
    const before = found.get(result.address);
    if (!before || (result.isTitle && !before.isTitle)) found.set(result.address, result);
  }
  const all = [...found.values()];
  const titled = new Set(all.filter(({ isTitle }) => isTitle).map(({ site }) => site));
  return all.filter(({ site, isTitle }) => isTitle || !titled.has(site));
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} here the search engine's host
 */
function resultOf(link, here) {
  if (!/\S/.test(link.textContent ?? "")) return null;
  const target = targetOf(link.href, here);
  if (!target) return null;
  const isTitle = link.querySelector(HEADING) !== null || link.closest(HEADING) !== null;
  return { link, isTitle, site: target.hostname.replace(/^www\./, ""), address: target.href };
}

/**
 * Where a link leads; null when that is the search engine itself, or no web page.
 * @param {string} href
 * @param {string} here the search engine's host
 */
function targetOf(href, here) {
  const url = webAddress(href);
  if (!url) return null;
  const target = isOwnHost(url.hostname, here) ? unwrapped(url) : url;
  return target && !isOwnHost(target.hostname, here) ? target : null;
}

/** @param {URL} url a link of the search engine's own */
function unwrapped(url) {
  if (url.pathname.endsWith("/search")) return null; // what was searched for may be an address itself
  const values = WRAPPED_IN.map((name) => url.searchParams.get(name));
  const inPath = /\/RU=([^/]+)\//.exec(url.pathname)?.[1]; // Yahoo
  for (const value of [...values, inPath ? decodeURIComponent(inPath) : null]) {
    const target = value ? webAddress(value) ?? webAddress(fromBase64(value)) : null;
    if (target) return target;
  }
  return null;
}

/**
 * Bing writes addresses as a1 and base64 for web addresses.
 * @param {string} value
 */
function fromBase64(value) {
  if (!/^a1[\w-]+$/.test(value)) return "";
  try {
    return atob(value.slice(2).replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    return "";
  }
}

/** @param {string} text */
function webAddress(text) {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * Does a host belong to the search engine whose page this is?
 * @param {string} host
 * @param {string} here
 */
function isOwnHost(host, here) {
  const owner = here.replace(/^(www|search|html|lite|cn)\./, "");
  return host === owner || host.endsWith(`.${owner}`);
}
