/** The last stretch of an upload: the bytes are in the store, and the gallery looks at them. */

import { isTransient, sleep } from './retry.js';
import { RequestError } from './problems.js';

/** Seconds the server is asked to wait for news of an image. */
const longPoll = 10;

/** Milliseconds from the last byte to the verdict that we are willing to wait: others' pictures may come first. */
const patience = 600_000;

/**
 * Asks until the image is final. An unknown id and a broken connection are asked again, until patience ends.
 * @param {string} id
 * @param {import('./upload.js').Trip} trip
 * @returns {Promise<import('./api.js').Picture>}
 * @throws {RequestError} `too-patient` after ten minutes
 */
export async function judged(id, { steps, signal, lane }) {
  const { fetchImage, wait = sleep, now = monotonic } = steps;
  const end = now() + patience;
  for (let misses = 0; now() < end; ) {
    try {
      const picture = await lane.run(() => fetchImage(id, longPoll, signal), signal);
      if (picture.state === 'ready' || picture.state === 'rejected') return picture;
    } catch (error) {
      signal.throwIfAborted();
      if (error.status !== 404 && !isTransient(error)) throw error;
    }
    misses += 1;
    await wait(Math.min(250 * 2 ** misses, 5000), signal);
  }
  throw new RequestError({ status: 0, code: 'too-patient' });
}

/**
 * What the journey ends with.
 * @param {import('./api.js').Picture} picture
 * @param {boolean} isDuplicate whether the gallery had it before
 * @returns {import('./upload.js').Report}
 */
export function verdict(picture, isDuplicate) {
  if (picture.state === 'rejected') {
    return { state: 'refused', message: picture.detail || 'This file cannot be shown as a picture.' };
  }
  return { state: isDuplicate ? 'duplicate' : 'done', fraction: 1, picture };
}

const monotonic = () => performance.now();
