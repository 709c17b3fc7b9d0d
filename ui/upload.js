/** The journey of one file: hash, ticket, bytes to the store, and the verdict of those who look at it. */

import { isRefusal, RequestError, sentenceFor } from './problems.js';
import { isTransient, retrying, sleep } from './retry.js';
import { sizeText } from './format.js';
import { wellFormed } from './names.js';

/**
 * @typedef {'queued' | 'preparing' | 'sending' | 'checking'} StateUnderWay
 * @typedef {StateUnderWay | 'done' | 'duplicate' | 'refused' | 'failed' | 'cancelled'} State
 * @typedef {{state: State, fraction?: number, message?: string, picture?: import('./api.js').Picture}} Report
 *
 * @typedef {object} Steps what the journey needs from outside
 * @property {typeof import('./digest.js').digestOf} digestOf
 * @property {typeof import('./api.js').requestTicket} requestTicket
 * @property {typeof import('./api.js').putBytes} putBytes
 * @property {typeof import('./api.js').fetchImage} fetchImage
 * @property {typeof sleep} [wait]
 * @property {() => number} [now] monotonic milliseconds
 *
 * @typedef {object} Job
 * @property {File} file
 * @property {{bytes: number, text: string}} limit of one upload
 * @property {string} [sentID] set once the bytes are in the store, so that a retry does not send them again
 */

/** Seconds the server is asked to wait for news of an image. */
const longPoll = 10;

/** Milliseconds from the last byte to the verdict that we are willing to wait. */
const patience = 120_000;

/**
 * Takes one file all the way. Tells each stage, and the end, through `report`; rejects only when `signal` fires.
 * @param {Job} job
 * @param {Steps} steps
 * @param {AbortSignal} signal
 * @param {(report: Report) => void} report
 * @returns {Promise<void>}
 */
export async function takeAlong(job, steps, signal, report) {
  try {
    report(await travel(job, steps, signal, report));
  } catch (error) {
    signal.throwIfAborted();
    const isKnown = error instanceof RequestError;
    const known = isKnown ? error : new RequestError({ status: 0, code: 'no-answer', cause: error });
    report({ state: isRefusal(known) ? 'refused' : 'failed', message: refusalText(known, job.limit) });
  }
}

async function travel(job, steps, signal, report) {
  if (!job.sentID) {
    checkSize(job);
    const known = await deliver(job, steps, signal, report);
    if (known) return verdict(known, known.id, true);
  }
  report({ state: 'checking', fraction: 1 });
  const picture = await judged(job.sentID, steps, signal);
  return verdict(picture, picture.id, picture.id !== job.sentID);
}

function checkSize({ file, limit }) {
  if (file.size === 0) throw new RequestError({ status: 422, code: 'empty-file' });
  if (file.size > limit.bytes) throw new RequestError({ status: 413, code: 'EntityTooLarge' });
}

function refusalText(error, limit) {
  if (error.code !== 'EntityTooLarge' && error.code !== 'too-large') return sentenceFor(error);
  return `This file is larger than the ${limit.text || sizeText(limit.bytes)} one picture may have.`;
}

/** Brings the bytes to the store and notes it in the job; answers the picture when the gallery has it already. */
async function deliver(job, steps, signal, report) {
  report({ state: 'preparing' });
  const onHash = (fraction) => report({ state: 'preparing', message: `Preparing… ${Math.floor(fraction * 100)} %` });
  const sha256 = await steps.digestOf(job.file, { signal, onProgress: onHash });
  const { name, type, size } = job.file;
  const description = { name: wellFormed(name), type, size, sha256 };
  for (let renewals = 1; ; renewals -= 1) {
    const answer = await retrying(() => steps.requestTicket(description, signal), { signal, wait: steps.wait });
    if (answer.state) return answer;
    if (await delivered(answer, job, steps, { signal, report, lastTry: renewals === 0 })) {
      job.sentID = answer.id;
      return undefined;
    }
  }
}

/** Sends the bytes with one ticket. Answers false when the ticket is worn out and a fresh one may be asked for. */
async function delivered(ticket, { file }, steps, { signal, report, lastTry }) {
  const onProgress = (fraction) => report({ state: 'sending', fraction });
  const onRetry = () => report({ state: 'sending', message: 'The connection was lost. Trying again…' });
  onProgress(0);
  try {
    await retrying(() => steps.putBytes(ticket, file, { signal, onProgress }), { signal, onRetry, wait: steps.wait });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (error.status === 412) return true; // an earlier try arrived, only its answer was lost
    if (error.status === 403 && !lastTry) return false;
    throw await isReadable(file) ? error : new RequestError({ status: 0, code: 'unreadable-file', cause: error });
  }
}

/** Browsers report a file that vanished or changed under way as a network error; reading one byte tells them apart. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Asks until the image is final. An unknown id and a broken connection are asked again, until patience ends. */
async function judged(id, { fetchImage, wait = sleep, now = () => performance.now() }, signal) {
  const end = now() + patience;
  for (let misses = 0; now() < end; ) {
    try {
      const picture = await fetchImage(id, longPoll, signal);
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

/** @returns {Report} */
function verdict(picture, id, isDuplicate) {
  if (picture.state === 'rejected') {
    return { state: 'refused', message: picture.detail || 'This file cannot be shown as a picture.' };
  }
  return { state: isDuplicate ? 'duplicate' : 'done', fraction: 1, picture: { ...picture, id } };
}
