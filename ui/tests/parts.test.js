import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStored, partsOf, storedOf } from '../parts.js';

test('parts cover the file without gap or overlap, and only the last is shorter', () => {
  for (const size of [1, 7, 8, 9, 16, 17, 41]) {
    const parts = partsOf(size, 8);
    assert.deepEqual(parts.map(({ number }) => number), parts.map((_, index) => index + 1));
    assert.deepEqual([parts[0].start, parts.at(-1).end], [0, size]);
    parts.forEach((part, index) => {
      assert.equal(part.size, part.end - part.start);
      assert.ok(part.size > 0);
      if (index > 0) assert.equal(part.start, parts[index - 1].end);
      if (index < parts.length - 1) assert.equal(part.size, 8);
    });
  }
});

test('a part of the wrong size and one that the file does not have count as missing', () => {
  const stored = storedOf(partsOf(20, 8), [
    { number: 1, size: 8, sha256: 'a' }, { number: 2, size: 7 }, { number: 3, size: 4 }, { number: 4, size: 8 },
  ]);
  assert.deepEqual(Array.from(stored.keys()), [1, 3]);
});

test('a part is skipped only when the store has it with the same digest, as far as it tells one', () => {
  assert.ok(isStored({ number: 1, size: 8, sha256: 'same' }, 'same'));
  assert.ok(isStored({ number: 1, size: 8 }, 'same'));
  assert.ok(!isStored({ number: 1, size: 8, sha256: 'other' }, 'same'));
  assert.ok(!isStored(undefined, 'same'));
});
