/**
 * A zip file whose bytes depend on the files alone: sorted by name, one fixed date, and not compressed, since
 * compressors differ from one Node to the next. Stores unpack what they are sent and compress it anew.
 */

import { crc32 } from "node:zlib";

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20; // of the format, 2.0, which every program reads
const NAMES_ARE_UTF8 = 0x0800;
const DATE = (1 << 5) | 1; // 1 January 1980, the earliest there is

/**
 * @param {ReadonlyMap<string, Uint8Array>} files by name, with forward slashes
 * @returns {Buffer}
 */
export function zipOf(files) {
  const names = [...files.keys()].sort();
  /** @type {Buffer[]} */
  const bodies = [];
  /** @type {Buffer[]} */
  const entries = [];
  let at = 0;
  for (const name of names) {
    const bytes = /** @type {Uint8Array} */ (files.get(name));
    const facts = factsOf(name, bytes);
    const body = Buffer.concat([signature(LOCAL), facts, Buffer.from(name), bytes]);
    entries.push(entryOf(name, facts, at));
    bodies.push(body);
    at += body.length;
  }
  const directory = Buffer.concat(entries);
  return Buffer.concat([...bodies, directory, endOf(names.length, directory.length, at)]);
}

/**
 * What local header and directory both say of a file, up to the length of the extra field.
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function factsOf(name, bytes) {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(NAMES_ARE_UTF8, 2);
  facts.writeUInt16LE(DATE, 8);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(bytes.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(Buffer.byteLength(name), 22);
  return facts;
}

/**
 * @param {string} name
 * @param {Buffer} facts
 * @param {number} at where its local header stands
 */
function entryOf(name, facts, at) {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(VERSION);
  const rest = Buffer.alloc(14); // no note, no attributes
  rest.writeUInt32LE(at, 10);
  return Buffer.concat([signature(ENTRY), madeBy, facts, rest, Buffer.from(name)]);
}

/**
 * @param {number} count
 * @param {number} length of the directory
 * @param {number} at where it stands
 */
function endOf(count, length, at) {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([signature(END), end]);
}

/** @param {number} mark */
function signature(mark) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(mark);
  return bytes;
}
