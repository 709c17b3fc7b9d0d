import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../digest.js';
import { fingerprintOf, isSameFile } from '../fingerprint.js';

const digest = (bytes) => digestOf(bytes, { signal: new AbortController().signal, onProgress() {} });
const file = (bytes, name = 'beach.jpg', lastModified = 7) => new File([bytes], name, { lastModified });
const bytes = (changes = {}) => Object.assign(new Uint8Array(300_000).fill(1), changes);

test('the same file chosen again is known again', async () => {
  const known = await fingerprintOf(file(bytes()), digest);
  assert.ok(await isSameFile(known, file(bytes()), digest));
});

test('another name, size, time, beginning or end is another file', async () => {
  const known = await fingerprintOf(file(bytes()), digest);
  const others = [
    file(bytes(), 'beech.jpg'), file(bytes().subarray(1)), file(bytes(), 'beach.jpg', 8),
    file(bytes({ 65_535: 2 })), file(bytes({ [300_000 - 65_536]: 2 })),
  ];
  for (const other of others) assert.ok(!await isSameFile(known, other, digest));
});

test('a file shorter than its edges has a fingerprint, too', async () => {
  const known = await fingerprintOf(file('tiny'), digest);
  assert.equal(known.head, known.tail);
  assert.ok(await isSameFile(known, file('tiny'), digest));
});

test('a file that cannot be read is not the same', async () => {
  const known = await fingerprintOf(file(bytes()), digest);
  const broken = async () => { throw new Error('unreadable'); };
  assert.ok(!await isSameFile(known, file(bytes()), broken));
});
