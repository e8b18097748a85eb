/** On which pages the reader closed the banner: hashes of their texts, until the browser closes. */

const KEY = "dismissed";
const MOST = 200;

/**
 * @param {Pick<chrome.storage.StorageArea, "get" | "set">} session
 */
export function createDismissed(session) {
  /** @returns {Promise<string[]>} */
  async function all() {
    const stored = (await session.get(KEY))[KEY];
    return Array.isArray(stored) ? stored : [];
  }

  return {
    /** @param {string} hash of the text */
    async has(hash) {
      return (await all()).includes(hash);
    },
    /** @param {string} hash */
    async add(hash) {
      const others = (await all()).filter((one) => one !== hash);
      await session.set({ [KEY]: [...others, hash].slice(-MOST) });
    },
  };
}

/** @typedef {ReturnType<typeof createDismissed>} Dismissed */
