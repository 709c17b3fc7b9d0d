/** Rows of uploads that an earlier page began: they go on by themselves, at one click, or with the file chosen again. */

import { announce } from './announce.js';
import { callOff } from './call-off.js';
import { fateOf, reopen } from './recall.js';
import { isSameFile, looksLike } from './fingerprint.js';
import { pickFile } from './picker.js';

/**
 * @param {object} options
 * @param {import('./upload.js').Steps} options.steps
 * @param {ReturnType<typeof import('./tray.js').createTray>} options.tray
 * @param {(job: object) => {show: (report: object) => void, remove: () => void}} options.addRow
 * @param {(job: object, row: object) => void} options.start
 */
export function createUnfinished({ steps, tray, addRow, start }) {
  const waiting = new Map(); // rows by their jobs
  const digest = (bytes) => steps.digestOf(bytes, { signal: new AbortController().signal, onProgress() {} });

  const offer = () => {
    const count = Array.from(waiting.keys()).filter((job) => job.mayAsk).length;
    tray.offerGoOn(count, goOn);
  };

  const resume = (job, file) => {
    const row = waiting.get(job);
    if (!row) return; // taken up or discarded meanwhile
    waiting.delete(job);
    Object.assign(job, { file, mayAsk: false });
    offer();
    start(job, row);
  };

  const goOn = async () => {
    for (const job of Array.from(waiting.keys()).filter(({ mayAsk }) => mayAsk)) {
      const { file, mayAsk } = await reopen(job.record, digest, true);
      if (file) resume(job, file);
      else await wait(job, mayAsk);
    }
  };

  /** Says what the row waits for, and finds out whether there is still something to wait for. */
  const wait = async (job, mayAsk = false) => {
    job.mayAsk = mayAsk;
    offer();
    const { fate, fraction } = await fateOf(job.record, steps.listParts, new AbortController().signal);
    if (fate === 'sent') {
      job.sentID = job.record.id;
      return resume(job);
    }
    return waiting.get(job)?.show({ state: 'waiting', message: waitingText(fate, fraction, mayAsk) });
  };

  const recallOne = async (record) => {
    const job = { name: record.fingerprint.name, handle: record.handle, record };
    const row = addRow(job);
    waiting.set(job, row);
    row.show({ state: 'waiting', message: 'Looking for what is there…' });
    if (record.isSent) {
      job.sentID = record.id;
      return resume(job);
    }
    const { file, mayAsk } = await reopen(record, digest);
    return file ? resume(job, file) : wait(job, mayAsk);
  };

  const accept = async (job, { file, handle }) => {
    if (!await isSameFile(job.record.fingerprint, file, digest)) return false;
    if (handle) {
      job.handle = job.record.handle = handle;
      steps.ledger.keep(job.record);
    }
    resume(job, file);
    return true;
  };

  return {
    /** Brings back what earlier pages left. */
    async recall() {
      await Promise.all((await steps.ledger.claimAll()).map(recallOne));
      if (waiting.size > 0) announce('Uploads from before wait to go on. They are listed under Uploads.');
    },
    /** Gives a file to the row that waits for it; answers whether one does. */
    async takeUp(choice) {
      const candidates = Array.from(waiting.keys()).filter(({ record }) => looksLike(record.fingerprint, choice.file));
      for (const job of candidates) {
        if (await accept(job, choice)) return true;
      }
      return false;
    },
    /** Lets a failed upload be taken up by its file, too. */
    wait: (job, row) => waiting.set(job, row),
    /** Leaves an upload to whoever goes on with it. */
    release: (job) => waiting.delete(job),
    /** Asks for the file of one row. */
    async choose(job) {
      const [choice] = await pickFile();
      if (!choice || await accept(job, choice)) return;
      const message = `This is another file, or it has changed. Choose ${job.name} as it was, or discard this upload.`;
      waiting.get(job)?.show({ state: 'waiting', message });
      announce(message);
    },
    /** Forgets one, here and in the store. */
    async discard(job) {
      waiting.delete(job);
      offer();
      await callOff(job, steps);
    },
  };
}

/**
 * What a row says while it waits.
 * @param {import('./recall.js').Fate} fate
 * @param {number} fraction of the file that the store has
 * @param {boolean} mayAsk whether the browser only needs a permission
 * @returns {string}
 */
export function waitingText(fate, fraction, mayAsk) {
  const there = fate === 'over' ? 'it starts over' : `${Math.floor(fraction * 100)} % is there`;
  return mayAsk ? `Needs your permission to go on, ${there}` : `Choose the file again to go on, ${there}`;
}
