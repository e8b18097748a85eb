/**
 * Labels on their way to the server. Kept first, sent after; a row that was sent and not answered is sent again under
 * the same id, which the server counts once.
 */

import { hashOf } from "../lib/text-hash.js";

/**
 * @typedef {import("./label-book.js").LabelRow} LabelRow
 * @typedef {Pick<import("./server.js").Server, "isPaired" | "label" | "undoLabel">} LabelServer
 * @typedef {{text: string, url: string | null, title: string | null}} Labelled
 */

/**
 * @param {{book: import("./label-book.js").LabelBook, connect: () => Promise<LabelServer>, newId: () => string}} parts
 */
export function createLabels({ book, connect, newId }) {
  /** @type {Promise<void>} */
  let last = Promise.resolve();

  async function deliverAll() {
    const server = await connect();
    if (!server.isPaired) return;
    for (let row = waitingOf(await book.read()); row; row = waitingOf(await book.read())) {
      if (!(await deliverOne(server, row))) return;
    }
  }

  /**
   * One step for one row; false when the server cannot be asked now.
   * @param {LabelServer} server
   * @param {LabelRow} row
   */
  async function deliverOne(server, row) {
    if (row.serverId !== null) return takeBack(server, row, row.serverId);
    if (row.isUndone && !row.isTried) return book.drop(row.id).then(() => true);
    await book.note(row.id, { isTried: true });
    const { text, label, url, title, id } = row;
    const answer = await server.label({ text: text ?? "", label, url, title, client_id: id });
    if (answer.ok) await book.note(id, { serverId: answer.value.id, text: null, url: null, title: null });
    else if (answer.trouble.kind === "problem") await refuse(row, answer.trouble.detail ?? "");
    else return false;
    return true;
  }

  /**
   * @param {LabelServer} server
   * @param {LabelRow} row
   * @param {number} serverId
   */
  async function takeBack(server, row, serverId) {
    const answer = await server.undoLabel(serverId);
    if (!answer.ok && answer.trouble.kind !== "problem") return false; // a problem: the server no longer has it
    await book.drop(row.id);
    return true;
  }

  /**
   * @param {LabelRow} row
   * @param {string} reason
   */
  async function refuse(row, reason) {
    if (row.isUndone) await book.drop(row.id);
    else await book.note(row.id, { refused: reason, text: null, url: null, title: null });
  }

  return {
    /**
     * Keep what the reader says of a text; false when it could not be kept.
     * @param {Labelled} what
     * @param {import("./label-book.js").LabelName} label
     */
    async give({ text, url, title }, label) {
      const row = { id: newId(), label, hash: await hashOf(text), text, url, title };
      const fresh = { isTried: false, serverId: null, isUndone: false, refused: null };
      const isKept = await book.add({ ...row, ...fresh }).catch(() => false); // the browser's storage is full
      if (isKept) void this.deliver();
      return isKept;
    },
    /** @param {string} id */
    async undo(id) {
      await book.undo(id);
      void this.deliver();
    },
    /** Send what waits; one delivery at a time. */
    deliver() {
      last = last.then(deliverAll).catch(() => undefined); // what could not be stored is tried again the next time
      return last;
    },
  };
}

/** @typedef {ReturnType<typeof createLabels>} Labels */

/** @param {import("./label-book.js").Book} book */
function waitingOf({ rows }) {
  return rows.find(({ serverId, isUndone, refused }) => refused === null && (serverId === null || isUndone));
}
