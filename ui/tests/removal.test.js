import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestError } from '../problems.js';
import { offerRemoval } from '../removal.js';

globalThis.document = { querySelector: () => null };

/** A section with buttons that can be clicked. */
function createSection() {
  const parts = new Map();
  const part = (name) => {
    if (!parts.has(name)) {
      const looks = { hidden: name !== '.removal-ask', focus() {}, textContent: '' };
      parts.set(name, Object.assign(new EventTarget(), looks));
    }
    return parts.get(name);
  };
  const click = (name) => part(`.removal-${name}`).dispatchEvent(new Event('click'));
  return { hidden: true, querySelector: part, part: (name) => part(`.removal-${name}`), click };
}

const settle = () => new Promise((resolve) => { setImmediate(resolve); });

function world(answer, removal = async () => {}) {
  const calls = [];
  return {
    calls,
    fetchImage: async (id, _, __, bearer) => {
      calls.push(['look', id, bearer]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    removeImage: (id, bearer) => {
      calls.push(['remove', id, bearer]);
      return removal();
    },
    leave: () => calls.push(['leave']),
  };
}

test('nobody but the owner is offered anything, and without a token nobody is asked', async () => {
  for (const [bearer, answer, asked] of [[undefined, { mine: true }, 0], ['t', {}, 1], ['t', new Error('no'), 1]]) {
    const section = createSection();
    const steps = world(answer);
    await offerRemoval(section, { id: 'one', bearer }, steps);
    assert.deepEqual([section.hidden, steps.calls.length], [true, asked]);
  }
});

test('a picture goes only after a second click', async () => {
  const section = createSection();
  const steps = world({ mine: true });
  await offerRemoval(section, { id: 'one', bearer: 't' }, steps);
  assert.equal(section.hidden, false);
  section.click('ask');
  assert.deepEqual([section.part('ask').hidden, section.part('sure').hidden], [true, false]);
  section.click('keep');
  assert.deepEqual([section.part('ask').hidden, section.part('sure').hidden], [false, true]);
  assert.equal(steps.calls.length, 1);
  section.click('ask');
  section.click('sure');
  await settle();
  assert.deepEqual(steps.calls.slice(1), [['remove', 'one', 't'], ['leave']]);
});

test('a refusal is said in words, and one may try again', async () => {
  const section = createSection();
  const steps = world({ mine: true }, async () => { throw new RequestError({ status: 403, detail: 'Not yours.' }); });
  await offerRemoval(section, { id: 'one', bearer: 't' }, steps);
  section.click('sure');
  await settle();
  assert.equal(section.part('note').textContent, 'Not yours.');
  assert.equal(section.part('sure').disabled, false);
});
