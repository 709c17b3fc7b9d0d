import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createQueue } from '../queue.js';

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** Tasks that end when told, and a record of which have begun. */
function tasks(count) {
  const begun = [];
  const enders = [];
  const list = Array.from({ length: count }, (_, index) => () => new Promise((resolve, reject) => {
    begun.push(index);
    enders[index] = { resolve, reject };
  }));
  return { begun, enders, list };
}

test('no more than the width run at once, and the rest follow in order', async () => {
  const { begun, enders, list } = tasks(5);
  const queue = createQueue(3);
  const { signal } = new AbortController();
  const all = list.map((task) => queue.run(task, signal));
  await turn();
  assert.deepEqual(begun, [0, 1, 2]);
  enders[1].resolve();
  await turn();
  assert.deepEqual(begun, [0, 1, 2, 3]);
  enders[0].resolve();
  await turn();
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
  [2, 3, 4].forEach((index) => enders[index].resolve());
  await Promise.all(all);
});

test('a task that fails frees its place and tells its own caller', async () => {
  const { begun, enders, list } = tasks(2);
  const queue = createQueue(1);
  const { signal } = new AbortController();
  const first = queue.run(list[0], signal);
  const second = queue.run(list[1], signal);
  await turn();
  enders[0].reject(new Error('broken'));
  await assert.rejects(first, { message: 'broken' });
  await turn();
  assert.deepEqual(begun, [0, 1]);
  enders[1].resolve('fine');
  assert.equal(await second, 'fine');
});

test('a task cancelled while it waits never starts and takes no place', async () => {
  const { begun, enders, list } = tasks(3);
  const queue = createQueue(1);
  const { signal } = new AbortController();
  const cancelled = new AbortController();
  const first = queue.run(list[0], signal);
  const second = queue.run(list[1], cancelled.signal);
  const third = queue.run(list[2], signal);
  await turn();
  cancelled.abort();
  await assert.rejects(second, { name: 'AbortError' });
  enders[0].resolve();
  await first;
  await turn();
  assert.deepEqual(begun, [0, 2]);
  enders[2].resolve();
  await third;
});

test('a task cancelled before it was queued never starts', async () => {
  const { begun, list } = tasks(1);
  await assert.rejects(createQueue(1).run(list[0], AbortSignal.abort()), { name: 'AbortError' });
  assert.deepEqual(begun, []);
});
