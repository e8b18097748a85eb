/**
 * Which sites the reader has seen spun: for each site the pages that were checked, and what came out. Kept on this
 * computer's disk. Pages are known by a salted hash of their address, enough to count none twice.
 */

import { hashOf } from "../lib/text-hash.js";

/**
 * @typedef {{pages: number, spun: number}} Counts
 * @typedef {{pages: Record<string, 0 | 1>, at: number}} Row pages: by hash, 1 for spun; at: last change, milliseconds
 */

export const MIN_SPUN_PAGES = 2; // one page may be a guest's, or one of the false alarms that are bound to come
export const MIN_SPUN_SHARE = 0.5; // of the pages read there: a large site is not its worst author
const MAX_SITES = 3_000;
const MAX_PAGES = 100; // of one site; with the sites' limit well under the 10 MB that the browser allows
const HASH_DIGITS = 12;
const SALT = "seenSalt";
const PREFIX = "seen:";

/**
 * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} area
 * @param {() => number} now in milliseconds
 */
export function createSeen(area, now) {
  let last = Promise.resolve();

  async function salt() {
    const kept = (await area.get(SALT))[SALT];
    if (typeof kept === "string") return kept;
    const made = crypto.randomUUID();
    await area.set({ [SALT]: made });
    return made;
  }

  /** @returns {Promise<Map<string, Row>>} */
  async function rows() {
    const stored = /** @type {Record<string, Row>} */ (await area.get(null));
    const found = Object.entries(stored).filter(([key]) => key.startsWith(PREFIX));
    return new Map(found.map(([key, row]) => [key.slice(PREFIX.length), row]));
  }

  /**
   * @param {string} address
   * @param {boolean} isSpun
   */
  async function put(address, isSpun) {
    const { hostname, href } = new URL(address);
    const key = PREFIX + siteOf(hostname);
    const hash = (await hashOf((await salt()) + href.replace(/#.*$/, ""))).slice(0, HASH_DIGITS);
    const row = /** @type {Row | undefined} */ ((await area.get(key))[key]);
    const others = Object.entries(row?.pages ?? {}).filter(([known]) => known !== hash);
    const pages = Object.fromEntries([...others.slice(1 - MAX_PAGES), [hash, isSpun ? 1 : 0]]);
    await area.set({ [key]: { pages, at: now() } });
    if (!row) await dropOldest();
  }

  async function dropOldest() {
    const kept = [...(await rows())];
    if (kept.length <= MAX_SITES) return;
    const oldest = kept.sort(([, one], [, other]) => one.at - other.at).slice(0, kept.length - MAX_SITES);
    await area.remove(oldest.map(([site]) => PREFIX + site));
  }

  return {
    /**
     * Note what a page turned out to be; calls take their turn.
     * @param {string} address
     * @param {boolean} isSpun
     */
    remember(address, isSpun) {
      last = last.then(() => put(address, isSpun));
      return last;
    },
    /**
     * Those of the sites that are marked, with what was counted there.
     * @param {readonly string[]} sites
     * @returns {Promise<Record<string, Counts>>}
     */
    async marked(sites) {
      const stored = /** @type {Record<string, Row>} */ (await area.get(sites.map((site) => PREFIX + site)));
      const counted = Object.entries(stored).map(([key, row]) => [key.slice(PREFIX.length), countsOf(row)]);
      return Object.fromEntries(counted.filter(([, counts]) => isMarked(/** @type {Counts} */ (counts))));
    },
    /**
     * Every site on the list, by name.
     * @returns {Promise<Map<string, Counts>>}
     */
    async all() {
      const kept = [...(await rows())].map(([site, row]) => /** @type {const} */ ([site, countsOf(row)]));
      return new Map(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
    },
    /** Forget all of it. */
    async wipe() {
      await last;
      await area.remove([SALT, ...[...(await rows()).keys()].map((site) => PREFIX + site)]);
    },
  };
}

/** @typedef {ReturnType<typeof createSeen>} Seen */

/**
 * Does so much of what was read there turn out spun that the site's links are marked?
 * @param {Counts} counts
 */
export function isMarked({ pages, spun }) {
  return spun >= MIN_SPUN_PAGES && spun >= MIN_SPUN_SHARE * pages;
}

/**
 * The name that a host goes by in the list.
 * @param {string} host
 */
export function siteOf(host) {
  return host.replace(/^www\./, "");
}

/**
 * The marked sites as rules for uBlacklist, which hides them from search results.
 * @param {Map<string, Counts>} sites
 */
export function rulesOf(sites) {
  const lines = [...sites].filter(([, counts]) => isMarked(counts)).map(([site]) => ruleOf(site));
  return ["# Sites seen spun, by unspun", ...lines, ""].join("\n");
}

/** @param {string} site */
function ruleOf(site) {
  const isAddress = /^[\d.]+$|^\[/.test(site); // of a machine, which has nothing below it
  return isAddress ? `*://${site}/*` : `*://*.${site}/*`;
}

/**
 * @param {Row} row
 * @returns {Counts}
 */
function countsOf({ pages }) {
  const found = Object.values(pages);
  return { pages: found.length, spun: found.filter((isSpun) => isSpun === 1).length };
}
