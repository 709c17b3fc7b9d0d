/** The parts of a large file: where each begins and ends, and which of them the store has. */

/**
 * @typedef {{number: number, start: number, end: number, size: number}} Part bytes `start`…`end`, the end excluded
 * @typedef {{number: number, size: number, sha256?: string}} StoredPart as the store tells it
 */

/**
 * Cuts a file. All parts are of one size but the last.
 * @param {number} byteCount of the file
 * @param {number} partSize
 * @returns {Part[]} numbered from 1
 */
export function partsOf(byteCount, partSize) {
  return Array.from({ length: Math.ceil(byteCount / partSize) }, (_, index) => {
    const start = index * partSize;
    const end = Math.min(start + partSize, byteCount);
    return { number: index + 1, start, end, size: end - start };
  });
}

/**
 * What the store has of these parts, by number. A part of another size is as good as none.
 * @param {Part[]} parts
 * @param {StoredPart[]} stored
 * @returns {Map<number, StoredPart>}
 */
export function storedOf(parts, stored) {
  const sizes = new Map(parts.map(({ number, size }) => [number, size]));
  return new Map(stored.filter(({ number, size }) => sizes.get(number) === size).map((part) => [part.number, part]));
}

/**
 * Whether the store has exactly this part. Stores that tell no digest are believed for the size.
 * @param {StoredPart | undefined} stored
 * @param {string} sha256 of the part, in base64
 * @returns {boolean}
 */
export function isStored(stored, sha256) {
  return stored !== undefined && (stored.sha256 === undefined || stored.sha256 === sha256);
}
