import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSigner } from '../signer.js';

const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const part = (number) => ({ number, sha256: `digest ${number}` });
const ticket = ({ number }) => ({ number, size: 8, url: `url ${number}`, headers: {} });

/** A signer whose questions are answered when told. */
function world() {
  const questions = [];
  const sign = createSigner((parts) => new Promise((resolve, reject) => {
    questions.push({ parts, resolve: () => resolve({ parts: parts.map(ticket) }), reject });
  }));
  return { sign, questions, numbers: () => questions.map(({ parts }) => parts.map(({ number }) => number)) };
}

test('parts that are ready in the same moment share one question, and each gets its own address', async () => {
  const { sign, questions, numbers } = world();
  const signing = [3, 1, 2].map((number) => sign(part(number)));
  await turn();
  assert.deepEqual(numbers(), [[3, 1, 2]]);
  assert.deepEqual(questions[0].parts[0], part(3));
  questions[0].resolve();
  assert.deepEqual((await Promise.all(signing)).map(({ url }) => url), ['url 3', 'url 1', 'url 2']);
});

test('those that become ready while a question is on its way share the next one', async () => {
  const { sign, questions, numbers } = world();
  sign(part(1));
  await turn();
  sign(part(2));
  sign(part(3));
  await turn();
  assert.deepEqual(numbers(), [[1]]);
  questions[0].resolve();
  await turn();
  assert.deepEqual(numbers(), [[1], [2, 3]]);
});

test('nothing is asked for before somebody needs it, and no question names more than a hundred', async () => {
  const { sign, questions, numbers } = world();
  await turn();
  assert.deepEqual(numbers(), []);
  for (let number = 1; number <= 150; number += 1) sign(part(number));
  await turn();
  questions[0].resolve();
  await turn();
  assert.deepEqual(numbers().map(({ length }) => length), [100, 50]);
});

test('a refusal reaches everyone who asked, and the next question is asked all the same', async () => {
  const { sign, questions } = world();
  const [first, second] = [sign(part(1)), sign(part(2))];
  await turn();
  questions[0].reject(new Error('busy'));
  await assert.rejects(first, { message: 'busy' });
  await assert.rejects(second, { message: 'busy' });
  const again = sign(part(1));
  await turn();
  questions[1].resolve();
  assert.equal((await again).url, 'url 1');
});

test('an answer that lacks a part is an error for that part alone', async () => {
  const sign = createSigner(async () => ({ parts: [ticket(part(1))] }));
  const [first, second] = [sign(part(1)), sign(part(2))];
  assert.equal((await first).url, 'url 1');
  await assert.rejects(second, /part 2/);
});
