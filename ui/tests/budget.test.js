import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBudget, fileWidth, pageWidth } from '../budget.js';

const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const { signal } = new AbortController();

/** Runs named tasks in a lane; each ends when it is told, and `begun` says in which order they began. */
function runner() {
  const begun = [];
  const enders = new Map();
  const run = (lane, name, options = signal) => lane.run(() => new Promise((resolve, reject) => {
    begun.push(name);
    enders.set(name, { resolve, reject });
  }), options);
  const end = (name) => (enders.get(name).resolve(name), turn());
  return { begun, run, end, enders };
}

test('one file never has more than its share, also when places are free', async () => {
  const { begun, run } = runner();
  const lane = createBudget().lane();
  for (let part = 1; part <= 9; part += 1) run(lane, part);
  await turn();
  assert.ok(fileWidth >= 4 && fileWidth <= 6);
  assert.deepEqual(begun, [1, 2, 3, 4].slice(0, fileWidth));
});

test('all files together have what the page has, and one of six connections is left for questions', async () => {
  const { begun, run, end } = runner();
  const budget = createBudget();
  for (const file of ['a', 'b', 'c']) {
    const lane = budget.lane();
    for (let part = 1; part <= 9; part += 1) run(lane, `${file}${part}`);
  }
  await turn();
  assert.equal(begun.length, pageWidth);
  assert.ok(pageWidth < 6);
  await end(begun[0]);
  assert.equal(begun.length, pageWidth + 1);
});

test('the last place is kept for a file that has none, so that parts leave room for small files', async () => {
  const { begun, run, end } = runner();
  const budget = createBudget(3);
  const large = budget.lane();
  for (let part = 1; part <= 5; part += 1) run(large, part);
  await turn();
  assert.deepEqual(begun, [1, 2]);
  for (const name of ['small', 'next', 'and the next']) {
    run(budget.lane(), name);
    await turn();
    assert.equal(begun.at(-1), name);
    await end(name);
  }
  assert.deepEqual(begun, [1, 2, 'small', 'next', 'and the next']);
});

test('a small file takes the next free place before the many parts that came earlier', async () => {
  const { begun, run, end } = runner();
  const budget = createBudget(3);
  const large = budget.lane();
  for (let part = 1; part <= 5; part += 1) run(large, part);
  ['one', 'two'].forEach((name) => run(budget.lane(), name));
  await turn();
  await end(1);
  assert.deepEqual(begun, [1, 2, 'one', 'two']);
});

test('a large file is not starved by many small ones', async () => {
  const { begun, run, end } = runner();
  const budget = createBudget(1);
  ['s1', 's2'].forEach((name) => run(budget.lane(), name));
  run(budget.lane(), 'large');
  ['s3', 's4'].forEach((name) => run(budget.lane(), name));
  await turn();
  for (const name of ['s1', 's2', 'large', 's3']) await end(name);
  assert.deepEqual(begun, ['s1', 's2', 'large', 's3', 's4']);
});

test('a task that fails frees its place and tells its own caller', async () => {
  const { begun, run, enders } = runner();
  const lane = createBudget(1).lane();
  const first = run(lane, 'first');
  run(lane, 'second');
  await turn();
  enders.get('first').reject(new Error('broken'));
  await assert.rejects(first, { message: 'broken' });
  await turn();
  assert.deepEqual(begun, ['first', 'second']);
});

test('a task cancelled while it waits never starts and takes no place', async () => {
  const { begun, run, end } = runner();
  const lane = createBudget(1).lane();
  const controller = new AbortController();
  run(lane, 'first');
  const second = run(lane, 'second', controller.signal);
  run(lane, 'third');
  controller.abort();
  await assert.rejects(second, { name: 'AbortError' });
  await turn();
  await end('first');
  assert.deepEqual(begun, ['first', 'third']);
  await assert.rejects(run(lane, 'late', AbortSignal.abort()), { name: 'AbortError' });
});
