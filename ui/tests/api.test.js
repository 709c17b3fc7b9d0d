import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  abortUpload, completeUpload, fetchImage, fetchPage, listParts, putBytes, requestTicket, signParts,
} from '../api.js';
import { reachable } from '../reachable.js';
import { stallLimit } from '../watchdog.js';

/** The browser's XMLHttpRequest as far as the page uses it; the test plays the network. */
class Transfer extends EventTarget {
  static last;
  upload = new EventTarget();
  headers = {};
  status = 0;
  responseText = '';

  constructor() {
    super();
    Transfer.last = this;
  }

  open(method, url) { Object.assign(this, { method, url }); }
  setRequestHeader(name, value) { this.headers[name] = value; }
  getResponseHeader() { return null; }
  send(body) { this.body = body; }
  abort() { this.end('abort'); }
  progress(loaded) { this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded })); }

  answer(status, responseText = '') {
    Object.assign(this, { status, responseText });
    this.end('load');
  }

  end(name) {
    this.dispatchEvent(new Event(name));
    this.dispatchEvent(new Event('loadend'));
  }
}

const ticket = {
  id: 'one',
  url: 'http://imgn.test/imgn/incoming/one?X-Amz-Signature=abc',
  headers: { 'content-type': 'image/png', 'x-amz-checksum-sha256': 'digest=', 'if-none-match': '*' },
};
const file = new Blob(['0123456789']);

function put(options = {}) {
  return putBytes(ticket, file, { signal: new AbortController().signal, onProgress() {}, ...options });
}

beforeEach(() => {
  globalThis.XMLHttpRequest = Transfer;
  globalThis.location = { host: 'gallery.test', protocol: 'https:' };
});

test('the bytes are put with exactly the headers of the ticket', async () => {
  const putting = put();
  Transfer.last.answer(200);
  await putting;
  const { method, url, headers, body } = Transfer.last;
  assert.deepEqual({ method, url, headers }, { method: 'PUT', url: ticket.url, headers: ticket.headers });
  assert.equal(body, file);
});

test('the page’s own protocol is used for its own host only', () => {
  const page = { host: 'gallery.test', protocol: 'https:' };
  assert.equal(reachable('http://gallery.test/imgn/x?a=b%20c', page), 'https://gallery.test/imgn/x?a=b%20c');
  assert.equal(reachable('http://bucket.test/imgn/x', page), 'http://bucket.test/imgn/x');
});

test('progress never exceeds one', async () => {
  const seen = [];
  const putting = put({ onProgress: (fraction) => seen.push(fraction) });
  [3, 10, 12].forEach((loaded) => Transfer.last.progress(loaded));
  Transfer.last.answer(200);
  await putting;
  assert.deepEqual(seen, [0.3, 1, 1]);
});

test('a refusal of the store carries status and code', async () => {
  const putting = put();
  Transfer.last.answer(403, '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');
  await assert.rejects(putting, { status: 403, code: 'AccessDenied' });
});

test('a broken connection is told apart from a refusal', async () => {
  const putting = put();
  Transfer.last.end('error');
  await assert.rejects(putting, { status: 0, code: 'no-answer' });
});

test('half a minute without progress ends the transfer; progress starts the clock anew', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const putting = put();
  let aborted = false;
  Transfer.last.addEventListener('abort', () => { aborted = true; });
  context.mock.timers.tick(stallLimit - 1);
  Transfer.last.progress(5);
  context.mock.timers.tick(stallLimit - 1);
  assert.equal(aborted, false);
  context.mock.timers.tick(1);
  assert.equal(aborted, true);
  await assert.rejects(putting, { code: 'stalled' });
});

test('cancelling aborts the transfer', async () => {
  const controller = new AbortController();
  const putting = put({ signal: controller.signal });
  controller.abort();
  await assert.rejects(putting, { name: 'AbortError' });
});

test('a transfer that has ended is not kept by the signal of its upload', async () => {
  const controller = new AbortController();
  const putting = put({ signal: controller.signal });
  const transfer = Transfer.last;
  transfer.answer(200);
  await putting;
  transfer.abort = () => assert.fail('aborted after its end');
  controller.abort();
});

test('a transfer cancelled before it began is never made', () => {
  Transfer.last = undefined;
  assert.throws(() => put({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.equal(Transfer.last, undefined);
});

/** Replaces `fetch` by one answer and notes what was asked. */
function answering(status, body, headers = {}) {
  const asked = [];
  globalThis.fetch = async (path, options) => {
    options.signal.throwIfAborted();
    asked.push({ path, ...options });
    return new Response(body, { status, headers });
  };
  return asked;
}

test('a ticket is asked for in JSON', async () => {
  const asked = answering(201, JSON.stringify(ticket));
  const description = { name: 'a.png', type: '', size: 10, sha256: 'digest=' };
  assert.deepEqual(await requestTicket(description, new AbortController().signal), ticket);
  const [{ path, method, headers, body }] = asked;
  assert.deepEqual([path, method, headers['content-type']], ['/api/uploads', 'POST', 'application/json']);
  assert.deepEqual(JSON.parse(body), description);
});

test('each question about a large upload carries its token', async () => {
  const asked = answering(200, '{}');
  const { signal } = new AbortController();
  await signParts('a token', [{ number: 1, sha256: 'digest=' }], signal);
  await listParts('a&token', signal);
  await completeUpload('a token', signal);
  await abortUpload('a token', signal);
  assert.deepEqual(asked.map(({ method = 'GET', path, body }) => [method, path, body && JSON.parse(body)]), [
    ['POST', '/api/uploads/parts', { token: 'a token', parts: [{ number: 1, sha256: 'digest=' }] }],
    ['GET', '/api/uploads/parts?token=a%26token', undefined],
    ['POST', '/api/uploads/complete', { token: 'a token' }],
    ['DELETE', '/api/uploads', { token: 'a token' }],
  ]);
});

test('an answer without content is no broken connection', async () => {
  globalThis.fetch = async () => new Response(null, { status: 204 });
  assert.equal(await abortUpload('token', new AbortController().signal), undefined);
});

test('ids and cursors are escaped in addresses', async () => {
  const asked = answering(200, '{}');
  const { signal } = new AbortController();
  await fetchImage('a/../b', 10, signal);
  await fetchPage('c&d=e', signal);
  assert.deepEqual(asked.map(({ path }) => path), ['/api/images/a%2F..%2Fb?wait=10', '/api/images?after=c%26d%3De']);
});

test('a problem of the API becomes an error with its words', async () => {
  answering(429, JSON.stringify({ code: 'slow-down', detail: 'Too many.' }), { 'retry-after': '3' });
  const asking = fetchImage('one', 0, new AbortController().signal);
  await assert.rejects(asking, { status: 429, code: 'slow-down', detail: 'Too many.', retryAfter: 3 });
});

test('no answer, and an answer that is not JSON, are a broken connection', async () => {
  const { signal } = new AbortController();
  globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); };
  await assert.rejects(fetchImage('one', 0, signal), { status: 0, code: 'no-answer' });
  answering(200, '<html>');
  await assert.rejects(fetchImage('one', 0, signal), { status: 0, code: 'no-answer' });
});

test('a server that never answers is given up after twenty seconds more than it was asked to wait', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let ended = false;
  globalThis.fetch = (path, { signal }) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      ended = true;
      reject(signal.reason);
    });
  });
  const asking = fetchImage('one', 10, new AbortController().signal);
  context.mock.timers.tick(29_999);
  assert.equal(ended, false);
  context.mock.timers.tick(1);
  await assert.rejects(asking, { code: 'no-answer' });
});

test('a cancelled request rejects as cancelled', async () => {
  answering(200, '{}');
  await assert.rejects(fetchImage('one', 0, AbortSignal.abort()), { name: 'AbortError' });
});
