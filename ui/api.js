/** All traffic of the page: the only module with `fetch` and `XMLHttpRequest`. */

import { errorFrom, RequestError } from './problems.js';

/**
 * @typedef {object} Picture an image as the API tells it
 * @property {string} id
 * @property {'incoming' | 'ready' | 'rejected'} state
 * @property {string} [name]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [src] absolute address of the bytes
 * @property {string} [page] absolute address of the page
 * @property {string} [reason]
 * @property {string} [detail]
 *
 * @typedef {object} Ticket
 * @property {string} id
 * @property {string} url
 * @property {Record<string, string>} headers
 */

/** Milliseconds without any progress after which a transfer counts as dead. */
export const stallLimit = 30_000;

/** Milliseconds an ordinary request may take, beyond what it asked the server to wait. */
const answerLimit = 20_000;

/**
 * Asks for the permission to send one file.
 * @param {{name: string, type: string, size: number, sha256: string}} description
 * @param {AbortSignal} signal
 * @returns {Promise<Ticket | Picture>} a picture when the bytes are in the gallery already
 */
export function requestTicket(description, signal) {
  const headers = { 'content-type': 'application/json' };
  return request('/api/uploads', { method: 'POST', headers, body: JSON.stringify(description), signal });
}

/**
 * One image, in whatever state it is after at most `wait` seconds.
 * @param {string} id
 * @param {number} wait seconds, 0…20
 * @param {AbortSignal} signal
 * @returns {Promise<Picture>}
 */
export function fetchImage(id, wait, signal) {
  return request(`/api/images/${encodeURIComponent(id)}?wait=${wait}`, { signal }, answerLimit + wait * 1000);
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
 * Sends the file's bytes to the store, with exactly the ticket's headers.
 * @param {Ticket} ticket
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
    signal.addEventListener('abort', () => transfer.abort(), { once: true });
    transfer.upload.addEventListener('progress', (event) => {
      watch.restart();
      onProgress(Math.min(event.loaded / Math.max(file.size, 1), 1));
    });
    transfer.upload.addEventListener('load', () => watch.restart());
    transfer.addEventListener('load', () => (isSuccess(transfer) ? resolve() : reject(refusalOf(transfer))));
    transfer.addEventListener('error', () => reject(new RequestError({ status: 0, code: 'no-answer' })));
    transfer.addEventListener('abort', () => reject(signal.reason));
    transfer.addEventListener('loadend', () => watch.stop());
    send(transfer, ticket, file);
  });
}

/**
 * The address to use for a presigned URL: where a proxy in front speaks https, the URL's own `http` would be refused
 * as mixed content, so the page's protocol is taken when the host is the page's own. The protocol is not part of the
 * signature.
 * @param {string} url
 * @param {{host: string, protocol: string}} [page]
 * @returns {string}
 */
export function reachable(url, page = location) {
  const address = new URL(url);
  if (address.host === page.host) address.protocol = page.protocol;
  return address.href;
}

function send(transfer, ticket, file) {
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

/** Calls `onSilence` once when `restart` was not called for the stall limit. */
function watchdog(onSilence) {
  let timer = setTimeout(onSilence, stallLimit);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, stallLimit);
    },
    stop: () => clearTimeout(timer),
  };
}

async function request(path, options, limit = answerLimit) {
  const deadline = withDeadline(options.signal, limit);
  try {
    const answer = await fetch(path, { ...options, signal: deadline.signal, credentials: 'same-origin' });
    const body = await answer.text();
    if (answer.ok) return JSON.parse(body);
    throw errorFrom({ status: answer.status, body, retryAfter: answer.headers.get('retry-after') });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof RequestError) throw error;
    throw new RequestError({ status: 0, code: 'no-answer', cause: error });
  } finally {
    deadline.end();
  }
}

/** A signal that follows `signal` and also fires after `limit` milliseconds. */
function withDeadline(signal, limit) {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(), limit);
  signal?.addEventListener('abort', follow);
  if (signal?.aborted) follow();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
    },
  };
}
