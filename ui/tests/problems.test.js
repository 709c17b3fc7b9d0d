import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFrom, isOver, isRefusal, RequestError, retryText, sentenceFor } from '../problems.js';

const s3 = (code, message) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

test('the XML of the store gives its code and its message', () => {
  const error = errorFrom({ status: 403, body: s3('AccessDenied', 'Expired &amp; more'), retryAfter: null });
  assert.deepEqual([error.status, error.code, error.detail], [403, 'AccessDenied', 'Expired & more']);
});

test('problem JSON gives its code, its detail and how long to wait', () => {
  const body = JSON.stringify({ code: 'too-large', detail: 'Too large.', limit: 5 });
  const error = errorFrom({ status: 413, body, retryAfter: '12' });
  assert.deepEqual([error.code, error.detail, error.retryAfter], ['too-large', 'Too large.', 12]);
});

test('an answer of a stranger, such as a proxy, still becomes an error', () => {
  for (const body of ['', 'Bad gateway', '<html>no</html>', 'null', '[]', '{"code":7,"detail":null}']) {
    const error = errorFrom({ status: 502, body, retryAfter: 'Fri, 31 Dec 1999 23:59:59 GMT' });
    assert.deepEqual([error.status, error.code, error.detail, error.retryAfter], [502, '', '', undefined]);
    assert.match(sentenceFor(error), /502/);
  }
});

test('known codes are said in our words, unknown ones in those of the server', () => {
  const known = new RequestError({ status: 403, code: 'SignatureDoesNotMatch', detail: 'raw' });
  const unknown = new RequestError({ status: 400, code: 'bad-form', detail: 'Said plainly.' });
  assert.match(sentenceFor(known), /permission/);
  assert.equal(sentenceFor(unknown), 'Said plainly.');
  assert.match(sentenceFor(new RequestError({ status: 507 })), /full/);
});

test('a picture refused for what it is cannot be helped by trying again', () => {
  for (const status of [413, 415, 422]) assert.ok(isRefusal(new RequestError({ status })));
  assert.ok(isRefusal(new RequestError({ status: 400, code: 'EntityTooLarge' })));
  for (const status of [0, 400, 403, 500, 507]) assert.ok(!isRefusal(new RequestError({ status })));
});

test('an upload that is over is told apart from an address that is worn out', () => {
  for (const code of ['expired', 'invalid-token', 'upload-gone', 'NoSuchUpload']) {
    assert.ok(isOver(new RequestError({ status: 403, code })), code);
  }
  for (const code of ['AccessDenied', 'ExpiredToken', 'already-complete', '']) {
    assert.ok(!isOver(new RequestError({ status: 403, code })), code);
  }
  assert.ok(!isOver(new TypeError('a mistake of ours')));
});

test('the parts that are missing are read from the answer, whatever else comes', () => {
  const answer = (value) => ({ status: 409, body: JSON.stringify({ missing: value }), retryAfter: null });
  const missing = (value) => errorFrom(answer(value)).missing;
  assert.deepEqual(missing([2, 7]), [2, 7]);
  for (const value of [undefined, null, 'all', { 0: 1 }]) assert.deepEqual(missing(value), []);
});

test('another try says why it is made', () => {
  assert.match(retryText(new RequestError({ status: 0, code: 'no-answer' })), /connection/);
  assert.match(retryText(new RequestError({ status: 0, code: 'stalled' })), /moved/);
  assert.match(retryText(new RequestError({ status: 503 })), /busy/);
});
