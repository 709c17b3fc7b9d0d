import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRecords } from '../records.js';

/** A `localStorage` that works. */
function storage() {
  const items = new Map();
  return {
    get length() { return items.size; },
    key: (index) => Array.from(items.keys())[index],
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => { items.set(key, String(value)); },
    removeItem: (key) => { items.delete(key); },
  };
}

/** An `indexedDB` of one database, as far as the page uses it; answers come later, as in a browser. */
function database() {
  const rows = new Map();
  const request = (result) => {
    const made = Object.assign(new EventTarget(), { result });
    setImmediate(() => made.dispatchEvent(new Event('success')));
    return made;
  };
  const objectStore = () => ({
    getAll: () => request(Array.from(rows.values())),
    put: (row) => request(rows.set(row.id, structuredClone(row))),
    delete: (id) => request(rows.delete(id)),
  });
  return {
    open() {
      const opening = request({ transaction: () => ({ objectStore }), createObjectStore() {} });
      setImmediate(() => opening.dispatchEvent(new Event('upgradeneeded')));
      return opening;
    },
  };
}

const broken = { open: () => { throw new DOMException('no', 'SecurityError'); } };
const record = (id, startedAt, more) => ({ id, startedAt, token: `token ${id}`, fraction: 0, ...more });
const browsers = {
  'IndexedDB': { indexedDB: database(), localStorage: storage() },
  'localStorage': { indexedDB: broken, localStorage: storage() },
  'memory': {},
};

for (const [name, browser] of Object.entries(browsers)) {
  test(`${name} gives back what was put, oldest first, in its last state, and nothing that was removed`, async () => {
    const records = await openRecords(browser);
    assert.deepEqual(await records.all(), []);
    await records.put(record('b', 2));
    await records.put(record('a', 1));
    await records.put(record('c', 3));
    await records.put(record('b', 2, { fraction: 0.5 }));
    await records.remove('c');
    await records.remove('unknown');
    assert.deepEqual(await records.all(), [record('a', 1), record('b', 2, { fraction: 0.5 })]);
    assert.equal(records.isLasting, name !== 'memory');
  });
}

test('another page finds what lasts', async () => {
  for (const name of ['IndexedDB', 'localStorage']) {
    const ids = (await (await openRecords(browsers[name])).all()).map(({ id }) => id);
    assert.deepEqual(ids, ['a', 'b'], name);
  }
});

test('localStorage, which holds text only, leaves the handle out and other keys alone', async () => {
  const localStorage = storage();
  localStorage.setItem('theme', 'not JSON');
  const records = await openRecords({ localStorage });
  await records.put(record('a', 1, { handle: { kind: 'file' } }));
  assert.deepEqual(await records.all(), [record('a', 1)]);
});
