/** All traffic of the page: the only module with `fetch` and `XMLHttpRequest`. */

import { errorFrom, RequestError } from './problems.js';
import { reachable } from './reachable.js';
import { following } from './signals.js';
import { watchdog } from './watchdog.js';

/**
 * @typedef {object} Picture an image as the API tells it
 * @property {string} id
 * @property {'incoming' | 'ready' | 'rejected'} state
 * @property {string} [name]
 * @property {number} [width] and `height`, in pixels
 * @property {number} [height]
 * @property {string} [src] absolute address of the bytes
 * @property {string} [page] absolute address of the page
 * @property {string} [reason]
 * @property {string} [detail]
 * @property {boolean} [mine] whether whoever asks brought it
 *
 * @typedef {object} Ticket
 * @property {string} id
 * @property {string} token the capability for everything about this upload
 * @property {string} url
 * @property {Record<string, string>} headers
 *
 * @typedef {object} PartsTicket for a file above the limit of one PUT
 * @property {string} id
 * @property {string} token
 * @property {{partSize: number, partCount: number}} multipart
 */

/** Milliseconds an ordinary request may take, beyond what it asked the server to wait. */
const answerLimit = 20_000;

/** The same for the question that makes the store join the parts of a large file. */
const joinLimit = 120_000;

/**
 * Asks for the permission to send one file.
 * @param {{name: string, type: string, size: number, sha256?: string}} description the digest only of files for one PUT
 * @param {AbortSignal} signal
 * @param {string} [bearer] the token of whoever has signed in
 * @returns {Promise<Ticket | PartsTicket | Picture>} a picture when the bytes are in the gallery already
 */
export function requestTicket(description, signal, bearer) {
  return send('POST', '/api/uploads', description, signal, answerLimit, identification(bearer));
}

/**
 * Asks where to put some parts, each for exactly these bytes.
 * @param {string} token
 * @param {{number: number, sha256: string}[]} parts 1…100 of them
 * @param {AbortSignal} signal
 * @returns {Promise<{parts: import('./signer.js').PartTicket[]}>}
 */
export function signParts(token, parts, signal) {
  return send('POST', '/api/uploads/parts', { token, parts }, signal);
}

/**
 * What the store has of an upload.
 * @param {string} token
 * @param {AbortSignal} signal
 * @returns {Promise<{partSize: number, partCount: number, parts: import('./parts.js').StoredPart[]}>}
 */
export function listParts(token, signal) {
  return request(`/api/uploads/parts?token=${encodeURIComponent(token)}`, { signal });
}

/**
 * Says that all bytes are sent: parts are joined, and the gallery looks at once. May be said twice.
 * @param {string} token
 * @param {AbortSignal} signal
 * @returns {Promise<{id: string, state: string}>}
 * @throws {RequestError} `incomplete-upload` with the numbers that are `missing`
 */
export function completeUpload(token, signal) {
  return send('POST', '/api/uploads/complete', { token }, signal, joinLimit);
}

/**
 * Takes an upload back, with the parts that are there.
 * @param {string} token
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 * @throws {RequestError} `already-complete` when it is too late for that
 */
export function abortUpload(token, signal) {
  return send('DELETE', '/api/uploads', { token }, signal);
}

/**
 * One image, in whatever state it is after at most `wait` seconds.
 * @param {string} id
 * @param {number} wait seconds, 0…20
 * @param {AbortSignal} signal
 * @param {string} [bearer] the token of whoever has signed in, who is told whether it is theirs
 * @returns {Promise<Picture>}
 */
export function fetchImage(id, wait, signal, bearer) {
  const options = { signal, headers: identification(bearer) };
  return request(`/api/images/${encodeURIComponent(id)}?wait=${wait}`, options, answerLimit + wait * 1000);
}

/**
 * One page of the gallery, newest first.
 * @param {string} after the cursor of the page before
 * @param {AbortSignal} signal
 * @returns {Promise<{images: Picture[], next: string | null}>}
 */
export function fetchPage(after, signal) {
  return request(`/api/images?after=${encodeURIComponent(after)}`, { signal });
}

/**
 * Sends the bytes of a file, or of a part of one, to the store, with exactly the ticket's headers.
 * @param {{url: string, headers: Record<string, string>}} ticket
 * @param {Blob} file
 * @param {{signal: AbortSignal, onProgress: (fraction: number) => void}} options
 * @returns {Promise<void>}
 * @throws {RequestError} `stalled` when nothing moved for 30 seconds, `no-answer` when the connection broke
 */
export function putBytes(ticket, file, { signal, onProgress }) {
  signal.throwIfAborted();
  const transfer = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const watch = watchdog(() => {
      reject(new RequestError({ status: 0, code: 'stalled' }));
      transfer.abort();
    });
    const cancel = () => transfer.abort();
    signal.addEventListener('abort', cancel, { once: true });
    transfer.upload.addEventListener('progress', (event) => {
      watch.restart();
      onProgress(Math.min(event.loaded / Math.max(file.size, 1), 1));
    });
    transfer.upload.addEventListener('load', () => watch.restart());
    transfer.addEventListener('load', () => (isSuccess(transfer) ? resolve() : reject(refusalOf(transfer))));
    transfer.addEventListener('error', () => reject(new RequestError({ status: 0, code: 'no-answer' })));
    transfer.addEventListener('abort', () => reject(signal.reason));
    transfer.addEventListener('loadend', () => {
      watch.stop();
      signal.removeEventListener('abort', cancel);
    });
    start(transfer, ticket, file);
  });
}

function start(transfer, ticket, file) {
  transfer.open('PUT', reachable(ticket.url));
  for (const [name, value] of Object.entries(ticket.headers)) transfer.setRequestHeader(name, value);
  transfer.send(file);
}

function isSuccess(transfer) {
  return transfer.status >= 200 && transfer.status < 300;
}

function refusalOf(transfer) {
  const { status, responseText } = transfer;
  return errorFrom({ status, body: responseText, retryAfter: transfer.getResponseHeader('retry-after') });
}

function identification(bearer) {
  return bearer ? { authorization: `Bearer ${bearer}` } : {};
}

function send(method, path, value, signal, limit, identity = {}) {
  const headers = { 'content-type': 'application/json', ...identity };
  return request(path, { method, headers, body: JSON.stringify(value), signal }, limit);
}

/**
 * Asks, and reads the answer's JSON.
 * @param {string} path
 * @param {RequestInit} options
 * @param {number} [limit] milliseconds
 * @returns {Promise<any>}
 * @throws {RequestError}
 */
export async function request(path, options, limit = answerLimit) {
  const { signal, abort, end } = following(options.signal);
  const timer = setTimeout(abort, limit);
  try {
    const answer = await fetch(path, { credentials: 'same-origin', ...options, signal });
    const body = await answer.text();
    if (answer.ok) return answer.status === 204 ? undefined : JSON.parse(body);
    throw errorFrom({ status: answer.status, body, retryAfter: answer.headers.get('retry-after') });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof RequestError) throw error;
    throw new RequestError({ status: 0, code: 'no-answer', cause: error });
  } finally {
    clearTimeout(timer);
    end();
  }
}
