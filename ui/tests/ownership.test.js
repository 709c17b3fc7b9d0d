import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOwnership } from '../ownership.js';

/** The browser's lock manager: one holder a name, over all tabs. */
function lockManager() {
  const held = new Set();
  return {
    async request(name, { ifAvailable }, callback) {
      assert.ok(ifAvailable);
      if (held.has(name)) return callback(null);
      held.add(name);
      try {
        return await callback({ name });
      } finally {
        held.delete(name);
      }
    },
  };
}

/** Storage that all tabs share. */
function sharedStorage() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** Two tabs of one browser, with locks or without. */
function tabs(kind, clock = { now: 0 }) {
  const locks = kind === 'locks' ? lockManager() : undefined;
  const localStorage = sharedStorage();
  return ['one', 'two'].map((tab) => createOwnership({ locks, localStorage, tab, now: () => clock.now }));
}

for (const kind of ['locks', 'leases']) {
  test(`one tab only drives an upload, by ${kind}`, async (context) => {
    context.mock.timers.enable({ apis: ['setInterval'] });
    const [one, two] = tabs(kind);
    assert.equal(await one.claim('a'), true);
    assert.equal(await one.claim('a'), true);
    assert.equal(await two.claim('a'), false);
    assert.equal(await two.claim('b'), true);
    two.release('a'); // not its own
    assert.equal(await two.claim('a'), false);
    one.release('a');
    await turn();
    assert.equal(await two.claim('a'), true);
    two.release('a');
    two.release('b');
  });
}

test('a lease lives as long as its tab renews it, also in the background, and not much longer', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const clock = { now: 0 };
  const pass = (milliseconds) => {
    clock.now += milliseconds;
    context.mock.timers.tick(milliseconds);
  };
  const [one, two] = tabs('leases', clock);
  await one.claim('a');
  for (let minute = 0; minute < 10; minute += 1) {
    pass(60_000);
    assert.equal(await two.claim('a'), false);
  }
  clock.now += 120_000; // the tab has crashed: no timer renews
  assert.equal(await two.claim('a'), true);
});

test('without any storage a tab drives what it began', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const alone = createOwnership({ tab: 'one', now: () => 0 });
  assert.equal(await alone.claim('a'), true);
  alone.release('a');
});
