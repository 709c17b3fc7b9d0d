/** Numbers as words for people. */

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/**
 * A size with a binary unit, such as `3.4 MiB`.
 * @param {number} byteCount
 * @returns {string}
 */
export function sizeText(byteCount) {
  if (byteCount === 1) return '1 byte';
  const power = byteCount < 1 ? 0 : Math.min(Math.floor(Math.log2(byteCount) / 10), units.length - 1);
  const value = byteCount / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[power]}`;
}

/**
 * A size that stands still, in the server's own words: `4 MiB`, not `4.0 MiB`.
 * @param {number} byteCount
 * @returns {string}
 */
export function fixedSizeText(byteCount) {
  return sizeText(byteCount).replace('.0 ', ' ');
}

/**
 * A count with its noun, such as `1 picture` or `3 pictures`.
 * @param {number} count
 * @param {string} noun in the singular; the plural takes an `s`
 * @returns {string}
 */
export function countText(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Dimensions as the gallery says them, such as `4032 × 3024`.
 * @param {number} width in pixels
 * @param {number} height in pixels
 * @returns {string}
 */
export function dimensionText(width, height) {
  return `${width} × ${height}`;
}

/**
 * A time still to wait, roughly, as people say it: `a few seconds`, `about 20 seconds`, `about 2 minutes`.
 * @param {number} seconds
 * @returns {string}
 */
export function durationText(seconds) {
  if (seconds < 10) return 'a few seconds';
  if (seconds <= 50) return `about ${Math.ceil(seconds / 10) * 10} seconds`;
  if (seconds < 90) return 'about a minute';
  if (seconds < 55 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  if (seconds < 90 * 60) return 'about an hour';
  return `about ${Math.round(seconds / 3600)} hours`;
}
