import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendingText } from '../tray-row.js';
import { summary } from '../tray.js';

test('the summary counts what was added and names what was not', () => {
  const cases = [
    [['done'], '1 picture added'],
    [['done', 'duplicate', 'done'], '3 pictures added'],
    [['done', 'sending', 'queued'], '1 of 3 added'],
    [['done', 'refused', 'refused', 'failed'], '1 of 4 added, 2 refused, 1 failed'],
    [['done', 'waiting'], '1 of 2 added, 1 unfinished'],
    [['cancelled', 'checking'], '0 of 2 added, 1 cancelled'],
  ];
  for (const [states, words] of cases) assert.equal(summary(states), words);
});

test('a row says how far it is, and how long it will take only when that is known', () => {
  const text = (report) => sendingText({ state: 'sending', fraction: 0.528, ...report });
  assert.equal(text({}), 'Sending… 52 %');
  assert.equal(text({ pace: 'about 2 minutes left, 3.4 MiB/s' }), '52 %, about 2 minutes left, 3.4 MiB/s');
  assert.equal(text({ label: 'Started over:' }), 'Started over: 52 %');
  assert.equal(text({ label: 'Started over:', pace: 'a few seconds left' }), 'Started over: 52 %, a few seconds left');
  assert.equal(text({ fraction: 1 }), 'Sending… 99 %');
  assert.equal(text({ fraction: undefined }), undefined);
  assert.equal(text({ state: 'checking' }), undefined);
});
