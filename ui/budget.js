/**
 * The page's one budget of long requests. Browsers open six connections to a host; what is not given out here is left
 * for short questions. A free place goes to the upload that has the fewest requests flying, and the last one only to an
 * upload that has none: parts hold their places long, and small pictures would else lose theirs to them one by one.
 */

/** Requests that may take long (bytes to the store, long polls) which fly at once, over all uploads. */
export const pageWidth = 5;

/** How many of them one file may have. */
export const fileWidth = 4;

/**
 * @typedef {object} Lane the requests of one upload
 * @property {<T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>} run starts the task when there is a place,
 *   and resolves as the task does; a task whose signal fires while it waits is never started
 */

/**
 * @param {number} [width] places in all
 * @returns {{lane: (most?: number) => Lane}}
 */
export function createBudget(width = pageWidth) {
  const waiting = new Set(); // in order of arrival
  let running = 0;

  const serve = () => {
    for (let next = fairest(waiting); next && running < width - Math.sign(next.lane.running); next = fairest(waiting)) {
      waiting.delete(next);
      running += 1;
      next.lane.running += 1;
      next.start();
    }
  };

  const place = (lane, signal) => new Promise((resolve, reject) => {
    const giveUp = () => {
      waiting.delete(claim);
      reject(signal.reason);
    };
    const start = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const claim = { lane, start };
    signal.addEventListener('abort', giveUp, { once: true });
    waiting.add(claim);
    serve();
  });

  const release = (lane) => {
    running -= 1;
    lane.running -= 1;
    serve();
  };

  return {
    lane(most = fileWidth) {
      const lane = { running: 0, most };
      return {
        async run(task, signal) {
          signal.throwIfAborted();
          await place(lane, signal);
          try {
            return await task();
          } finally {
            release(lane);
          }
        },
      };
    },
  };
}

/** Of those that may start, the one whose lane has the least; among equals the one that came first. */
function fairest(waiting) {
  let best;
  for (const claim of waiting) {
    const { running, most } = claim.lane;
    if (running < most && (!best || running < best.lane.running)) best = claim;
  }
  return best;
}
