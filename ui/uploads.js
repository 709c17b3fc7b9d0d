/** All uploads of this page: queues, rows, cancel and retry. */

import { announce } from './announce.js';
import { callOff } from './call-off.js';
import { countText } from './format.js';
import { createQueue } from './queue.js';
import { createUnfinished } from './unfinished.js';
import { displayName } from './names.js';
import { isSameFile, looksLike } from './fingerprint.js';
import { takeAlong, wholeLimit } from './upload.js';

/** How many small and how many large files are under way at once; the budget says how many requests that makes. */
const flightWidth = 3;

/**
 * @param {object} options
 * @param {{bytes: number, text: string}} options.limit of one file
 * @param {ReturnType<typeof import('./tray.js').createTray>} options.tray
 * @param {import('./upload.js').Steps} options.steps
 * @param {(picture: import('./api.js').Picture) => void} options.onReady told each picture that is new in the gallery
 * @returns {{add: (choices: import('./entries.js').Choice[]) => Promise<void>, recall: () => Promise<void>}}
 */
export function createUploads({ limit, tray, steps, onReady }) {
  const queues = { small: createQueue(flightWidth), large: createQueue(flightWidth) };
  const underWay = new Set();
  let count = 0;

  const start = (job, row) => {
    job.controller = new AbortController();
    const { signal } = job.controller;
    const report = (news) => {
      if (signal.aborted) return;
      row.show({ ...news, isKept: Boolean(job.record) });
      if (news.state === 'done') onReady(news.picture);
      if (news.state === 'failed' && job.record) unfinished.wait(job, row);
    };
    unfinished.release(job);
    row.show({ state: 'queued', fraction: job.record?.fraction });
    underWay.add(job);
    const queue = job.file?.size > wholeLimit ? queues.large : queues.small;
    job.running = queue.run(() => takeAlong(job, steps, signal, report), signal)
      .catch(() => row.show({ state: 'cancelled' }))
      .finally(() => underWay.delete(job));
  };

  const cancel = async (job, row) => {
    if (!job.sentID) {
      if (!await callOff(job, steps)) start(job, row);
      return;
    }
    job.controller.abort(); // only the waiting for the verdict: what has arrived cannot be called off
    if (job.record) steps.ledger.forget(job.record.id);
    job.record = undefined;
  };

  const retry = async (job, row) => {
    if (job.handle) await renew(job, steps);
    start(job, row);
  };

  const addRow = (job) => {
    count += 1;
    Object.assign(job, { id: String(count), limit });
    const row = tray.addRow(job, {
      onCancel: () => cancel(job, row),
      onRetry: () => retry(job, row),
      onChoose: () => unfinished.choose(job),
      onDiscard() {
        row.remove();
        unfinished.discard(job);
      },
    });
    return row;
  };

  const unfinished = createUnfinished({ steps, tray, addRow, start });

  const isUnderWay = (file) => Array.from(underWay).some((job) => job.file && looksLike(job.file, file));

  const add = async (choice) => {
    const isLarge = choice.file.size > wholeLimit;
    if (isLarge && isUnderWay(choice.file)) return announce(`${displayName(choice.file.name)} is on its way already.`);
    if (isLarge && await unfinished.takeUp(choice)) return undefined;
    const job = { name: choice.file.name, ...choice };
    return start(job, addRow(job));
  };

  addEventListener('beforeunload', (event) => {
    if (Array.from(underWay).some((job) => isLostWithPage(job, steps.ledger))) event.preventDefault();
  });
  addEventListener('pagehide', ({ persisted }) => persisted || steps.ledger.leave());

  return {
    recall: unfinished.recall,
    async add(choices) {
      if (choices.length === 0) return announce('There is no picture in it.');
      announce(`Sending ${countText(choices.length, 'file')}.`);
      for (const choice of choices) await add(choice); // one after another keeps their order
      return undefined;
    },
  };
}

/** Whether leaving the page would cost bytes that were sent or a file that was chosen. */
function isLostWithPage({ sentID, record }, ledger) {
  return !sentID && !(record && ledger.isLasting());
}

/** Opens a file anew, since a browser refuses to read one that changed; a changed one is an upload of its own. */
async function renew(job, steps) {
  const file = await job.handle.getFile().catch(() => job.file);
  const digest = (bytes) => steps.digestOf(bytes, { signal: new AbortController().signal, onProgress() {} });
  if (job.record && !job.sentID && !await isSameFile(job.record.fingerprint, file, digest)) await callOff(job, steps);
  job.file = file;
}
