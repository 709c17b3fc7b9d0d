/** Milliseconds without any progress after which a transfer counts as dead. */
export const stallLimit = 30_000;

/**
 * Calls `onSilence` once when `restart` was not called for the stall limit.
 * @param {() => void} onSilence
 * @returns {{restart: () => void, stop: () => void}}
 */
export function watchdog(onSilence) {
  let timer = setTimeout(onSilence, stallLimit);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, stallLimit);
    },
    stop: () => clearTimeout(timer),
  };
}
