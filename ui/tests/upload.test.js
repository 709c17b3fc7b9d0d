import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBudget } from '../budget.js';
import { RequestError } from '../problems.js';
import { takeAlong } from '../upload.js';

const ready = (id) => ({ id, state: 'ready', name: 'a.png', width: 3, height: 2 });
const problem = (status, code, detail) => new RequestError({ status, code, detail });
const lost = () => problem(0, 'no-answer');

/** A function that plays its answers in turn, throwing errors, and repeats the last one. Notes its arguments. */
function script(...answers) {
  const calls = [];
  const play = async (...given) => {
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push(given);
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(...given) : answer;
  };
  return Object.assign(play, { calls });
}

/** A world in which everything goes well and waiting costs no time but moves the clock. */
function world(changes = {}) {
  let clock = 0;
  return {
    digestOf: script('digest='),
    requestTicket: script(
      { id: 'one', token: 't1', url: 'u1', headers: {} }, { id: 'two', token: 't2', url: 'u2', headers: {} },
    ),
    completeUpload: script({ id: 'one', state: 'incoming' }),
    budget: createBudget(),
    putBytes: script(undefined),
    fetchImage: script((id) => ready(id)),
    wait: async (milliseconds) => { clock += milliseconds; },
    now: () => clock,
    ...changes,
  };
}

const picture = (content = 'bytes', name = 'a.png') => new File([content], name, { type: 'image/png' });
const jobFor = (file) => ({ file, limit: { bytes: 1000, text: '1000 bytes' } });

/** Takes a file along and answers all reports. */
async function reports(steps, job = jobFor(picture())) {
  const told = [];
  await takeAlong(job, steps, new AbortController().signal, (report) => told.push(report));
  return told;
}

const states = (told) => told.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
const ending = async (steps, job) => (await reports(steps, job)).at(-1);

test('a picture is prepared, sent, looked at and done', async () => {
  const steps = world();
  const told = await reports(steps);
  assert.deepEqual(states(told), ['preparing', 'sending', 'checking', 'done']);
  assert.equal(told.at(-1).picture.id, 'one');
  assert.deepEqual(steps.requestTicket.calls[0][0], { name: 'a.png', type: 'image/png', size: 5, sha256: 'digest=' });
  assert.deepEqual(steps.fetchImage.calls[0].slice(0, 2), ['one', 10]);
});

test('the server is told that the bytes were sent, and need not care', async () => {
  for (const completeUpload of [script({ id: 'one', state: 'incoming' }), script(problem(500, 'broken'))]) {
    const steps = world({ completeUpload });
    assert.equal((await ending(steps)).state, 'done');
    assert.deepEqual(completeUpload.calls.map(([token]) => token), ['t1']);
  }
});

test('what was shown never goes back when a broken transfer starts anew', async () => {
  const put = (...fractions) => (ticket, file, { onProgress }) => fractions.forEach(onProgress);
  const broken = (ticket, file, options) => {
    put(0.2, 0.6)(ticket, file, options);
    throw lost();
  };
  const told = await reports(world({ putBytes: script(broken, put(0.1, 0.9)) }));
  const shown = told.filter(({ state }) => state === 'sending').map(({ fraction }) => fraction).filter((f) => f >= 0);
  assert.deepEqual(shown, [0, 0.2, 0.6, 0.6, 0.9]);
});

test('bytes that are in the gallery already are not sent', async () => {
  const steps = world({ requestTicket: script(ready('older')) });
  const end = await ending(steps);
  assert.deepEqual([end.state, end.picture.id, steps.putBytes.calls.length], ['duplicate', 'older', 0]);
});

test('a twin found only by ingest is a duplicate, too', async () => {
  const end = await ending(world({ fetchImage: script(ready('older')) }));
  assert.deepEqual([end.state, end.picture.id], ['duplicate', 'older']);
});

test('an empty and a too large file are refused before anything is asked', async () => {
  const steps = world();
  assert.match((await ending(steps, jobFor(picture('')))).message, /empty/);
  assert.match((await ending(steps, jobFor(picture('x'.repeat(1001))))).message, /1000 bytes/);
  assert.equal(steps.requestTicket.calls.length, 0);
});

test('the verdict of ingest is told in the words of the server', async () => {
  const rejected = { id: 'one', state: 'rejected', reason: 'unsupported-type', detail: 'This is a text file.' };
  assert.deepEqual(await ending(world({ fetchImage: script(rejected) })), {
    state: 'refused', message: 'This is a text file.',
  });
});

test('any 403 brings one fresh ticket, and not a second one', async () => {
  const once = world({ putBytes: script(problem(403, 'AccessDenied'), undefined) });
  assert.equal((await ending(once)).state, 'done');
  assert.deepEqual(once.putBytes.calls.map(([ticket]) => ticket.id), ['one', 'two']);

  const always = world({ putBytes: script(problem(403, 'SignatureDoesNotMatch')) });
  assert.equal((await ending(always)).state, 'failed');
  assert.equal(always.requestTicket.calls.length, 2);
});

test('412 after a lost answer means that the bytes are there', async () => {
  const steps = world({ putBytes: script(lost(), problem(412, 'PreconditionFailed')) });
  const end = await ending(steps);
  assert.deepEqual([end.state, end.picture.id, steps.requestTicket.calls.length], ['done', 'one', 1]);
});

test('a broken connection is tried five times with the same ticket', async () => {
  const steps = world({ putBytes: script(lost()) });
  const end = await ending(steps);
  assert.equal(end.state, 'failed');
  assert.match(end.message, /connection/);
  assert.deepEqual(steps.putBytes.calls.map(([ticket]) => ticket.id), Array(5).fill('one'));
});

test('a refusal of the ticket is final, a full disk can be tried again', async () => {
  const large = world({ requestTicket: script(problem(413, 'too-large', 'Too large.')) });
  assert.equal((await ending(large)).state, 'refused');
  const full = world({ requestTicket: script(problem(507, 'storage-full', 'The disk is full.')) });
  assert.deepEqual(await ending(full), { state: 'failed', message: 'The disk is full.' });
});

test('a file that changed under way is named as the cause', async () => {
  const file = picture();
  file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) });
  const end = await ending(world({ putBytes: script(lost()) }), jobFor(file));
  assert.match(end.message, /changed while uploading/);
});

test('an image that nobody knows yet, is incoming, or behind a broken connection is asked for again', async () => {
  const answers = [problem(404, 'image-not-found'), { id: 'one', state: 'incoming' }, lost(), ready('one')];
  const steps = world({ fetchImage: script(...answers) });
  assert.equal((await ending(steps)).state, 'done');
  assert.equal(steps.fetchImage.calls.length, 4);
});

test('patience ends after ten minutes, and a retry then asks only for the verdict', async () => {
  const job = jobFor(picture());
  const slow = world({ fetchImage: script({ id: 'one', state: 'incoming' }) });
  assert.match((await ending(slow, job)).message, /still being looked at/);
  assert.ok(slow.now() >= 600_000 && slow.now() < 620_000);

  const later = world();
  assert.equal((await ending(later, job)).state, 'done');
  assert.deepEqual([later.requestTicket.calls.length, later.putBytes.calls.length], [0, 0]);
});

test('progress of hash and transfer is passed on', async () => {
  const steps = world({
    digestOf: script((file, { onProgress }) => (onProgress(0.5), 'digest=')),
    putBytes: script((ticket, file, { onProgress }) => onProgress(0.25)),
  });
  const told = await reports(steps);
  assert.ok(told.some(({ state, message }) => state === 'preparing' && message === 'Preparing… 50 %'));
  assert.ok(told.some(({ state, fraction }) => state === 'sending' && fraction === 0.25));
});

test('a cancelled journey reports nothing more and rejects', async () => {
  const controller = new AbortController();
  const told = [];
  const putBytes = script(() => {
    controller.abort();
    throw lost();
  });
  const journey = takeAlong(jobFor(picture()), world({ putBytes }), controller.signal, (report) => told.push(report));
  await assert.rejects(journey, { name: 'AbortError' });
  assert.deepEqual(states(told), ['preparing', 'sending']);
});

test('a name that JSON readers would refuse is repaired before it is sent', async () => {
  const file = picture();
  Object.defineProperty(file, 'name', { value: 'a\ud83c.png' });
  const steps = world();
  await ending(steps, jobFor(file));
  assert.equal(steps.requestTicket.calls[0][0].name, 'a\ufffd.png');
});
