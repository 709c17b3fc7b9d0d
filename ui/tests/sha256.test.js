import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { SHA256 } from '../sha256.js';
import { hashSlices, sliceSize } from '../hash-slices.js';
import { base64, digestOf, streamingThreshold, usesBuiltIn } from '../digest.js';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const reference = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sample = (length) => Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 8) * 31) & 0xff);

test('the digest agrees with node:crypto for every length from 0 to 200', () => {
  for (let length = 0; length <= 200; length += 1) {
    assert.equal(hex(new SHA256().update(sample(length)).digest()), reference(sample(length)), `${length} bytes`);
  }
});

test('the digest does not depend on where the stream was cut', () => {
  const bytes = sample(1000);
  for (const first of [0, 1, 55, 56, 63, 64, 65, 127, 128, 129, 999, 1000]) {
    for (const step of [1, 7, 63, 64, 65, 500]) {
      const hash = new SHA256().update(bytes.subarray(0, first));
      for (let at = first; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
      assert.equal(hex(hash.digest()), reference(bytes), `${first}, then steps of ${step}`);
    }
  }
});

test('a view into a larger buffer is read from its own beginning', () => {
  const view = sample(300).subarray(33, 233);
  assert.equal(hex(new SHA256().update(view).digest()), reference(view));
});

test('the length is right beyond 512 MiB, where 32 bits of bits end', () => {
  const chunk = sample(16 * 1024 * 1024);
  const ours = new SHA256();
  const theirs = createHash('sha256');
  for (let count = 0; count < 33; count += 1) {
    ours.update(chunk);
    theirs.update(chunk);
  }
  assert.equal(hex(ours.digest()), theirs.digest('hex'));
});

test('a file is hashed slice by slice, with progress that ends at one', async () => {
  for (const size of [0, 1, sliceSize - 1, sliceSize, sliceSize + 1, 2 * sliceSize + 77]) {
    const bytes = sample(size);
    const seen = [];
    assert.equal(hex(await hashSlices(new Blob([bytes]), (fraction) => seen.push(fraction))), reference(bytes));
    assert.equal(seen.length, Math.ceil(size / sliceSize));
    if (size > 0) assert.equal(seen.at(-1), 1);
  }
});

test('hashing stops between slices when it is cancelled', async () => {
  const controller = new AbortController();
  const file = new Blob([sample(2 * sliceSize)]);
  const hashing = hashSlices(file, () => controller.abort(), controller.signal);
  await assert.rejects(hashing, { name: 'AbortError' });
});

test('the built-in digest is for small files in secure contexts only', () => {
  const secure = { subtle: {} };
  assert.equal(usesBuiltIn(streamingThreshold, secure), true);
  assert.equal(usesBuiltIn(streamingThreshold + 1, secure), false);
  assert.equal(usesBuiltIn(1, {}), false);
});

test('the digest of a file is told in the base64 of x-amz-checksum-sha256', async () => {
  const { signal } = new AbortController();
  const told = await digestOf(new Blob(['abc']), { signal, onProgress() {} });
  assert.equal(told, 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
  assert.equal(base64(new Uint8Array(32)), `${'A'.repeat(43)}=`);
});

test('without the built-in digest and without workers the file is hashed all the same', async (context) => {
  context.mock.getter(globalThis, 'crypto', () => ({}));
  const { signal } = new AbortController();
  const told = await digestOf(new Blob(['abc']), { signal, onProgress() {} });
  assert.equal(told, 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
});

test('a file that can no longer be read is named as such', async () => {
  const { signal } = new AbortController();
  const gone = { size: 3, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
  await assert.rejects(digestOf(gone, { signal, onProgress() {} }), { code: 'unreadable-file' });
});
