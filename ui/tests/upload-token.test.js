import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestError } from '../problems.js';
import { UploadToken } from '../upload-token.js';
import { askTicket } from '../ticket.js';

const key = 'imgn.upload-token';
const settle = () => new Promise((resolve) => { setImmediate(resolve); });
const refusal = new RequestError({ status: 401, code: 'upload-token-needed', detail: 'Ask for it.' });

function storage(entries = []) {
  const values = new Map(entries);
  return {
    values,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
}

/** A gallery that takes one token, and what it was asked with. */
function world(right, options = { isAsked: true }) {
  const tab = storage();
  const device = storage();
  const token = new UploadToken({ tab, device, ...options });
  const asked = [];
  const reports = [];
  const requestTicket = async (_, __, bearer) => {
    asked.push(bearer);
    if (bearer !== right) throw refusal;
    return { id: 'one' };
  };
  const controller = new AbortController();
  const { signal } = controller;
  const trip = { steps: { requestTicket, token }, signal, report: ({ message }) => reports.push(message) };
  return { token, tab, device, asked, reports, controller, ask: () => askTicket({}, trip, { signal }) };
}

test('a token is kept for the tab, or for the browser if one wishes, and forgotten in both', () => {
  const { token, tab, device } = world('right');
  token.give(' right ', false);
  assert.deepEqual([token.value, tab.values.get(key), device.values.has(key)], ['right', 'right', false]);
  token.give('right', true);
  assert.deepEqual([tab.values.has(key), device.values.get(key)], [false, 'right']);
  token.forget();
  assert.deepEqual([token.isMissing(), tab.values.has(key), device.values.has(key)], [true, false, false]);
});

test('a later page finds it, and sends it only where the gallery asks', () => {
  const device = storage([[key, 'kept']]);
  assert.equal(new UploadToken({ isAsked: true, device }).value, 'kept');
  assert.equal(new UploadToken({ isAsked: false, device }).value, undefined);
  assert.equal(new UploadToken({ isAsked: true }).isMissing(), true);
});

test('a file waits for the token, and then goes with it', async () => {
  const { token, asked, reports, ask } = world('right');
  const answer = ask();
  await settle();
  assert.deepEqual([asked, reports, token.isAwaited], [[], ['Waits for the upload token'], true]);
  token.give('right', false);
  assert.deepEqual(await answer, { id: 'one' });
  assert.deepEqual([asked, token.isAwaited], [['right'], false]);
});

test('a token that is refused is forgotten, with the reason; the next one is tried', async () => {
  const { token, tab, asked, ask } = world('right');
  token.give('wrong', false);
  const answer = ask();
  await settle();
  assert.equal(token.trouble, 'That token was not accepted. Ask for it.');
  assert.deepEqual([token.isAwaited, tab.values.has(key)], [true, false]);
  token.give('right', false);
  assert.deepEqual(await answer, { id: 'one' });
  assert.deepEqual([asked, token.trouble], [['wrong', 'right'], '']);
});

test('a late refusal of an earlier token leaves the one that was given since', () => {
  const { token } = world('right');
  token.give('right', false);
  token.refuse(refusal, 'wrong');
  assert.deepEqual([token.value, token.trouble], ['right', '']);
});

test('a gallery that begins to ask while the page is open is given its token, too', async () => {
  const { token, asked, ask } = world('right', { isAsked: false });
  const answer = ask();
  await settle();
  assert.deepEqual([token.isMissing(), token.trouble], [true, '']);
  token.give('right', true);
  assert.deepEqual(await answer, { id: 'one' });
  assert.deepEqual(asked, [undefined, 'right']);
});

test('a file that is called off waits no more', async () => {
  const { token, controller, ask } = world('right');
  const answer = ask();
  await settle();
  controller.abort(new Error('cancelled'));
  await assert.rejects(answer, { message: 'cancelled' });
  assert.equal(token.isAwaited, false);
});
