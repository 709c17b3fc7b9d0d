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
