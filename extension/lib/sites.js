/** Which sites the reader switched off: host names, each with everything below it. */

/**
 * The host of a web address, or null for pages that are not web pages (settings, blank, files).
 * @param {string | undefined} address
 */
export function hostOf(address) {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "http:" || url.protocol === "https:" ? url.hostname : null;
  } catch {
    return null;
  }
}

/**
 * Is this host, or a parent of it, on the list?
 * @param {string} host
 * @param {readonly string[]} sitesOff
 */
export function isSiteOff(host, sitesOff) {
  return sitesOff.some((site) => host === site || host.endsWith(`.${site}`));
}

/**
 * The list with this host switched on or off; parents that cover the host go when it is switched on.
 * @param {string} host
 * @param {readonly string[]} sitesOff
 * @param {boolean} off
 */
export function withSite(host, sitesOff, off) {
  const rest = sitesOff.filter((site) => !isSiteOff(host, [site]));
  return off ? [...rest, host].sort() : rest;
}

/**
 * What a reader typed, one host a line; whole addresses are accepted and cut down to their host.
 * @param {string} typed
 * @returns {{hosts: string[], wrong: string[]}}
 */
export function parseHosts(typed) {
  const lines = typed.split("\n").map((line) => line.trim());
  /** @type {Set<string>} */
  const hosts = new Set();
  const wrong = [];
  for (const line of lines.filter((one) => one !== "")) {
    const host = hostOf(/^https?:\/\//i.test(line) ? line : `http://${line}`);
    if (host && !/\s/.test(line)) hosts.add(host.replace(/^www\./, ""));
    else wrong.push(line);
  }
  return { hosts: [...hosts].sort(), wrong };
}
