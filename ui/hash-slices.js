import { SHA256 } from './sha256.js';

/** Bytes read at a time: what one file costs in memory while it is hashed. */
export const sliceSize = 4 * 1024 * 1024;

/**
 * Digests a file slice by slice.
 * @param {Blob} file
 * @param {(fraction: number) => void} onProgress called after each slice with 0…1
 * @param {AbortSignal} [signal] looked at between slices
 * @returns {Promise<Uint8Array>} the 32 bytes of the SHA-256
 */
export async function hashSlices(file, onProgress, signal) {
  const hash = new SHA256();
  for (let offset = 0; offset < file.size; offset += sliceSize) {
    signal?.throwIfAborted();
    const slice = file.slice(offset, offset + sliceSize);
    hash.update(new Uint8Array(await slice.arrayBuffer()));
    onProgress(Math.min(offset + sliceSize, file.size) / file.size);
  }
  return hash.digest();
}
