import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestError } from '../problems.js';
import { backoff, briefly, isTransient, online, retrying, sleep } from '../retry.js';

const { signal } = new AbortController();
const lost = () => new RequestError({ status: 0, code: 'no-answer' });

/** An attempt that fails with these errors in turn, then succeeds. */
function failing(...errors) {
  const calls = { count: 0 };
  return {
    calls,
    attempt: async () => {
      const error = errors[calls.count];
      calls.count += 1;
      if (error) throw error;
      return 'done';
    },
  };
}

test('a broken connection and a busy server are worth another try, a refusal is not', () => {
  const transient = (status) => isTransient(new RequestError({ status }));
  for (const status of [0, 408, 425, 429, 500, 502, 503, 504]) assert.ok(transient(status), `${status}`);
  for (const status of [400, 403, 404, 412, 413, 415, 422, 507]) assert.ok(!transient(status), `${status}`);
  for (const code of ['unreadable-file', 'file-changed']) {
    assert.ok(!isTransient(new RequestError({ status: 0, code })));
  }
  assert.ok(isTransient(new RequestError({ status: 400, code: 'RequestTimeout' })));
  assert.ok(!isTransient(new TypeError('a mistake of ours')));
});

test('there are as many tries as were asked for, and not one more', async () => {
  for (const tries of [1, 3, briefly]) {
    const { attempt, calls } = failing(...Array.from({ length: 20 }, lost));
    const running = retrying(attempt, { signal, wait: async () => {}, ...(tries !== briefly && { tries }) });
    await assert.rejects(running, { code: 'no-answer' });
    assert.equal(calls.count, tries);
  }
});

test('failures from before the network went away do not count', async () => {
  const { attempt, calls } = failing(lost(), lost(), lost());
  const waits = [false, false, true, false];
  const whenOnline = async () => waits.shift() ?? false;
  assert.equal(await retrying(attempt, { signal, tries: 3, wait: async () => {}, whenOnline }), 'done');
  assert.equal(calls.count, 4);
});

test('success after two failures is success, and each retry is announced', async () => {
  const { attempt } = failing(lost(), new RequestError({ status: 503 }));
  const told = [];
  const answer = await retrying(attempt, { signal, wait: async () => {}, onRetry: (error) => told.push(error.status) });
  assert.equal(answer, 'done');
  assert.deepEqual(told, [0, 503]);
});

test('a refusal is passed on at once', async () => {
  const { attempt, calls } = failing(new RequestError({ status: 403 }));
  await assert.rejects(retrying(attempt, { signal }), { status: 403 });
  assert.equal(calls.count, 1);
});

test('the wait is anything up to a doubling ceiling, and never undercuts what the server asked for', () => {
  const waits = (failures, retryAfter) => [0, 0.5, 1].map((chance) => backoff(failures, retryAfter, () => chance));
  assert.deepEqual(waits(1), [0, 500, 1000]);
  assert.deepEqual(waits(3), [0, 2000, 4000]);
  assert.deepEqual(waits(40), [0, 15_000, 30_000]);
  assert.deepEqual(waits(3, 3), [3000, 3000, 4000]);
  assert.equal(backoff(1, 3600, () => 0), 30_000);
});

test('no attempt is made while the browser is offline', async () => {
  const { attempt, calls } = failing();
  let goOnline;
  const whenOnline = () => new Promise((resolve) => { goOnline = resolve; });
  const running = retrying(attempt, { signal, whenOnline });
  await Promise.resolve();
  assert.equal(calls.count, 0);
  goOnline();
  assert.equal(await running, 'done');
});

test('a browser that says nothing about its network counts as online', async () => {
  assert.equal(await online(signal), false);
});

test('a browser that is offline is waited for, and that is told', async (context) => {
  const page = new EventTarget();
  const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator') ?? { configurable: true, value: undefined };
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { onLine: false } });
  globalThis.addEventListener = page.addEventListener.bind(page);
  context.after(() => {
    Object.defineProperty(globalThis, 'navigator', known);
    delete globalThis.addEventListener;
  });
  let told = 0;
  const waiting = online(signal, () => { told += 1; });
  assert.equal(told, 1);
  page.dispatchEvent(new Event('online'));
  assert.equal(await waiting, true);
});

test('cancelling ends the wait between two tries', async () => {
  const controller = new AbortController();
  const { attempt, calls } = failing(lost(), lost());
  const onRetry = () => setImmediate(() => controller.abort());
  const running = retrying(attempt, { signal: controller.signal, onRetry });
  await assert.rejects(running, { name: 'AbortError' });
  assert.equal(calls.count, 1);
});

test('cancelling during an attempt is not mistaken for a failure', async () => {
  const controller = new AbortController();
  const attempt = async () => {
    controller.abort();
    throw lost();
  };
  await assert.rejects(retrying(attempt, { signal: controller.signal }), { name: 'AbortError' });
});

test('sleep takes the time it was given', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let woke = false;
  const sleeping = sleep(1000, signal).then(() => { woke = true; });
  context.mock.timers.tick(999);
  await Promise.resolve();
  assert.equal(woke, false);
  context.mock.timers.tick(1);
  await sleeping;
});

test('to be asked to come again later is no failure, however often', async () => {
  let asked = 0;
  const waits = [];
  const options = {
    signal,
    tries: 2,
    wait: async (time) => { waits.push(time); },
    whenOnline: async () => false,
  };
  const answer = await retrying(async () => {
    asked += 1;
    if (asked <= 50) throw Object.assign(new Error('later'), { status: 429, retryAfter: 2 });
    return 'there';
  }, options);
  assert.equal(answer, 'there');
  assert.equal(asked, 51);
  assert.ok(waits.every((time) => time >= 2000 && time <= 30_000));
});
