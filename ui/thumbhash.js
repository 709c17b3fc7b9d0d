/**
 * ThumbHash (Evan Wallace, 2023): some twenty bytes that hold the lowest frequencies of a picture. Written from the
 * format's description at evanw.github.io/thumbhash; no input or output, see `placeholder.js`.
 */

/**
 * @typedef {object} Plane one of luminance, two differences of colours, and opacity
 * @property {number} mean
 * @property {{x: number, y: number, amount: number}[]} waves
 */

/** Bytes of the parts that every hash has. */
const headLength = 5;

/** How much stronger than they are the two colours are written, since rounding takes some of it. */
const colorGain = 1.25;

/**
 * Whether parts of the picture are transparent.
 * @param {Uint8Array} hash
 * @returns {boolean}
 */
export function isTranslucent(hash) {
  return hash.length > 2 && (hash[2] & 0x80) !== 0;
}

/**
 * The picture that a hash stands for.
 * @param {Uint8Array} hash
 * @param {{width: number, height: number}} size of the picture to make, a few dozen pixels
 * @returns {Uint8ClampedArray<ArrayBuffer> | undefined} four bytes a pixel, not premultiplied; undefined for bytes that
 *   are no hash
 */
export function picture(hash, { width, height }) {
  const planes = planesOf(hash);
  if (!planes) return undefined;
  const [light, yellow, red, opacity] = planes.map((plane) => drawn(plane, width, height));
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < light.length; at += 1) {
    const blue = light[at] - (2 / 3) * yellow[at];
    const redness = (3 * light[at] - blue + red[at]) / 2;
    pixels.set([redness, redness - red[at], blue, opacity[at]].map((value) => value * 255), at * 4);
  }
  return pixels;
}

/** @returns {Plane[] | undefined} */
function planesOf(hash) {
  const isOpaque = !isTranslucent(hash);
  if (hash.length < headLength + (isOpaque ? 0 : 1)) return undefined;
  const first = hash[0] | (hash[1] << 8) | (hash[2] << 16);
  const second = hash[3] | (hash[4] << 8);
  const longSide = isOpaque ? 7 : 5;
  const shortSide = Math.max(3, second & 7);
  const [across, down] = second >> 15 ? [longSide, shortSide] : [shortSide, longSide];
  const next = nibbles(hash, headLength);
  const alpha = isOpaque ? { mean: 1, scale: 0 } : { mean: next() / 15, scale: next() / 15 };
  const signed = (bits) => (bits & 63) / 31.5 - 1;
  const planes = [
    { mean: (first & 63) / 63, waves: waves(across, down, (first >> 18 & 31) / 31, next) },
    { mean: signed(first >> 6), waves: waves(3, 3, (second >> 3 & 63) / 63 * colorGain, next) },
    { mean: signed(first >> 12), waves: waves(3, 3, (second >> 9 & 63) / 63 * colorGain, next) },
    { mean: alpha.mean, waves: isOpaque ? [] : waves(5, 5, alpha.scale, next) },
  ];
  return next.isShort() ? undefined : planes;
}

/** Half bytes, the low one first. */
function nibbles(hash, start) {
  let at = start * 2;
  const next = () => {
    const byte = hash[at >> 1];
    at += 1;
    return at & 1 ? byte & 15 : byte >> 4;
  };
  next.isShort = () => (at + 1) >> 1 > hash.length;
  return next;
}

/** The amounts of the lower half of so many frequencies across and down, row by row. */
function waves(across, down, scale, next) {
  const found = [];
  for (let y = 0; y < down; y += 1) {
    for (let x = y === 0 ? 1 : 0; x * down + y * across < across * down; x += 1) {
      found.push({ x, y, amount: (next() / 7.5 - 1) * scale });
    }
  }
  return found;
}

/** A plane's values, row by row (the inverse of a discrete cosine transform). */
function drawn({ mean, waves: all }, width, height) {
  const across = cosines(width);
  const down = cosines(height);
  const values = new Float64Array(width * height).fill(mean);
  for (const { x, y, amount } of all) {
    for (let row = 0; row < height; row += 1) {
      const strength = 2 * amount * down(y, row);
      for (let column = 0; column < width; column += 1) values[row * width + column] += strength * across(x, column);
    }
  }
  return values;
}

/** Cosines at the middles of so many pixels, each worked out once. */
function cosines(count) {
  const rows = [];
  return (frequency, at) => {
    rows[frequency] ??= Float64Array.from({ length: count }, (_, place) => (
      Math.cos((Math.PI / count) * (place + 0.5) * frequency)
    ));
    return rows[frequency][at];
  };
}
