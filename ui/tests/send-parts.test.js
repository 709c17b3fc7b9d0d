import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore, digest, hanging, largeFile, partSize, problem, stepsTo } from './large-world.js';
import { fileWidth } from '../budget.js';
import { fingerprintOf } from '../fingerprint.js';
import { sendParts } from '../send-parts.js';

/** Sends a file and answers all reports. */
async function send(job, steps, signal = new AbortController().signal) {
  const told = [];
  await sendParts({ job, steps, signal, report: (news) => told.push(news), lane: steps.budget.lane() });
  return told;
}

/** A job whose upload an earlier page began; the store has some of its parts. */
async function begunJob(store, have, file = largeFile()) {
  const { id, token } = await store.requestTicket({ size: file.size });
  const text = await file.text();
  have.forEach((number) => {
    store.uploads.get(token).parts.set(number, text.slice((number - 1) * partSize, number * partSize));
  });
  const fingerprint = await fingerprintOf(file, digest);
  store.calls.length = 0;
  return { file, record: { id, token, partSize, fingerprint, startedAt: 1, fraction: 0 } };
}

/** Trouble that strikes a named request once, or so many times. */
const strike = (kind, error, times = 1) => {
  let left = times;
  return (call) => {
    if (call.kind !== kind || left <= 0) return;
    left -= 1;
    throw error;
  };
};

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const sent = (store) => store.of('put').map(({ number }) => number).toSorted((a, b) => a - b);
const fractions = (told) => told.filter(({ state }) => state === 'sending').map(({ fraction }) => fraction);

test('all parts arrive and are joined to the file, which was announced without a digest', async () => {
  const store = createStore();
  const job = { file: largeFile() };
  await send(job, stepsTo(store));
  assert.equal(store.uploads.get('token image1').content, await job.file.text());
  assert.deepEqual(store.of('ticket'), [{ kind: 'ticket', name: 'beach.jpg', type: '', size: job.file.size }]);
  assert.deepEqual([job.sentID, job.record.isSent], ['image1', true]);
});

test('no more parts fly at once than one file may have, and none is signed before its place is free', async () => {
  const store = createStore();
  let flying = 0;
  let signed = 0;
  const peaks = { flying: 0, signedAhead: 0 };
  store.trouble = async ({ kind, numbers }) => {
    if (kind === 'sign') {
      signed += numbers.length;
      peaks.signedAhead = Math.max(peaks.signedAhead, signed);
    }
    if (kind !== 'put') return;
    flying += 1;
    peaks.flying = Math.max(peaks.flying, flying);
    await new Promise((resolve) => { setImmediate(resolve); });
    flying -= 1;
    signed -= 1;
  };
  await send({ file: largeFile(20) }, stepsTo(store));
  assert.deepEqual(peaks, { flying: fileWidth, signedAhead: fileWidth });
  assert.equal(sum(store.of('sign').map(({ numbers }) => numbers.length)), 20);
});

test('an upload taken up again sends only what is not there', async () => {
  const store = createStore();
  const job = await begunJob(store, [1, 2, 5]);
  const told = await send(job, stepsTo(store));
  assert.deepEqual(sent(store), [3, 4, 6]);
  assert.equal(store.of('ticket').length, 0);
  assert.equal(store.uploads.get('token image1').content, await job.file.text());
  assert.ok(fractions(told)[1] >= 0.17);
});

test('a part of another size or with other bytes is sent again', async () => {
  const store = createStore();
  const job = await begunJob(store, [1, 2, 3]);
  const { parts } = store.uploads.get('token image1');
  parts.set(1, 'short').set(2, 'XXXXXXXXXX');
  await send(job, stepsTo(store));
  assert.deepEqual(sent(store), [1, 2, 4, 5, 6]);
});

test('a store that tells no digests is believed for the sizes', async () => {
  const store = createStore();
  const job = await begunJob(store, [1, 2, 3]);
  const { listParts } = store;
  store.listParts = async (token) => {
    const { parts } = await listParts(token);
    return { parts: parts.map(({ number, size }) => ({ number, size })) };
  };
  await send(job, stepsTo(store));
  assert.deepEqual(sent(store), [4, 5, 6]);
});

test('an upload that turns out to be joined needs nothing more', async () => {
  const store = createStore();
  const job = await begunJob(store, []);
  store.uploads.get('token image1').isComplete = true;
  await send(job, stepsTo(store));
  assert.deepEqual([job.sentID, store.of('put').length], ['image1', 0]);
});

for (const [status, code] of [[403, 'expired'], [403, 'invalid-token'], [404, 'upload-gone']]) {
  test(`an upload that is over (${code}) starts over by itself, once, and says so`, async () => {
    const store = createStore();
    store.trouble = strike('list', problem(status, code));
    const job = await begunJob(store, [1, 2]);
    const told = await send(job, stepsTo(store));
    assert.deepEqual([job.sentID, sent(store)], ['image2', [1, 2, 3, 4, 5, 6]]);
    assert.ok(told.some(({ state, message }) => state === 'preparing' && /Starting over/.test(message)));
    assert.ok(told.filter(({ state }) => state === 'sending').at(-1).label.startsWith('Started over'));
  });
}

test('an upload that vanishes between its parts starts over, too; one that always vanishes is given up', async () => {
  const store = createStore();
  store.trouble = ({ kind, number }) => kind === 'put' && number === 4 && store.uploads.delete('token image1');
  const job = { file: largeFile() };
  await send(job, stepsTo(store));
  assert.equal(job.sentID, 'image2');
  store.trouble = ({ kind }) => kind === 'put' && store.uploads.clear();
  await assert.rejects(send({ file: largeFile() }, stepsTo(store)), { code: 'upload-over' });
});

test('parts that the store lost after all are sent again before they are joined', async () => {
  const store = createStore();
  let losses = 1;
  store.trouble = ({ kind }) => {
    if (kind === 'complete' && losses > 0) losses -= store.uploads.get('token image1').parts.delete(3) ? 1 : 0;
  };
  const job = { file: largeFile() };
  await send(job, stepsTo(store));
  assert.equal(sent(store).filter((number) => number === 3).length, 2);
  assert.equal(store.uploads.get('token image1').content, await job.file.text());
});

test('a store that never has all parts is not asked for ever', async () => {
  const store = createStore();
  store.trouble = ({ kind }) => { if (kind === 'complete') throw problem(409, 'incomplete-upload', { missing: [1] }); };
  await assert.rejects(send({ file: largeFile() }, stepsTo(store)), { code: 'incomplete-upload' });
  assert.equal(store.of('complete').length, 3);
});

test('every question outlasts a server that starts anew', async () => {
  for (const kind of ['ticket', 'sign', 'list', 'put', 'complete']) {
    const store = createStore();
    const job = await begunJob(store, [1]);
    if (kind === 'ticket') job.record = undefined;
    store.trouble = strike(kind, problem(0, 'no-answer'), 4);
    await send(job, stepsTo(store));
    assert.ok(job.sentID, kind);
  }
});

test('an error ends the requests, and keeps the upload and its record for the next try', async () => {
  const store = createStore();
  let flying;
  store.trouble = async ({ kind, number, signal }) => {
    if (kind !== 'put') return undefined;
    if (number === 2) throw problem(400, 'InvalidRequest');
    flying = signal;
    return hanging(signal);
  };
  const steps = stepsTo(store);
  const job = { file: largeFile() };
  await assert.rejects(send(job, steps), { code: 'InvalidRequest' });
  assert.ok(flying.aborted);
  assert.equal(store.of('abort').length, 0);
  assert.deepEqual((await steps.ledger.claimAll()).map(({ token }) => token), [job.record.token]);
  store.trouble = () => {};
  await send(job, steps);
  assert.equal(store.of('ticket').length, 1);
});

test('a file that changes before all of its parts are hashed is said to have changed', async () => {
  const store = createStore();
  const cause = new DOMException('changed', 'NotReadableError');
  let parts = 0;
  const digestOf = async (bytes) => {
    if (bytes.size === partSize && (parts += 1) > 3) throw problem(0, 'unreadable-file', { cause });
    return digest(bytes);
  };
  await assert.rejects(send({ file: largeFile() }, stepsTo(store, { digestOf })), { code: 'file-changed' });
});

test('progress never goes back and never beyond one, over failures and from page to page', async () => {
  const store = createStore();
  store.trouble = strike('put', problem(503, 'SlowDown'), 9);
  const job = await begunJob(store, [1, 2]);
  job.record.fraction = 0.6;
  const seen = fractions(await send(job, stepsTo(store)));
  assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  assert.deepEqual([seen[0], seen.at(-1)], [0.6, 1]);
});

test('a try after a failure begins with what was shown last', async () => {
  const store = createStore();
  store.trouble = ({ kind, number }) => { if (kind === 'put' && number === 6) throw problem(400, 'InvalidRequest'); };
  const job = { file: largeFile() };
  const steps = stepsTo(store);
  const told = [];
  const trip = { job, steps, signal: new AbortController().signal, report: (news) => told.push(news) };
  await assert.rejects(sendParts({ ...trip, lane: steps.budget.lane() }), { code: 'InvalidRequest' });
  const shown = fractions(told).at(-1);
  assert.ok(shown > 0);
  store.trouble = () => {};
  assert.equal(fractions(await send(job, steps))[0], shown);
});

test('what was shown is noted once a second, for the page after this one', async () => {
  const store = createStore();
  const noted = [];
  const ledger = { keep: ({ fraction, isSent }) => noted.push(isSent ? 'sent' : fraction) };
  let clock = 0;
  store.trouble = ({ kind }) => { if (kind === 'put') clock += 400; };
  await send({ file: largeFile(10) }, stepsTo(store, { ledger, now: () => clock }));
  assert.deepEqual([noted[0], noted.at(-1)], [0, 'sent']);
  assert.equal(noted.length - 2, 3, `${noted}`); // in four seconds
});

test('a cancelled upload rejects only when all of its requests have ended', async () => {
  const store = createStore();
  const controller = new AbortController();
  let open = 0;
  store.trouble = async ({ kind, signal }) => {
    if (kind !== 'put') return;
    open += 1;
    if (open === fileWidth) setImmediate(() => controller.abort());
    await hanging(signal).catch(() => {});
    await new Promise((resolve) => { setImmediate(resolve); });
    open -= 1;
    signal.throwIfAborted();
  };
  const steps = stepsTo(store);
  await assert.rejects(send({ file: largeFile() }, steps, controller.signal), { name: 'AbortError' });
  assert.equal(open, 0);
});
