/**
 * The reader's labels as this browser keeps them, in one value that is always written whole. A row holds its text only
 * until the server has it.
 */

const KEY = "labels";
const MOST_ROWS = 1_000; // older ones that were delivered can no longer be undone here
const MOST_WAITING_UNITS = 3_000_000; // of text; the browser gives an extension's storage 10 MB

/**
 * id: chosen here and told to the server, so that a label sent twice counts once. hash: of the text. isTried: the
 * server may have it. serverId: it has it, by this number. isUndone: the reader took it back. refused: the server's
 * reason why it does not want it.
 * @typedef {"spun" | "not-spun"} LabelName
 * @typedef {{id: string, label: LabelName, hash: string, text: string | null, url: string | null, title: string | null,
 *   isTried: boolean, serverId: number | null, isUndone: boolean, refused: string | null}} LabelRow
 * @typedef {{count: number, rows: LabelRow[]}} Book count: of all labels that were given and not taken back
 */

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} local
 * @returns {Promise<Book>}
 */
export async function readBook(local) {
  const stored = /** @type {Book | undefined} */ ((await local.get(KEY))[KEY]);
  return stored ?? { count: 0, rows: [] };
}

/**
 * Did a change of the storage touch the labels?
 * @param {Record<string, unknown>} changes
 */
export function isBookChange(changes) {
  return KEY in changes;
}

/**
 * What the reader said last of the text, and did not take back.
 * @param {Book} book
 * @param {string} hash
 */
export function labelOf({ rows }, hash) {
  return rows.findLast((row) => row.hash === hash && !row.isUndone);
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get" | "set">} local
 */
export function createLabelBook(local) {
  /** @type {Promise<unknown>} changes take their turn */
  let last = Promise.resolve();

  /** @param {(book: Book) => Book} turn */
  function change(turn) {
    const done = last.then(async () => local.set({ [KEY]: turn(await readBook(local)) }));
    last = done.catch(() => undefined); // the next change has nothing to do with it
    return done;
  }

  return {
    read: () => readBook(local),
    /**
     * Add a label in the place of what was said of the same text before; false when too much waits already.
     * @param {LabelRow} row
     */
    async add(row) {
      const { rows } = await readBook(local);
      const waiting = rows.reduce((sum, { text }) => sum + (text?.length ?? 0), row.text?.length ?? 0);
      if (waiting > MOST_WAITING_UNITS) return false;
      const said = labelOf({ count: 0, rows }, row.hash);
      if (said) await this.undo(said.id);
      await change((book) => ({ count: book.count + 1, rows: kept([...book.rows, row]) }));
      return true;
    },
    /**
     * Take a label back. It goes at once where the server cannot have it.
     * @param {string} id
     */
    async undo(id) {
      await change(({ count, rows }) => {
        const row = rows.find((one) => one.id === id && !one.isUndone);
        if (!row) return { count, rows };
        const isOnlyHere = row.refused !== null || (!row.isTried && row.serverId === null);
        const others = rows.filter((one) => one !== row);
        const lower = Math.max(0, count - 1);
        return { count: lower, rows: isOnlyHere ? others : [...others, { ...row, isUndone: true }] };
      });
    },
    /**
     * Change one row; nothing when it is gone.
     * @param {string} id
     * @param {Partial<LabelRow>} news
     */
    async note(id, news) {
      const noted = /** @param {LabelRow} row */ (row) => (row.id === id ? { ...row, ...news } : row);
      await change(({ count, rows }) => ({ count, rows: rows.map(noted) }));
    },
    /** @param {string} id */
    async drop(id) {
      await change(({ count, rows }) => ({ count, rows: rows.filter((row) => row.id !== id) }));
    },
  };
}

/** @typedef {ReturnType<typeof createLabelBook>} LabelBook */

/**
 * Without the oldest delivered rows where there are too many.
 * @param {LabelRow[]} rows
 */
function kept(rows) {
  const surplus = rows.filter(({ text }) => text === null).slice(0, Math.max(0, rows.length - MOST_ROWS));
  return rows.filter((row) => !surplus.includes(row));
}
