/**
 * The model taken over from the server, on this browser's disk. In IndexedDB because it holds bytes as they are and
 * needs no permission; chrome.storage would hold 9 MB as text, a third longer, where it allows 10.
 */

const DATABASE = "unspun";
const STORE = "model";
const VERSION = 1;

/**
 * id: the model last looked at; shipped: which model the extension shipped then; taken: whether it could be used.
 * @typedef {{id: string, shipped: string | null, taken: boolean}} Note
 * @typedef {{manifest: import("../engine/manifest.js").Manifest, tables: ArrayBuffer}} KeptModel
 */

/**
 * @param {IDBFactory} factory
 */
export function createShelf(factory) {
  return {
    /** @returns {Promise<Note | undefined>} */
    async note() {
      return inStore(factory, "readonly", (store) => store.get("note"));
    },
    /** @returns {Promise<KeptModel | undefined>} */
    async model() {
      return inStore(factory, "readonly", (store) => store.get("model"));
    },
    /** @returns {Promise<ArrayBuffer | undefined>} */
    async wording() {
      return inStore(factory, "readonly", (store) => store.get("wording"));
    },
    /**
     * Keep a model, or no model, with the note on it; all or nothing.
     * @param {Note} note
     * @param {KeptModel} [model]
     * @param {ArrayBuffer} [wording] its wording tables
     */
    async put(note, model, wording) {
      await inStore(factory, "readwrite", (store) => {
        store.put(model, "model");
        store.put(wording, "wording");
        return store.put(note, "note");
      });
    },
  };
}

/** @typedef {ReturnType<typeof createShelf>} Shelf */

/**
 * @param {IDBFactory} factory
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} work
 */
async function inStore(factory, mode, work) {
  const opening = factory.open(DATABASE, VERSION);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    database.close();
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
