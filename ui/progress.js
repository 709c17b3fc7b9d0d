/**
 * How far a file in parts is: the sum over its parts of what has left, no part for more than its size.
 * @param {import('./parts.js').Part[]} parts
 * @param {number} [floor] the fraction shown before, such as before a reload
 * @returns {{note: (number: number, byteCount: number) => void, bytes: () => number, fraction: () => number}}
 *   `bytes` is the truth, which falls when a part starts anew; `fraction` is for showing: it never falls and never
 *   exceeds 1
 */
export function createProgress(parts, floor = 0) {
  const sizes = new Map(parts.map(({ number, size }) => [number, size]));
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const loaded = new Map();
  let bytes = 0;
  let highest = Math.min(floor, 1);
  return {
    note(number, byteCount) {
      const counted = Math.min(byteCount, sizes.get(number));
      bytes += counted - (loaded.get(number) ?? 0);
      loaded.set(number, counted);
      highest = Math.max(highest, bytes / total);
    },
    bytes: () => bytes,
    fraction: () => highest,
  };
}
