/**
 * A controller whose signal also fires when `signal` does.
 * @param {AbortSignal} [signal]
 * @returns {{signal: AbortSignal, abort: (reason?: unknown) => void, end: () => void}} `end` stops following
 */
export function following(signal) {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  signal?.addEventListener('abort', follow);
  if (signal?.aborted) follow();
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    end: () => signal?.removeEventListener('abort', follow),
  };
}

/**
 * Resolves when a thing that tells of its changes has become what is waited for.
 * @param {EventTarget} target tells by `change`
 * @param {() => boolean} isReached asked at each change
 * @param {AbortSignal} signal ends the wait; its reason is thrown
 */
export async function until(target, isReached, signal) {
  const done = new AbortController();
  try {
    await new Promise((resolve, reject) => {
      target.addEventListener('change', () => isReached() && resolve(), { signal: done.signal });
      signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
    });
  } finally {
    done.abort();
  }
}
