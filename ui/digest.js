import { hashSlices } from './hash-slices.js';
import { RequestError } from './problems.js';

/** Above this many bytes a file is hashed as a stream, so that it is never in memory whole. */
export const streamingThreshold = 64 * 1024 * 1024;

/**
 * The SHA-256 of a file in base64, as `x-amz-checksum-sha256` wants it.
 * @param {Blob} file
 * @param {{signal: AbortSignal, onProgress: (fraction: number) => void}} options
 * @returns {Promise<string>}
 * @throws {RequestError} with code `unreadable-file` when the browser can no longer read the file
 */
export async function digestOf(file, { signal, onProgress }) {
  try {
    return base64(await digestBytes(file, signal, onProgress));
  } catch (error) {
    signal.throwIfAborted();
    throw new RequestError({ status: 0, code: 'unreadable-file', cause: error });
  }
}

/**
 * Whether the browser's own digest may be used: it exists in secure contexts only and wants the whole file at once.
 * @param {number} byteCount
 * @param {Crypto} [provider]
 * @returns {boolean}
 */
export function usesBuiltIn(byteCount, provider = globalThis.crypto) {
  return byteCount <= streamingThreshold && provider?.subtle !== undefined;
}

async function digestBytes(file, signal, onProgress) {
  if (usesBuiltIn(file.size)) {
    const bytes = await file.arrayBuffer();
    signal.throwIfAborted();
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  }
  try {
    return await digestInWorker(file, signal, onProgress);
  } catch (error) {
    if (!(error instanceof WorkerUnavailable)) throw error;
    return hashSlices(file, onProgress, signal);
  }
}

/** The browser has no module workers, or could not load ours. */
class WorkerUnavailable extends Error {}

function digestInWorker(file, signal, onProgress) {
  const worker = startWorker();
  const answer = new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      if (data.fraction !== undefined) onProgress(data.fraction);
      if (data.digest) resolve(data.digest);
      if (data.unreadable) reject(new Error('The file could not be read.'));
    });
    worker.addEventListener('error', () => reject(new WorkerUnavailable()));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  worker.postMessage(file);
  return answer.finally(() => worker.terminate());
}

function startWorker() {
  try {
    return new Worker(new URL('./hash-worker.js', import.meta.url), { type: 'module' });
  } catch {
    throw new WorkerUnavailable();
  }
}

/**
 * Standard base64 with padding.
 * @param {Uint8Array} bytes a digest; short
 * @returns {string}
 */
export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
