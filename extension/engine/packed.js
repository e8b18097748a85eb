/**
 * Arrays packed into one run of bytes: what server/tables.py sends and extension/assemble.mjs ships.
 * Eight bytes of magic; for each array its bytes an item and its number of items (uint32 each); then the arrays, each
 * padded to eight bytes. All little-endian, as the typed arrays of every browser's machine are.
 */

export const ALIGNMENT = 8;

/** The bytes are no tables that this engine can read. */
export class TablesError extends Error {}

/**
 * @template T
 * @typedef {{new (buffer: ArrayBuffer, at: number, items: number): T, BYTES_PER_ELEMENT: number}} Kind
 */

/**
 * Views into the bytes, which are not copied. Throws TablesError.
 * @param {ArrayBuffer} buffer
 * @param {string} magic
 * @param {number} arrays how many there are
 */
export function readPacked(buffer, magic, arrays) {
  const headerBytes = magic.length + 8 * arrays;
  const found = new TextDecoder().decode(buffer.slice(0, magic.length));
  if (found !== magic || buffer.byteLength < headerBytes) throw new TablesError(`The tables begin with ${found}`);
  const header = new DataView(buffer, magic.length);
  let at = headerBytes;
  const places = Array.from({ length: arrays }, (_, i) => {
    const place = { size: header.getUint32(8 * i, true), items: header.getUint32(8 * i + 4, true), at };
    at += Math.ceil((place.size * place.items) / ALIGNMENT) * ALIGNMENT;
    return place;
  });
  if (at !== buffer.byteLength) throw new TablesError(`The tables have ${buffer.byteLength} bytes, wanted ${at}`);
  return {
    /**
     * @template T
     * @param {number} number of the array
     * @param {Kind<T>} Kind of its items
     * @returns {T}
     */
    take(number, Kind) {
      const { size, items, at: start } = places[number] ?? { size: 0, items: 0, at: 0 };
      if (Kind.BYTES_PER_ELEMENT !== size) throw new TablesError(`Table ${number} has ${size} bytes an item`);
      return new Kind(buffer, start, items);
    },
  };
}
