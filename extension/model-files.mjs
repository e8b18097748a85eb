/**
 * From a model's folder to the files that the extension ships: its .npz archives (zips of NumPy arrays) repacked as the
 * engine reads them (engine/packed.js). Runs in Node when the extension is put together, so no browser reads a zip.
 */

import { inflateRawSync } from "node:zlib";
import { wordsOf } from "./engine/ngrams.js";
import { ALIGNMENT } from "./engine/packed.js";
import { TABLES_ARRAYS, TABLES_MAGIC } from "./engine/tables.js";
import { symbolise } from "./engine/text.js";
import { MAX_PHRASE_WORDS, WORDING_ARRAYS, WORDING_MAGIC, runKeys } from "./engine/wording.js";

const END_OF_ZIP = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const DEFLATED = 8;

/**
 * @typedef {{size: number, data: Buffer}} Column bytes an item; the items, little-endian
 */

/**
 * The packed tables of a tables.npz. Throws an Error that names what is wrong.
 * @param {Buffer} npz
 */
export function packTables(npz) {
  const files = unzip(npz);
  return pack(TABLES_MAGIC, TABLES_ARRAYS.map((name) => readArray(name, files)));
}

/**
 * The packed tables of a wording.npz, its phrases sorted by key. Throws an Error that names what is wrong.
 * @param {Buffer} npz
 */
export function packWording(npz) {
  const files = unzip(npz);
  const phrases = readArray("phrases", files).data.toString("utf8").split("\n");
  const keys = Uint32Array.from(phrases, keyOf);
  const order = [...keys.keys()].sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
  const sizes = readArray("sizes", files);
  const firsts = [0];
  for (const size of sizes.data) firsts.push((firsts.at(-1) ?? 0) + size);
  const pairs = order.flatMap((row) => rangeOf(firsts[row] ?? 0, firsts[row + 1] ?? 0));
  const columns = new Map([
    ["keys", { size: 4, data: Buffer.from(Uint32Array.from(order, (row) => keys[row] ?? 0).buffer) }],
    ["left_alone", reordered(readArray("left_alone", files), order)],
    ["sizes", reordered(sizes, order)],
    ...["candidates", "rates", "speakers"].map((name) => named(name, reordered(readArray(name, files), pairs))),
    ...["originals", "entries", "words"].map((name) => named(name, readArray(name, files))),
  ]);
  return pack(WORDING_MAGIC, WORDING_ARRAYS.map((name) => /** @type {Column} */ (columns.get(name))));
}

/**
 * @param {string} name
 * @param {Column} column
 * @returns {[string, Column]}
 */
function named(name, column) {
  return [name, column];
}

/**
 * The key that the words of a phrase have in a text.
 * @param {string} phrase
 */
function keyOf(phrase) {
  const { hashes } = wordsOf(symbolise(phrase));
  return hashes.length > MAX_PHRASE_WORDS ? 0 : (runKeys(hashes)[hashes.length - 1]?.[0] ?? 0);
}

/**
 * @param {number} start
 * @param {number} end
 */
function rangeOf(start, end) {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/**
 * @param {Column} column
 * @param {number[]} order
 * @returns {Column}
 */
function reordered({ size, data }, order) {
  const moved = Buffer.alloc(order.length * size);
  order.forEach((row, i) => data.copy(moved, i * size, row * size, (row + 1) * size));
  return { size, data: moved };
}

/**
 * @param {string} magic
 * @param {Column[]} columns
 * @returns {Uint8Array<ArrayBuffer>}
 */
function pack(magic, columns) {
  const header = Buffer.alloc(magic.length + 8 * columns.length);
  header.set(Buffer.from(magic));
  columns.forEach(({ size, data }, i) => {
    header.writeUInt32LE(size, magic.length + 8 * i);
    header.writeUInt32LE(data.length / size, magic.length + 8 * i + 4);
  });
  const padded = columns.flatMap(({ data }) => [data, Buffer.alloc(-data.length & (ALIGNMENT - 1))]);
  return Uint8Array.from(Buffer.concat([header, ...padded]));
}

/**
 * The files of a zip, by name. NumPy writes no comment behind the end record.
 * @param {Buffer} zip
 */
function unzip(zip) {
  const end = zip.length - END_BYTES;
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_ZIP) throw new Error("the model's file is no zip file");
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error("the model's file is damaged");
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + (nameBytes ?? 0));
    files.set(name, readEntry(zip, at));
    at += ENTRY_BYTES + (nameBytes ?? 0) + (extraBytes ?? 0) + (noteBytes ?? 0);
  }
  return files;
}

/**
 * @param {Buffer} zip
 * @param {number} at
 */
function readEntry(zip, at) {
  const local = zip.readUInt32LE(at + 42);
  const start = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  return zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(bytes) : bytes;
}

/**
 * The items of an array, in row order.
 * @param {string} name
 * @param {Map<string, Buffer>} files
 * @returns {Column}
 */
function readArray(name, files) {
  const file = files.get(`${name}.npy`);
  if (!file) throw new Error(`the model's file holds no ${name}`);
  const isFirstVersion = file[6] === 1;
  const start = isFirstVersion ? 10 : 12;
  const headerBytes = isFirstVersion ? file.readUInt16LE(8) : file.readUInt32LE(8);
  const header = file.toString("latin1", start, start + headerBytes);
  const kind = /'descr': '[<|][uif](\d)'/.exec(header);
  const isByRow = header.includes("'fortran_order': False");
  if (!kind || !isByRow) throw new Error(`${name} is laid out as ${header}`);
  return { size: Number(kind[1]), data: file.subarray(start + headerBytes) };
}
