/** Taking an upload in parts back, in the only order that leaves nothing behind. */

import { retrying } from './retry.js';

/**
 * Ends every request of the upload, waits until they have ended, and only then tells the store to forget the parts: a
 * part that arrived after that would stay there. The record is forgotten even when the store cannot be told, since it
 * clears away what is unfinished by itself.
 * @param {import('./upload.js').Job & {controller?: AbortController, running?: Promise<void>}} job
 * @param {Pick<import('./upload.js').Steps, 'abortUpload' | 'ledger' | 'wait'>} steps
 * @returns {Promise<boolean>} false when it was too late: the store has joined the parts, the picture will come
 */
export async function callOff(job, { abortUpload, ledger, wait }) {
  job.controller?.abort();
  await job.running;
  const { record } = job;
  if (!record) return true;
  job.record = undefined;
  ledger.forget(record.id);
  const { signal } = new AbortController();
  try {
    await retrying(() => abortUpload(record.token, signal), { signal, wait, whenOnline: async () => false });
  } catch (error) {
    if (error.code !== 'already-complete') return true;
    job.sentID = record.id;
    return false;
  }
  return true;
}
