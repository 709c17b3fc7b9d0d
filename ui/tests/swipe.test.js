import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swipeDirection } from '../swipe.js';

test('a long sideways travel is a swipe', () => {
  assert.equal(swipeDirection(-120, 20), 'left');
  assert.equal(swipeDirection(48, -30), 'right');
});

test('a tap, a scroll and a slanted travel are none', () => {
  for (const [x, y] of [[0, 0], [47, 0], [-47, 3], [10, 200], [60, 60]]) assert.equal(swipeDirection(x, y), null);
});
