import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest, largeFile, problem } from './large-world.js';
import { fateOf, reopen } from '../recall.js';
import { fingerprintOf } from '../fingerprint.js';

const { signal } = new AbortController();

/** A handle of a file, with what the browser says when it is asked, or only looked at. */
const handleOf = (file, { now = 'granted', asked = 'granted' } = {}) => ({
  queryPermission: async () => now,
  requestPermission: async () => asked,
  getFile: async () => file,
});

const recordOf = async (handle) => ({ handle, fingerprint: await fingerprintOf(largeFile(), digest) });

test('a file whose handle may still be read is opened by itself', async () => {
  const file = largeFile();
  assert.deepEqual(await reopen(await recordOf(handleOf(file)), digest), { file });
});

test('a handle that needs a permission is not opened before somebody clicked', async () => {
  const file = largeFile();
  const record = await recordOf(handleOf(file, { now: 'prompt' }));
  assert.deepEqual(await reopen(record, digest), { mayAsk: true });
  assert.deepEqual(await reopen(record, digest, true), { file });
});

test('a permission denied, a file gone, another file, and no handle all mean: choose it again', async () => {
  const gone = { ...handleOf(), getFile: async () => { throw new DOMException('gone', 'NotFoundError'); } };
  assert.deepEqual(await reopen(await recordOf(handleOf(largeFile(), { asked: 'denied' })), digest, true), {
    mayAsk: false,
  });
  for (const handle of [gone, handleOf(largeFile(7)), undefined]) {
    assert.deepEqual(await reopen(await recordOf(handle), digest), {});
  }
});

test('the store tells how far an upload is, or that it is over, or joined', async () => {
  const record = { token: 'token', fingerprint: { size: 40 }, fraction: 0.9 };
  const fate = (answer) => fateOf(record, answer, signal);
  const failing = (...facts) => async () => { throw problem(...facts); };
  const parts = [{ number: 1, size: 10 }, { number: 3, size: 10 }];
  assert.deepEqual(await fate(async () => ({ parts })), { fate: 'begun', fraction: 0.5 });
  assert.deepEqual(await fate(failing(409, 'already-complete')), { fate: 'sent', fraction: 1 });
  for (const facts of [[404, 'upload-gone'], [403, 'expired'], [403, 'invalid-token']]) {
    assert.deepEqual(await fate(failing(...facts)), { fate: 'over', fraction: 0 });
  }
});

test('a store that cannot be asked leaves what the record says', async () => {
  const record = { token: 'token', fingerprint: { size: 40 }, fraction: 0.9 };
  const lost = async () => { throw problem(0, 'no-answer'); };
  assert.deepEqual(await fateOf(record, lost, signal), { fate: 'begun', fraction: 0.9 });
});
