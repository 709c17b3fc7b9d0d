import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from '../progress.js';
import { partsOf } from '../parts.js';

const parts = partsOf(20, 8);

test('progress is the sum over the parts', () => {
  const progress = createProgress(parts);
  progress.note(1, 8);
  progress.note(3, 2);
  assert.deepEqual([progress.bytes(), progress.fraction()], [10, 0.5]);
});

test('a part counts for no more than its size, so that all of them are exactly one', () => {
  const progress = createProgress(parts);
  parts.forEach(({ number }) => progress.note(number, 1000));
  assert.deepEqual([progress.bytes(), progress.fraction()], [20, 1]);
});

test('a part that starts anew lowers what has left, and not what is shown', () => {
  const progress = createProgress(parts);
  progress.note(1, 8);
  progress.note(1, 0);
  assert.deepEqual([progress.bytes(), progress.fraction()], [0, 0.4]);
  progress.note(1, 8);
  progress.note(2, 2);
  assert.equal(progress.fraction(), 0.5);
});

test('what an earlier page showed is where this one begins', () => {
  const progress = createProgress(parts, 0.7);
  progress.note(1, 8);
  assert.equal(progress.fraction(), 0.7);
  assert.equal(createProgress(parts, 1.5).fraction(), 1);
});
