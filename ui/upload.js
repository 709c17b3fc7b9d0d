/** The journey of one file: to the store, whole or in parts, and the verdict of those who look at it. */

import { isRefusal, RequestError, sentenceFor } from './problems.js';
import { judged, verdict } from './verdict.js';
import { sendParts } from './send-parts.js';
import { sendWhole } from './send-whole.js';
import { sizeText } from './format.js';

/**
 * @typedef {'queued' | 'waiting' | 'preparing' | 'sending' | 'checking'} StateUnderWay
 * @typedef {StateUnderWay | 'done' | 'duplicate' | 'refused' | 'failed' | 'cancelled'} State
 *
 * @typedef {object} Report
 * @property {State} state
 * @property {number} [fraction]
 * @property {string} [pace] how long it will take
 * @property {string} [label] instead of `Sending…`
 * @property {string} [message] instead of all that
 * @property {import('./api.js').Picture} [picture]
 *
 * @typedef {object} Steps what the journey needs from outside: the functions of `api.js`, and these
 * @property {typeof import('./digest.js').digestOf} digestOf
 * @property {ReturnType<typeof import('./budget.js').createBudget>} budget
 * @property {import('./ledger.js').Ledger} ledger
 * @property {import('./visitor.js').Visitor} [visitor] who may have to sign in first
 * @property {import('./upload-token.js').UploadToken} [token] what the gallery may ask for
 * @property {typeof import('./retry.js').sleep} [wait]
 * @property {() => number} [now] monotonic milliseconds
 *
 * @typedef {object} Job
 * @property {File} [file] absent while an upload from before a reload waits for it
 * @property {FileSystemFileHandle} [handle] with which a later page finds the file again
 * @property {{bytes: number, text: string}} limit of one upload
 * @property {import('./records.js').UploadRecord} [record] of an upload in parts, from its ticket to its verdict
 * @property {string} [sentID] set once the bytes are in the store, so that a retry does not send them again
 *
 * @typedef {object} Trip all that the legs of one journey share
 * @property {Job} job
 * @property {Steps} steps
 * @property {AbortSignal} signal
 * @property {(report: Report) => void} report
 * @property {import('./budget.js').Lane} lane
 */

/** Bytes up to which a file goes by one PUT. */
export const wholeLimit = 16 * 1024 * 1024;

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
    const end = await travel({ job, steps, signal, report, lane: steps.budget.lane() });
    forget(job, steps.ledger);
    report(end);
  } catch (error) {
    signal.throwIfAborted();
    const isKnown = error instanceof RequestError;
    const known = isKnown ? error : new RequestError({ status: 0, code: 'no-answer', cause: error });
    if (isRefusal(known)) forget(job, steps.ledger);
    report({ state: isRefusal(known) ? 'refused' : 'failed', message: refusalText(known, job.limit) });
  }
}

async function travel(trip) {
  const { job, report } = trip;
  if (!job.sentID) {
    checkSize(job);
    const known = await (job.file.size > wholeLimit ? sendParts(trip) : sendWhole(trip));
    if (known) return verdict(known, true);
  }
  report({ state: 'checking', fraction: 1 });
  const picture = await judged(job.sentID, trip);
  return verdict(picture, picture.id !== job.sentID);
}

function forget(job, ledger) {
  if (!job.record) return;
  ledger.forget(job.record.id);
  job.record = undefined;
}

function checkSize({ file, limit }) {
  if (file.size === 0) throw new RequestError({ status: 422, code: 'empty-file' });
  if (file.size > limit.bytes) throw new RequestError({ status: 413, code: 'EntityTooLarge' });
}

function refusalText(error, limit) {
  if (error.code !== 'EntityTooLarge' && error.code !== 'too-large') return sentenceFor(error);
  return `This file is larger than the ${limit.text || sizeText(limit.bytes)} one picture may have.`;
}
