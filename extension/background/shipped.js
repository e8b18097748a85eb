/** The model that came with the extension: files of its own, read through the browser. */

import { isReadable } from "../engine/manifest.js";

/**
 * @typedef {import("../engine/manifest.js").Manifest} Manifest
 * @param {(address: string) => Promise<Response>} read fetches a file of the extension; rejects when there is none
 */
export function createShipped(read) {
  return {
    /**
     * Its manifest; null when the extension was put together without a model.
     * @returns {Promise<Manifest | null>}
     */
    async manifest() {
      try {
        const manifest = await (await read("model/manifest.json")).json();
        return isReadable(manifest) ? manifest : null;
      } catch {
        return null;
      }
    },
    /** @returns {Promise<ArrayBuffer>} */
    async tables() {
      return (await read("model/tables.bin")).arrayBuffer();
    },
    /**
     * Rejects for a model that has none.
     * @returns {Promise<ArrayBuffer>}
     */
    async wording() {
      return (await read("model/wording.bin")).arrayBuffer();
    },
  };
}

/** @typedef {ReturnType<typeof createShipped>} Shipped */
