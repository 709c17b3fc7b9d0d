import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { alone, createStore, digest, hanging, problem, stepsTo } from './large-world.js';
import { createLedger } from '../ledger.js';
import { fingerprintOf } from '../fingerprint.js';
import { openRecords } from '../records.js';
import { Uploads } from '../uploads.js';

const MiB = 1024 * 1024;
const partBytes = 8 * MiB;
const content = new Uint8Array(17 * MiB).fill(97);
const beach = (changes = {}) => new File([content], 'beach.jpg', { lastModified: 7, ...changes });
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

let page;

function openPage() {
  page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  globalThis.document = { querySelector: () => null };
}

beforeEach(openPage);

/** A tray that only remembers. */
function createTray() {
  const rows = [];
  return {
    rows,
    offered: { count: 0 },
    offerGoOn(count, act) { this.offered = { count, act }; },
    addRow(job, actions) {
      const row = { name: job.name, actions, reports: [], isThere: true };
      rows.push(row);
      return { show: (report) => row.reports.push(report), remove: () => { row.isThere = false; } };
    },
  };
}

/** A page of uploads on a store; records are those that earlier pages left. */
async function world({ store = createStore(partBytes), records = [], isLasting = true, changes = {} } = {}) {
  const memory = await openRecords({});
  for (const record of records) await memory.put(record);
  const ledger = createLedger(Promise.resolve({ ...memory, isLasting }), alone);
  const tray = createTray();
  const steps = stepsTo(store, { ledger, ...changes });
  const ready = [];
  const limit = { bytes: 100 * MiB, text: '100 MiB' };
  const uploads = new Uploads({ limit, tray, steps, onReady: ({ id }) => ready.push(id) });
  const state = async (index, wanted) => {
    const shown = () => tray.rows[index]?.reports.at(-1);
    for (let turns = 0; turns < 2000 && shown()?.state !== wanted; turns += 1) await turn();
    assert.equal(shown()?.state, wanted, JSON.stringify(tray.rows[index]?.reports));
    return shown();
  };
  return { store, tray, uploads, ready, state, records: memory };
}

/** The record of an upload that an earlier page began, of which the store has the first part. */
async function begun(store, more = {}) {
  const { id, token } = await store.requestTicket({ size: content.length });
  store.uploads.get(token).parts.set(1, 'a'.repeat(partBytes));
  store.calls.length = 0;
  const fingerprint = await fingerprintOf(beach(), digest);
  return { id, token, partSize: partBytes, type: '', fingerprint, startedAt: 1, fraction: 0.5, ...more };
}

test('a large file goes in parts, and its record is forgotten when it is in the gallery', async () => {
  const { uploads, state, store, ready, records } = await world();
  await uploads.add([{ file: beach() }]);
  await state(0, 'done');
  assert.deepEqual([store.of('put').length, ready], [3, ['image1']]);
  assert.deepEqual(await records.all(), []);
});

test('an upload of an earlier page waits for its file, says how much is there, and goes on when it comes', async () => {
  const store = createStore(partBytes);
  const { uploads, state, tray } = await world({ store, records: [await begun(store)] });
  await uploads.recall();
  await state(0, 'waiting');
  assert.equal(tray.rows[0].reports.at(-1).message, 'Choose the file again to go on, 47 % is there');
  await uploads.add([{ file: beach() }]);
  await state(0, 'done');
  assert.deepEqual([tray.rows.length, store.of('put').map(({ number }) => number).toSorted()], [1, [2, 3]]);
});

test('another file of the same name is an upload of its own', async () => {
  const store = createStore(partBytes);
  const { uploads, state } = await world({ store, records: [await begun(store)] });
  await uploads.recall();
  const other = new File([new Uint8Array(17 * MiB).fill(98)], 'beach.jpg', { lastModified: 7 });
  await uploads.add([{ file: other }]);
  await state(1, 'done');
  await state(0, 'waiting');
});

test('an upload whose bytes were all sent needs no file any more', async () => {
  const store = createStore(partBytes);
  for (const isKnown of [true, false]) {
    const record = await begun(store, { isSent: isKnown });
    store.uploads.get(record.token).isComplete = true;
    const { uploads, state, ready } = await world({ store, records: [record] });
    await uploads.recall();
    await state(0, 'done');
    assert.deepEqual(ready, [record.id]);
  }
});

test('with a handle that may be read, it goes on by itself', async () => {
  const store = createStore(partBytes);
  const handle = { queryPermission: async () => 'granted', getFile: async () => beach() };
  const { uploads, state } = await world({ store, records: [await begun(store, { handle })] });
  await uploads.recall();
  await state(0, 'done');
});

test('with handles that need a permission, one button goes on with all of them', async () => {
  const store = createStore(partBytes);
  const permissions = ['granted', 'denied'];
  const handle = () => ({
    queryPermission: async () => 'prompt',
    requestPermission: async () => permissions.shift(),
    getFile: async () => beach(),
  });
  const records = [await begun(store, { handle: handle() }), await begun(store, { handle: handle(), startedAt: 2 })];
  const { uploads, state, tray } = await world({ store, records });
  await uploads.recall();
  assert.match((await state(0, 'waiting')).message, /permission/);
  assert.equal(tray.offered.count, 2);
  await tray.offered.act();
  await state(0, 'done');
  assert.match((await state(1, 'waiting')).message, /^Choose the file again/);
  assert.equal(tray.offered.count, 0);
});

test('an upload that the store has cleared away says that it starts over, and does when the file comes', async () => {
  const store = createStore(partBytes);
  const record = await begun(store);
  store.uploads.clear();
  const { uploads, state, ready } = await world({ store, records: [record] });
  await uploads.recall();
  assert.match((await state(0, 'waiting')).message, /starts over/);
  await uploads.add([{ file: beach() }]);
  await state(0, 'done');
  assert.deepEqual(ready, ['image2']);
});

test('discarding forgets the upload here and in the store', async () => {
  const store = createStore(partBytes);
  const { uploads, state, tray, records } = await world({ store, records: [await begun(store)] });
  await uploads.recall();
  await state(0, 'waiting');
  tray.rows[0].actions.onDiscard();
  while (store.uploads.size > 0) await turn();
  assert.deepEqual([tray.rows[0].isThere, await records.all()], [false, []]);
  await uploads.add([{ file: beach() }]);
  await state(1, 'done');
});

/** A page on which a large file is under way, its parts hanging. */
async function sending(options) {
  const store = createStore(partBytes);
  store.trouble = ({ kind, signal }) => (kind === 'put' ? hanging(signal) : undefined);
  const made = await world({ store, ...options });
  await made.uploads.add([{ file: beach() }]);
  while (store.of('put').length < 3) await turn();
  return { ...made, store };
}

test('a large file that is on its way is not sent a second time', async () => {
  const { uploads, tray, store } = await sending();
  await uploads.add([{ file: beach() }]);
  assert.deepEqual([tray.rows.length, store.of('ticket').length], [1, 1]);
});

test('what is refused is not kept', async () => {
  const store = createStore(partBytes);
  store.trouble = ({ kind }) => { if (kind === 'complete') throw problem(413, 'too-large'); };
  const { uploads, state, records } = await world({ store });
  await uploads.add([{ file: beach() }]);
  assert.equal((await state(0, 'refused')).isKept, false);
  assert.deepEqual(await records.all(), []);
});

test('cancelling takes the upload back and forgets it; a retry begins anew', async () => {
  const { state, store, tray, records } = await sending();
  tray.rows[0].actions.onCancel();
  await state(0, 'cancelled');
  while (store.of('abort').length === 0) await turn();
  assert.deepEqual([store.uploads.size, await records.all()], [0, []]);
  store.trouble = () => {};
  tray.rows[0].actions.onRetry();
  await state(0, 'done');
  assert.equal(store.of('ticket').length, 2);
});

test('cancelling too late shows the picture that has come all the same', async () => {
  const { state, store, tray, ready } = await sending();
  store.uploads.get('token image1').isComplete = true;
  tray.rows[0].actions.onCancel();
  await state(0, 'done');
  assert.deepEqual(ready, ['image1']);
});

test('a failed upload is kept: retry goes on, and so does its file chosen again', async () => {
  for (const again of ['retry', 'file']) {
    const store = createStore(partBytes);
    store.trouble = ({ kind, number }) => { if (kind === 'put' && number === 3) throw problem(400, 'InvalidRequest'); };
    const { uploads, state, tray } = await world({ store });
    await uploads.add([{ file: beach() }]);
    assert.equal((await state(0, 'failed')).isKept, true);
    store.trouble = () => {};
    if (again === 'retry') tray.rows[0].actions.onRetry();
    else await uploads.add([{ file: beach() }]);
    await state(0, 'done');
    assert.deepEqual([store.of('ticket').length, tray.rows.length], [1, 1]);
  }
});

test('a file that changed on disk is opened anew by its handle, as an upload of its own', async () => {
  const store = createStore(partBytes);
  store.trouble = ({ kind, number }) => { if (kind === 'put' && number === 3) throw problem(400, 'InvalidRequest'); };
  const { uploads, state, tray, ready } = await world({ store });
  const handle = { getFile: async () => beach({ lastModified: 8 }) };
  await uploads.add([{ file: beach(), handle }]);
  await state(0, 'failed');
  store.trouble = () => {};
  tray.rows[0].actions.onRetry();
  await state(0, 'done');
  assert.deepEqual([ready, store.of('abort').length], [['image2'], 1]);
});

/** Whether the page asks before it is left. */
function asksBeforeLeaving() {
  const event = new Event('beforeunload', { cancelable: true });
  page.dispatchEvent(event);
  return event.defaultPrevented;
}

test('leaving is warned of only while something would be lost', async () => {
  const lasting = await sending();
  assert.equal(asksBeforeLeaving(), false);
  lasting.tray.rows[0].actions.onCancel();

  openPage();
  await sending({ isLasting: false });
  assert.equal(asksBeforeLeaving(), true);

  openPage();
  const whole = await world({ changes: { putBytes: (ticket, file, { signal }) => hanging(signal) } });
  await whole.uploads.add([{ file: new File(['small'], 'small.png') }]);
  await whole.state(0, 'sending');
  assert.equal(asksBeforeLeaving(), true);
  whole.tray.rows[0].actions.onCancel();
  await whole.state(0, 'cancelled');
  assert.equal(asksBeforeLeaving(), false);
});
