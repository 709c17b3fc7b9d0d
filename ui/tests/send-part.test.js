import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBudget } from '../budget.js';
import { patiently } from '../retry.js';
import { problem } from './large-world.js';
import { sendPart } from '../send-part.js';

const part = { number: 2, start: 4, end: 8, size: 4 };
const lost = () => problem(0, 'no-answer');

/** A flight whose puts fail with these errors in turn, then succeed. Notes what happens. */
function flight(errors = [], changes = {}) {
  const events = [];
  const { signal } = new AbortController();
  const made = {
    file: new File(['aaaabbbbcccc'], 'a.png'),
    stored: new Map(),
    hash: async (bytes) => `hash of ${await bytes.text()}`,
    sign: async ({ number, sha256 }) => {
      events.push('sign');
      return { number, url: `url ${number}`, headers: { sha256 } };
    },
    putBytes: async (ticket, bytes) => {
      events.push('put');
      const error = errors.shift();
      if (error) throw error;
      made.arrived = { ...ticket, bytes: await bytes.text(), type: bytes.type };
    },
    lane: createBudget().lane(),
    signal,
    wait: async () => {},
    note: (number, byteCount) => events.push(byteCount),
    onTrouble: (error) => events.push(error?.code),
    events,
    ...changes,
  };
  return made;
}

const puts = ({ events }) => events.filter((event) => event === 'put').length;

test('a part is signed for its digest and sent, without a type that nobody signed', async () => {
  const trip = flight();
  await sendPart(part, trip);
  assert.deepEqual(trip.arrived, {
    number: 2, url: 'url 2', headers: { sha256: 'hash of bbbb' }, bytes: 'bbbb', type: '',
  });
  assert.deepEqual(trip.events, [0, 'sign', 'put', 4]);
});

test('any 403 brings one fresh address, and not a second one', async () => {
  for (const code of ['AccessDenied', 'SignatureDoesNotMatch', 'RequestTimeTooSkewed', '']) {
    const trip = flight([problem(403, code)]);
    await sendPart(part, trip);
    assert.equal(trip.events.filter((event) => event === 'sign').length, 2);
    const always = flight([problem(403, code), problem(403, code), problem(403, code)]);
    await assert.rejects(sendPart(part, always), { status: 403 });
    assert.equal(puts(always), 2);
  }
});

test('a 403 by which the API ends the upload is not asked again', async () => {
  const trip = flight([], { sign: async () => { throw problem(403, 'expired'); } });
  await assert.rejects(sendPart(part, trip), { code: 'expired' });
});

test('bytes that were damaged on the way are hashed, signed and sent once more', async () => {
  const trip = flight([problem(400, 'BadDigest')]);
  await sendPart(part, trip);
  assert.equal(trip.arrived.bytes, 'bbbb');
  const always = flight(Array.from({ length: 5 }, () => problem(400, 'BadDigest')));
  await assert.rejects(sendPart(part, always), { code: 'BadDigest' });
  assert.equal(puts(always), 2);
});

test('a file that changed after it was hashed is said to have changed', async () => {
  const hashes = ['before', 'after'];
  const trip = flight([problem(400, 'BadDigest')], { hash: async () => hashes.shift() });
  await assert.rejects(sendPart(part, trip), { code: 'file-changed' });
  assert.equal(puts(trip), 1);
});

test('a file that can no longer be read is not tried twelve times, and it is said whether it changed', async () => {
  for (const [name, code] of [['NotReadableError', 'file-changed'], ['NotFoundError', 'unreadable-file']]) {
    const arrayBuffer = async () => { throw new DOMException('no', name); };
    const unreadable = { text: async () => '', slice: () => ({ arrayBuffer }) };
    const trip = flight([lost(), lost(), lost()], { file: { slice: () => unreadable } });
    await assert.rejects(sendPart(part, trip), { code });
    assert.equal(puts(trip), 1);
  }
});

test('a busy store and a broken connection are met with patience, a fresh address each time', async () => {
  const trip = flight([problem(503, 'SlowDown'), lost(), problem(0, 'stalled'), problem(400, 'RequestTimeout')]);
  await sendPart(part, trip);
  assert.deepEqual(trip.events.filter((event) => typeof event === 'string'), [
    'sign', 'put', 'SlowDown', 'sign', 'put', 'no-answer', 'sign', 'put', 'stalled',
    'sign', 'put', 'RequestTimeout', 'sign', 'put',
  ]);
  const endless = flight(Array.from({ length: 50 }, lost));
  await assert.rejects(sendPart(part, endless), { code: 'no-answer' });
  assert.equal(puts(endless), patiently);
});

test('what the store asks for with Retry-After is waited for, without holding a place', async () => {
  const waits = [];
  const lane = createBudget(1).lane();
  const { signal } = new AbortController();
  const wait = async (milliseconds) => {
    waits.push(milliseconds);
    await lane.run(async () => waits.push('place is free'), signal);
  };
  await sendPart(part, flight([problem(503, 'SlowDown', { retryAfter: 7 })], { wait, lane }));
  assert.deepEqual(waits, [7000, 'place is free']);
});

test('a part that is there is not signed, and counts', async () => {
  const trip = flight([], { stored: new Map([[2, { number: 2, size: 4, sha256: 'hash of bbbb' }]]) });
  await sendPart(part, trip);
  assert.deepEqual(trip.events, [4]);
});
