import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone } from './large-world.js';
import { createLedger } from '../ledger.js';
import { openRecords } from '../records.js';

const record = (id, more) => ({ id, startedAt: 1, ...more });
const broken = () => Promise.reject(new Error('broken'));

test('what an earlier page kept is found, unless another tab drives it', async () => {
  const records = await openRecords({});
  await records.put(record('a'));
  await records.put(record('b'));
  const ownership = { claim: async (id) => id !== 'b', release() {} };
  const found = await createLedger(Promise.resolve(records), ownership).claimAll();
  assert.deepEqual(found.map(({ id }) => id), ['a']);
});

test('keeping and forgetting happen in the order they were asked for, however slow the store is', async () => {
  const records = await openRecords({});
  const later = () => new Promise((resolve) => { setImmediate(resolve); });
  const slow = { ...records, put: (one) => later().then(() => records.put(one)) };
  const ledger = createLedger(Promise.resolve(slow), alone);
  ledger.keep(record('a'));
  await ledger.forget('a');
  assert.deepEqual(await records.all(), []);
});

test('a record is kept as it was when it was given', async () => {
  const records = await openRecords({});
  const ledger = createLedger(Promise.resolve(records), alone);
  const changing = record('a', { fraction: 0.1 });
  const keeping = ledger.keep(changing);
  changing.fraction = 0.9;
  await keeping;
  assert.equal((await records.all())[0].fraction, 0.1);
});

test('a browser that cannot keep a handle keeps the rest', async () => {
  const records = await openRecords({});
  const put = (one) => (one.handle ? broken() : records.put(one));
  await createLedger(Promise.resolve({ ...records, put }), alone).keep(record('a', { handle: {} }));
  assert.deepEqual(await records.all(), [record('a')]);
});

test('a store that breaks breaks no upload', async () => {
  const records = { isLasting: true, all: broken, put: broken, remove: broken };
  const ledger = createLedger(Promise.resolve(records), { claim: broken, release() {} });
  await ledger.keep(record('a'));
  await ledger.forget('a');
  assert.deepEqual(await ledger.claimAll(), []);
});

test('a page that ends lets go of its uploads, and one that forgets lets go of that one', async () => {
  const released = [];
  const ledger = createLedger(openRecords({}), { ...alone, release: (id) => released.push(id) });
  await Promise.all(['a', 'b', 'c'].map((id) => ledger.keep(record(id))));
  await ledger.forget('b');
  ledger.leave();
  assert.deepEqual(released, ['b', 'a', 'c']);
});

test('before the store is open nothing counts as lasting', async () => {
  const opening = Promise.resolve({ isLasting: true });
  const ledger = createLedger(opening, alone);
  assert.equal(ledger.isLasting(), false);
  await opening;
  await undefined;
  assert.equal(ledger.isLasting(), true);
});
