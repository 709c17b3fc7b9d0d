import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callOff } from '../call-off.js';
import { problem } from './large-world.js';

/** A job under way, and the order in which things happen. */
function world(answer = async () => {}) {
  const order = [];
  const controller = new AbortController();
  const running = new Promise((resolve) => {
    controller.signal.addEventListener('abort', () => {
      order.push('requests aborted');
      setImmediate(() => {
        order.push('requests ended');
        resolve();
      });
    });
  });
  const steps = {
    ledger: { forget: async (id) => order.push(`forget ${id}`) },
    abortUpload: async (token) => {
      order.push(`abort ${token}`);
      return answer();
    },
    wait: async () => {},
  };
  return { order, steps, job: { controller, running, record: { id: 'one', token: 'token' } } };
}

test('requests are aborted first, and when they have ended the upload is', async () => {
  const { order, steps, job } = world();
  assert.equal(await callOff(job, steps), true);
  assert.deepEqual(order, ['requests aborted', 'requests ended', 'forget one', 'abort token']);
  assert.deepEqual([job.record, job.sentID], [undefined, undefined]);
});

test('an upload that has been joined is not called off', async () => {
  const { steps, job } = world(async () => { throw problem(409, 'already-complete'); });
  assert.equal(await callOff(job, steps), false);
  assert.equal(job.sentID, 'one');
});

test('a store that cannot be told is told a few times, and then left to clear up by itself', async () => {
  const { order, steps, job } = world(async () => { throw problem(0, 'no-answer'); });
  assert.equal(await callOff(job, steps), true);
  assert.ok(order.filter((event) => event === 'abort token').length > 1);
});

test('a job without an upload has nothing to call off but its requests', async () => {
  const { order, steps, job } = world();
  job.record = undefined;
  assert.equal(await callOff(job, steps), true);
  assert.deepEqual(order, ['requests aborted', 'requests ended']);
});
