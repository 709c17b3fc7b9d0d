import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countText, dimensionText, durationText, fixedSizeText, sizeText } from '../format.js';

test('sizes take the unit in which they are easy to read', () => {
  const expected = [
    [0, '0 bytes'], [1, '1 byte'], [1023, '1023 bytes'], [1024, '1.0 KiB'], [3_565_158, '3.4 MiB'],
    [104_857_600, '100 MiB'], [1024 ** 3, '1.0 GiB'], [1024 ** 4 * 5, '5.0 TiB'], [1024 ** 5 * 2, '2048 TiB'],
  ];
  for (const [byteCount, words] of expected) assert.equal(sizeText(byteCount), words);
});

test('a size that stands still needs no zero behind the point', () => {
  assert.deepEqual([1024, 1536, 3_565_158].map(fixedSizeText), ['1 KiB', '1.5 KiB', '3.4 MiB']);
});

test('one is singular, everything else is plural', () => {
  assert.deepEqual([0, 1, 2].map((count) => countText(count, 'picture')), ['0 pictures', '1 picture', '2 pictures']);
});

test('dimensions carry the multiplication sign', () => {
  assert.equal(dimensionText(4032, 3024), '4032 × 3024');
});

test('a time to wait is said roughly', () => {
  const expected = [
    [0, 'a few seconds'], [9.9, 'a few seconds'], [11, 'about 20 seconds'], [50, 'about 50 seconds'],
    [51, 'about a minute'], [89, 'about a minute'], [100, 'about 2 minutes'], [3299, 'about 55 minutes'],
    [3300, 'about an hour'], [7000, 'about 2 hours'], [90_000, 'about 25 hours'],
  ];
  for (const [seconds, words] of expected) assert.equal(durationText(seconds), words);
});
