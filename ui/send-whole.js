/** A file that goes by one PUT: hash it, ask for a ticket, send it. */

import { askTicket } from './ticket.js';
import { blamingFile } from './readable.js';
import { createPace } from './pace.js';
import { createProgress } from './progress.js';
import { partsOf } from './parts.js';
import { retryText } from './problems.js';
import { retrying } from './retry.js';
import { wellFormed } from './names.js';

/**
 * Brings the bytes to the store and notes it in the job.
 * @param {import('./upload.js').Trip} trip
 * @returns {Promise<import('./api.js').Picture | undefined>} the picture when the gallery has these bytes already
 */
export async function sendWhole(trip) {
  const { job, steps, signal } = trip;
  const description = await describe(trip);
  const tell = createTelling(trip);
  for (let renewals = 1; ; renewals -= 1) {
    const answer = await askTicket(description, trip, patience(trip));
    if (answer.state) return answer;
    if (await isDelivered(answer, { ...trip, tell }, renewals === 0)) {
      job.sentID = answer.id;
      sayArrived(answer.token, trip);
      return undefined;
    }
  }
}

async function describe({ job, steps, signal, report }) {
  report({ state: 'preparing' });
  const onProgress = (fraction) => {
    report({ state: 'preparing', message: `Preparing… ${Math.floor(fraction * 100)} %` });
  };
  const sha256 = await steps.digestOf(job.file, { signal, onProgress });
  const { name, type, size } = job.file;
  return { name: wellFormed(name), type, size, sha256 };
}

/** Sends the bytes with one ticket. Answers false when the ticket is worn out and a fresh one may be asked for. */
async function isDelivered(ticket, trip, isLastTry) {
  const { job: { file }, steps, signal, tell, lane } = trip;
  const put = () => blamingFile(file, () => steps.putBytes(ticket, file, { signal, onProgress: tell }));
  tell(0);
  try {
    await retrying(() => lane.run(put, signal), patience(trip));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (error.status === 412) return true; // an earlier try arrived, only its answer was lost
    if (error.status === 403 && !isLastTry) return false;
    throw error;
  }
}

/** Tells how far it is; a transfer that starts anew is shown when it gets beyond where it was. */
function createTelling({ job: { file: { size } }, steps, report }) {
  const progress = createProgress(partsOf(size, size));
  const pace = createPace(size, steps.now ?? (() => performance.now()));
  return (fraction) => {
    progress.note(1, fraction * size);
    report({ state: 'sending', fraction: progress.fraction(), pace: pace(progress.bytes()) });
  };
}

function patience({ steps, signal, report }) {
  return {
    signal,
    wait: steps.wait,
    onRetry: (error) => report({ state: 'sending', message: retryText(error) }),
    onOffline: () => report({ state: 'sending', message: 'Waiting for the network…' }),
  };
}

/** Some stores tell late that something came, so we do. It only saves time; the verdict is asked for anyway. */
function sayArrived(token, { steps, signal }) {
  steps.completeUpload(token, signal).catch(() => {});
}
