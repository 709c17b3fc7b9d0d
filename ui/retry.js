/** Patience with a shaky network: what is worth another try, and how long to wait before it. */

const transientStatuses = new Set([0, 408, 425, 429, 500, 502, 503, 504]);
/** The status of a server that wants to be asked more slowly. */
const tooMany = 429;
const transientCodes = new Set(['RequestTimeout', 'IncompleteBody']); // S3 says 400 with them
const hopelessCodes = new Set(['unreadable-file', 'file-changed', 'too-patient']);

/** Milliseconds that no wait between two tries exceeds. */
const longestWait = 30_000;

/** Tries of one request that together outlast a server that starts anew. */
export const briefly = 5;

/** Tries that outlast a store which is away for a minute or two: for what has cost much already. */
export const patiently = 12;

/**
 * Whether the same request may well succeed a moment later.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isTransient(error) {
  if (hopelessCodes.has(error?.code)) return false;
  return transientStatuses.has(error?.status) || transientCodes.has(error?.code);
}

/**
 * How long to wait before the next try: anything up to a ceiling that doubles each time ("full jitter"), so that the
 * pages which were cut off together do not return together.
 * @param {number} failures how many tries failed so far, from 1
 * @param {number | undefined} retryAfter what the server asked for, in seconds
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function backoff(failures, retryAfter, random = Math.random) {
  const ceiling = Math.min(1000 * 2 ** (failures - 1), longestWait);
  return Math.max(ceiling * random(), Math.min((retryAfter ?? 0) * 1000, longestWait));
}

/**
 * Runs an attempt up to `tries` times, waiting in between, and waiting for the network when the browser is offline.
 * Failures from before such a wait do not count, and neither does being told to come again later (429): the server is
 * there, and says when.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {object} options
 * @param {AbortSignal} options.signal ends the waiting, too
 * @param {number} [options.tries]
 * @param {(error: unknown) => void} [options.onRetry] told why another try follows
 * @param {() => void} [options.onOffline] told when the browser has no network
 * @param {typeof sleep} [options.wait]
 * @param {typeof online} [options.whenOnline]
 * @returns {Promise<T>}
 */
export async function retrying(attempt, options) {
  const { signal, tries = briefly, onRetry, onOffline, wait = sleep, whenOnline = online } = options;
  for (let failures = 0; ; ) {
    if (await whenOnline(signal, onOffline)) failures = 0;
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (error?.status !== tooMany) failures += 1;
      if (failures >= tries || !isTransient(error)) throw error;
      onRetry?.(error);
      await wait(backoff(Math.max(failures, 1), error.retryAfter), signal);
    }
  }
}

/**
 * Waits.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Resolves at once unless the browser knows that it is offline; then when it is back.
 * @param {AbortSignal} signal
 * @param {() => void} [onOffline] told when there is something to wait for
 * @returns {Promise<boolean>} whether it had to wait
 */
export function online(signal, onOffline) {
  if (globalThis.navigator?.onLine !== false || !globalThis.addEventListener) return Promise.resolve(false);
  onOffline?.();
  return new Promise((resolve, reject) => {
    addEventListener('online', () => resolve(true), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
