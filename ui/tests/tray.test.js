import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summary } from '../tray.js';

test('the summary counts what was added and names what was not', () => {
  const cases = [
    [['done'], '1 picture added'],
    [['done', 'duplicate', 'done'], '3 pictures added'],
    [['done', 'sending', 'queued'], '1 of 3 added'],
    [['done', 'refused', 'refused', 'failed'], '1 of 4 added, 2 refused, 1 failed'],
    [['cancelled', 'checking'], '0 of 2 added, 1 cancelled'],
  ];
  for (const [states, words] of cases) assert.equal(summary(states), words);
});
