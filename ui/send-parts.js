/** A large file, in parts: begun or taken up again, sent, joined; started over when the store has forgotten it. */

import { askTicket } from './ticket.js';
import { changeIn } from './readable.js';
import { createPace } from './pace.js';
import { createProgress } from './progress.js';
import { createQueue } from './queue.js';
import { createSigner } from './signer.js';
import { fileWidth } from './budget.js';
import { fingerprintOf } from './fingerprint.js';
import { following } from './signals.js';
import { isOver, RequestError, retryText } from './problems.js';
import { partsOf, storedOf } from './parts.js';
import { patiently, retrying } from './retry.js';
import { sendPart } from './send-part.js';
import { wellFormed } from './names.js';

/** Milliseconds between two notes of how far it is. */
const noteInterval = 1000;

/** How often parts that the store lost after all are sent again before that counts as a failure. */
const repairs = 2;

/**
 * Brings the bytes to the store and notes it in the job. The job's record lives from the ticket to the verdict, so that
 * any later try, also on a later page, goes on from where this one ended.
 * @param {import('./upload.js').Trip} trip
 * @returns {Promise<import('./api.js').Picture | undefined>} the picture when the gallery has these bytes already
 */
export async function sendParts(trip) {
  try {
    return await sendOnce(trip, 'Sending…');
  } catch (error) {
    clearOver(error, trip);
  }
  try {
    return await sendOnce(trip, 'Started over:');
  } catch (error) {
    clearOver(error, trip);
    throw new RequestError({ status: 0, code: 'upload-over', cause: error });
  }
}

/** Forgets an upload that the store has forgotten; every other error is thrown on. */
function clearOver(error, { job, steps, signal, report }) {
  signal.throwIfAborted();
  if (!isOver(error) || !job.record) throw error;
  steps.ledger.forget(job.record.id);
  job.record = undefined;
  report({ state: 'preparing', message: 'The gallery had cleared this upload away. Starting over…' });
}

async function sendOnce(trip, label) {
  const { job } = trip;
  const isTakenUp = Boolean(job.record);
  const known = isTakenUp ? undefined : await begin(trip);
  if (known) return known;
  const parts = partsOf(job.file.size, job.record.partSize);
  const telling = createTelling(parts, label, trip);
  telling.tell();
  if (isTakenUp && await isComplete(parts, telling, trip)) return noteSent(trip);
  await fly(parts, telling, trip);
  await join(parts, telling, trip);
  return noteSent(trip);
}

/** Asks for a ticket and remembers it; answers the picture when the gallery has it already. */
async function begin(trip) {
  const { job, steps, signal, report } = trip;
  report({ state: 'preparing' });
  const { name, type, size } = job.file;
  const digest = (bytes) => steps.digestOf(bytes, { signal, onProgress() {} });
  const fingerprint = await fingerprintOf(job.file, digest);
  const description = { name: wellFormed(name), type, size };
  const answer = await askTicket(description, trip, patience(trip));
  if (answer.state) return answer;
  const { id, token, multipart: { partSize } } = answer;
  job.record = { id, token, partSize, type, fingerprint, startedAt: Date.now(), fraction: 0 };
  if (job.handle) job.record.handle = job.handle;
  steps.ledger.keep(job.record);
  return undefined;
}

/** Asks what the store has of an upload that was begun earlier; answers whether it was joined already. */
async function isComplete(parts, telling, trip) {
  const { job, steps, signal } = trip;
  try {
    const answer = await retrying(() => steps.listParts(job.record.token, signal), patience(trip, telling.trouble));
    telling.stored = storedOf(parts, answer.parts);
    telling.stored.forEach(({ number, size }) => telling.note(number, size));
    return false;
  } catch (error) {
    if (error.code === 'already-complete') return true;
    throw error;
  }
}

/** Sends every part that is not there. One more is taken up than may fly: it is hashed while the others are sent. */
async function fly(parts, telling, trip) {
  const { job: { file, record }, steps, lane } = trip;
  const { signal, abort, end } = following(trip.signal);
  const hashing = createQueue(1);
  const digest = (bytes) => steps.digestOf(bytes, { signal, onProgress() {} }).catch((error) => {
    throw changeIn(error);
  });
  const flight = {
    file, lane, signal, wait: steps.wait, putBytes: steps.putBytes,
    stored: telling.stored, note: telling.note, onTrouble: telling.trouble,
    hash: (bytes) => hashing.run(() => digest(bytes), signal),
    sign: createSigner((wanted) => steps.signParts(record.token, wanted, signal)),
  };
  let failure;
  const left = parts.values();
  const carry = async () => {
    for (const part of left) await sendPart(part, flight);
  };
  const carriers = Array.from({ length: fileWidth + 1 }, () => carry().catch((error) => {
    failure ??= error;
    abort(error); // ends the other parts' requests, not the upload
  }));
  await Promise.all(carriers);
  end();
  if (failure) throw failure;
}

/** Has the parts joined; what turns out to be missing is sent again. */
async function join(parts, telling, trip) {
  const { job, steps, signal, lane } = trip;
  const complete = () => steps.completeUpload(job.record.token, signal);
  for (let left = repairs; ; left -= 1) {
    try {
      await retrying(() => lane.run(complete, signal), patience(trip, telling.trouble));
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error.code === 'already-complete') return;
      if (error.code !== 'incomplete-upload' || left === 0) throw error;
      if (await isComplete(parts, telling, trip)) return;
      await fly(parts, telling, trip);
    }
  }
}

function noteSent({ job, steps }) {
  job.sentID = job.record.id;
  job.record = { ...job.record, isSent: true, fraction: 1 };
  steps.ledger.keep(job.record);
}

/** Tells how far it is, in the tray and, once a second, in the record. */
function createTelling(parts, label, { job, steps, report }) {
  const now = steps.now ?? (() => performance.now());
  const progress = createProgress(parts, job.record.fraction);
  const pace = createPace(job.file.size, now);
  let notedAt = now();
  const tell = (message) => {
    const fraction = progress.fraction();
    report({ state: 'sending', label, fraction, pace: pace(progress.bytes()), message });
    job.record.fraction = fraction;
    if (now() - notedAt < noteInterval) return;
    notedAt = now();
    steps.ledger.keep(job.record);
  };
  return {
    stored: new Map(),
    tell,
    note(number, byteCount) {
      progress.note(number, byteCount);
      tell();
    },
    trouble: (error) => tell(error ? retryText(error) : 'Waiting for the network…'),
  };
}

function patience({ steps, signal, report }, trouble) {
  const say = trouble ?? ((error) => report({
    state: 'preparing', message: error ? retryText(error) : 'Waiting for the network…',
  }));
  return { signal, wait: steps.wait, tries: patiently, onRetry: say, onOffline: () => say() };
}
