/** All uploads of this page: queues, rows, cancel and retry. */

import { announce } from './announce.js';
import { callOff } from './call-off.js';
import { countText } from './format.js';
import { createQueue } from './queue.js';
import { displayName } from './names.js';
import { isSameFile, looksLike } from './fingerprint.js';
import { takeAlong, wholeLimit } from './upload.js';
import { Unfinished } from './unfinished.js';

/** How many small and how many large files are under way at once; the budget says how many requests that makes. */
const flightWidth = 3;

/** Takes files in and brings them to the gallery, or tells in the tray why not. */
export class Uploads {
  #queues = { small: createQueue(flightWidth), large: createQueue(flightWidth) };
  #underWay = new Set();
  #count = 0;
  #page;
  #unfinished;

  /**
   * @param {object} page
   * @param {{bytes: number, text: string}} page.limit of one file
   * @param {ReturnType<typeof import('./tray.js').createTray>} page.tray
   * @param {import('./upload.js').Steps} page.steps
   * @param {(picture: import('./api.js').Picture) => void} page.onReady told each picture that is new in the gallery
   */
  constructor(page) {
    this.#page = page;
    const { steps, tray } = page;
    const addRow = (job) => this.#addRow(job);
    this.#unfinished = new Unfinished({ steps, tray, addRow, start: (job, row) => this.#start(job, row) });
    addEventListener('beforeunload', (event) => this.#isAnyLostWithPage() && event.preventDefault());
    addEventListener('pagehide', ({ persisted }) => persisted || steps.ledger.leave());
  }

  /** Takes up what earlier pages left. */
  recall() {
    return this.#unfinished.recall();
  }

  /**
   * Sends files, each with a row in the tray.
   * @param {import('./entries.js').Choice[]} choices
   * @returns {Promise<void>}
   */
  async add(choices) {
    if (choices.length === 0) return announce('There is no picture in it.');
    announce(`Sending ${countText(choices.length, 'file')}.`);
    for (const choice of choices) await this.#addOne(choice); // one after another keeps their order
    return undefined;
  }

  async #addOne(choice) {
    const { name, size } = choice.file;
    const isLarge = size > wholeLimit;
    if (isLarge && this.#isUnderWay(choice.file)) return announce(`${displayName(name)} is on its way already.`);
    if (isLarge && await this.#unfinished.takeUp(choice)) return undefined;
    const job = { name, ...choice };
    return this.#start(job, this.#addRow(job));
  }

  #addRow(job) {
    this.#count += 1;
    Object.assign(job, { id: String(this.#count), limit: this.#page.limit });
    const row = this.#page.tray.addRow(job, {
      onCancel: () => this.#cancel(job, row),
      onRetry: () => this.#retry(job, row),
      onChoose: () => this.#unfinished.choose(job),
      onDiscard: () => {
        row.remove();
        this.#unfinished.discard(job);
      },
    });
    return row;
  }

  #start(job, row) {
    this.#unfinished.release(job);
    job.controller = new AbortController();
    const { signal } = job.controller;
    const report = (news) => signal.aborted || this.#tell(job, row, news);
    row.show({ state: 'queued', fraction: job.record?.fraction });
    this.#underWay.add(job);
    const queue = job.file?.size > wholeLimit ? this.#queues.large : this.#queues.small;
    job.running = queue.run(() => takeAlong(job, this.#page.steps, signal, report), signal)
      .catch(() => row.show({ state: 'cancelled' }))
      .finally(() => this.#underWay.delete(job));
  }

  #tell(job, row, news) {
    const isKept = Boolean(job.record);
    row.show({ ...news, isKept });
    if (news.state === 'done') this.#page.onReady(news.picture);
    if (news.state === 'failed' && isKept) this.#unfinished.add(job, row);
  }

  async #cancel(job, row) {
    const { steps } = this.#page;
    if (!job.sentID) {
      if (!await callOff(job, steps)) this.#start(job, row); // too late: it is in the store
      return;
    }
    job.controller.abort(); // only the waiting for the verdict: what has arrived cannot be called off
    if (job.record) steps.ledger.forget(job.record.id);
    job.record = undefined;
  }

  async #retry(job, row) {
    if (job.handle) await renew(job, this.#page.steps);
    this.#start(job, row);
  }

  #isUnderWay(file) {
    return Array.from(this.#underWay).some((job) => job.file && looksLike(job.file, file));
  }

  /** Whether leaving the page would cost bytes that were sent or a file that was chosen. */
  #isAnyLostWithPage() {
    const isLasting = this.#page.steps.ledger.isLasting();
    return Array.from(this.#underWay).some(({ sentID, record }) => !sentID && !(record && isLasting));
  }
}

/** Opens a file anew, since a browser refuses to read one that changed; a changed one is an upload of its own. */
async function renew(job, steps) {
  const file = await job.handle.getFile().catch(() => job.file);
  const digest = (bytes) => steps.digestOf(bytes, { signal: new AbortController().signal, onProgress() {} });
  if (job.record && !job.sentID && !await isSameFile(job.record.fingerprint, file, digest)) await callOff(job, steps);
  job.file = file;
}
