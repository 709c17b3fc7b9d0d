/** What a file is known by when it comes again, after a reload: cheap to take, and no two pictures share it. */

/** Bytes at either end that are digested: what a camera says of a picture is at the start, its last rows at the end. */
const edge = 64 * 1024;

/**
 * @typedef {object} Fingerprint
 * @property {string} name
 * @property {number} size
 * @property {number} lastModified milliseconds since 1970
 * @property {string} head SHA-256 of the first 64 KiB, in base64
 * @property {string} tail SHA-256 of the last 64 KiB
 */

/**
 * @param {File} file
 * @param {(bytes: Blob) => Promise<string>} digest
 * @returns {Promise<Fingerprint>}
 */
export async function fingerprintOf(file, digest) {
  const { name, size, lastModified } = file;
  const head = await digest(file.slice(0, edge));
  const tail = await digest(file.slice(Math.max(size - edge, 0)));
  return { name, size, lastModified, head, tail };
}

/**
 * Whether a file may be the one, by what can be told without reading it.
 * @param {Fingerprint | File} known
 * @param {File} file
 * @returns {boolean}
 */
export function looksLike(known, { name, size, lastModified }) {
  return known.name === name && known.size === size && known.lastModified === lastModified;
}

/**
 * Whether a file is the one.
 * @param {Fingerprint} known
 * @param {File} file
 * @param {(bytes: Blob) => Promise<string>} digest
 * @returns {Promise<boolean>} false, too, when the file cannot be read
 */
export async function isSameFile(known, file, digest) {
  if (!looksLike(known, file)) return false;
  try {
    const found = await fingerprintOf(file, digest);
    return found.head === known.head && found.tail === known.tail;
  } catch {
    return false;
  }
}
