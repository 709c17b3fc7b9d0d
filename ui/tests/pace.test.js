import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPace } from '../pace.js';

const MiB = 1024 * 1024;

/** What is said each second while a transfer of `total` MiB goes at this many MiB a second. */
function said(total, speeds) {
  let time = 0;
  let sent = 0;
  const pace = createPace(total * MiB, () => time);
  pace(0);
  return speeds.map((speed) => {
    time += 1000;
    sent += speed;
    return pace(sent * MiB);
  });
}

test('after two seconds it says how long it will take, and how fast it goes', () => {
  assert.deepEqual(said(100, [1, 1]), [undefined, 'about 2 minutes left, 1.0 MiB/s']);
});

test('what is over in a moment needs no forecast', () => {
  assert.deepEqual(said(5, [1, 1, 1, 1]), Array(4).fill(undefined));
});

test('a forecast once begun goes on to the end', () => {
  assert.equal(said(10, Array(9).fill(1)).at(-1), 'a few seconds left, 1.0 MiB/s');
});

test('a change of speed is believed within ten seconds', () => {
  assert.match(said(1000, [...Array(20).fill(10), ...Array(10).fill(1)]).at(-1), /1\.0 MiB\/s$/);
});

test('nothing is said of a transfer that stands or goes back', () => {
  assert.equal(said(100, Array(12).fill(0)).at(-1), undefined);
  assert.equal(said(100, [1, 1, 1, -3]).at(-1), undefined);
});

test('the sentence changes once a second at most', () => {
  let time = 0;
  const pace = createPace(100 * MiB, () => time);
  pace(0);
  time = 2000;
  const sentence = pace(2 * MiB);
  time = 2900;
  assert.equal(pace(90 * MiB), sentence);
  time = 3000;
  assert.notEqual(pace(90 * MiB), sentence);
});
