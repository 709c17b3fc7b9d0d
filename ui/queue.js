/**
 * A queue that lets a few tasks run at once and keeps the rest in order.
 * @param {number} width how many may run at the same time
 * @returns {{run: <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>}} `run` resolves as the task does;
 *   a task whose signal fires while it waits is never started
 */
export function createQueue(width) {
  const waiting = new Set();
  let running = 0;

  const release = () => {
    running -= 1;
    const [next] = waiting;
    next?.();
  };

  const turn = (signal) => new Promise((resolve, reject) => {
    const giveUp = () => {
      waiting.delete(start);
      reject(signal.reason);
    };
    const start = () => {
      signal.removeEventListener('abort', giveUp);
      waiting.delete(start);
      running += 1;
      resolve();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    waiting.add(start);
    if (running < width) start();
  });

  return {
    async run(task, signal) {
      signal.throwIfAborted();
      await turn(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
