/** Uploads that an earlier page began: they go on by themselves, at one click, or with the file chosen again. */

import { announce } from './announce.js';
import { callOff } from './call-off.js';
import { fateOf, reopen } from './recall.js';
import { isSameFile, looksLike } from './fingerprint.js';
import { pickFile } from './picker.js';

/** The uploads that wait for their file, each with its row. */
export class Unfinished {
  #waiting = new Map(); // rows by their jobs
  #steps;
  #tray;
  #addRow;
  #start;

  /**
   * @param {object} page
   * @param {import('./upload.js').Steps} page.steps
   * @param {ReturnType<typeof import('./tray.js').createTray>} page.tray
   * @param {(job: object) => {show: (report: object) => void, remove: () => void}} page.addRow
   * @param {(job: object, row: object) => void} page.start
   */
  constructor({ steps, tray, addRow, start }) {
    this.#steps = steps;
    this.#tray = tray;
    this.#addRow = addRow;
    this.#start = start;
  }

  /** Brings back what earlier pages left. */
  async recall() {
    const records = await this.#steps.ledger.claimAll();
    await Promise.all(records.map((record) => this.#recallOne(record)));
    if (this.#waiting.size > 0) announce('Uploads from before wait to go on. They are listed under Uploads.');
  }

  /** Gives a file to the row that waits for it; answers whether one does. */
  async takeUp(choice) {
    const isCandidate = ({ record }) => looksLike(record.fingerprint, choice.file);
    for (const job of Array.from(this.#waiting.keys()).filter(isCandidate)) {
      if (await this.#accept(job, choice)) return true;
    }
    return false;
  }

  /** Lets an upload that has failed be taken up by its file, too. */
  add(job, row) {
    this.#waiting.set(job, row);
  }

  /** Leaves an upload to whoever goes on with it. */
  release(job) {
    if (!this.#waiting.delete(job)) return;
    job.mayAsk = false;
    this.#offer();
  }

  /** Asks for the file of one row. */
  async choose(job) {
    const [choice] = await pickFile();
    if (!choice || await this.#accept(job, choice)) return;
    const message = `This is another file, or it has changed. Choose ${job.name} as it was, or discard this upload.`;
    this.#waiting.get(job)?.show({ state: 'waiting', message });
    announce(message);
  }

  /** Forgets an upload, here and in the store. */
  async discard(job) {
    this.release(job);
    await callOff(job, this.#steps);
  }

  async #recallOne(record) {
    const job = { name: record.fingerprint.name, handle: record.handle, record };
    const row = this.#addRow(job);
    this.add(job, row);
    row.show({ state: 'waiting', message: 'Looking for what is there…' });
    if (record.isSent) return this.#watch(job);
    const { file, mayAsk } = await reopen(record, this.#digest);
    return file ? this.#resume(job, file) : this.#wait(job, mayAsk);
  }

  /** Says what the row waits for, and finds out whether there is still something to wait for. */
  async #wait(job, mayAsk = false) {
    job.mayAsk = mayAsk;
    this.#offer();
    const { fate, fraction } = await fateOf(job.record, this.#steps.listParts, new AbortController().signal);
    if (fate === 'sent') return this.#watch(job);
    job.record.fraction = Math.max(job.record.fraction, fraction);
    const message = waitingText(fate, fraction, mayAsk);
    return this.#waiting.get(job)?.show({ state: 'waiting', fraction, message });
  }

  async #accept(job, { file, handle }) {
    if (!await isSameFile(job.record.fingerprint, file, this.#digest)) return false;
    if (handle) {
      job.handle = job.record.handle = handle;
      this.#steps.ledger.keep(job.record);
    }
    this.#resume(job, file);
    return true;
  }

  #resume(job, file) {
    const row = this.#waiting.get(job);
    if (!row) return; // taken up or discarded meanwhile
    job.file = file;
    this.#start(job, row); // which releases it
  }

  /** All bytes are there: only the verdict is missing, and for that no file is needed. */
  #watch(job) {
    job.sentID = job.record.id;
    this.#resume(job);
  }

  /** Offers one button for all that need no more than a permission. */
  #offer() {
    this.#tray.offerGoOn(this.#askable().length, () => this.#goOn());
  }

  async #goOn() {
    for (const job of this.#askable()) {
      const { file, mayAsk } = await reopen(job.record, this.#digest, true);
      if (file) this.#resume(job, file);
      else await this.#wait(job, mayAsk);
    }
  }

  #askable() {
    return Array.from(this.#waiting.keys()).filter(({ mayAsk }) => mayAsk);
  }

  #digest = (bytes) => this.#steps.digestOf(bytes, { signal: new AbortController().signal, onProgress() {} });
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
