/** Patience with a shaky network: what is worth another try, and how long to wait before it. */

const transientStatuses = new Set([0, 408, 425, 429, 500, 502, 503, 504]);
const hopelessCodes = new Set(['unreadable-file', 'too-patient']);

/**
 * Whether the same request may well succeed a moment later.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isTransient(error) {
  return transientStatuses.has(error?.status) && !hopelessCodes.has(error.code);
}

/**
 * How long to wait before the next try: doubled each time, cut by chance so that many pages do not return at once.
 * @param {number} failures how many tries failed so far, from 1
 * @param {number | undefined} retryAfter what the server asked for, in seconds
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function backoff(failures, retryAfter, random = Math.random) {
  const ceiling = 1000 * 2 ** (failures - 1);
  const jittered = ceiling * (0.5 + random() / 2);
  return Math.max(jittered, Math.min(retryAfter ?? 0, 30) * 1000);
}

/**
 * Runs an attempt up to `tries` times, waiting in between, and waiting for the network when the browser is offline.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {object} options
 * @param {AbortSignal} options.signal ends the waiting, too
 * @param {number} [options.tries]
 * @param {(error: unknown) => void} [options.onRetry] told why another try follows
 * @param {typeof sleep} [options.wait]
 * @param {typeof online} [options.whenOnline]
 * @returns {Promise<T>}
 */
export async function retrying(attempt, { signal, tries = 3, onRetry, wait = sleep, whenOnline = online }) {
  for (let failures = 0; ; ) {
    await whenOnline(signal);
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      failures += 1;
      if (failures >= tries || !isTransient(error)) throw error;
      onRetry?.(error);
      await wait(backoff(failures, error.retryAfter), signal);
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
 * @returns {Promise<void>}
 */
export function online(signal) {
  if (globalThis.navigator?.onLine !== false || !globalThis.addEventListener) return Promise.resolve();
  return new Promise((resolve, reject) => {
    addEventListener('online', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
