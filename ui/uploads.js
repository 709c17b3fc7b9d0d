/** All uploads of this page: queue, rows, cancel and retry. */

import * as api from './api.js';
import { announce } from './announce.js';
import { countText } from './format.js';
import { createQueue } from './queue.js';
import { digestOf } from './digest.js';
import { takeAlong } from './upload.js';

/** How many files fly at once. */
const flightWidth = 3;

const steps = { ...api, digestOf };

/**
 * @param {object} options
 * @param {{bytes: number, text: string}} options.limit of one file
 * @param {ReturnType<typeof import('./tray.js').createTray>} options.tray
 * @param {(picture: import('./api.js').Picture) => void} options.onReady told each picture that is new in the gallery
 * @returns {{add: (files: File[]) => void}}
 */
export function createUploads({ limit, tray, onReady }) {
  const queue = createQueue(flightWidth);
  let count = 0;

  const start = (job, row) => {
    job.controller = new AbortController();
    const { signal } = job.controller;
    const report = (news) => {
      if (signal.aborted) return;
      row.show(news);
      if (news.state === 'done') onReady(news.picture);
    };
    row.show({ state: 'queued' });
    queue.run(() => takeAlong(job, steps, signal, report), signal).catch(() => row.show({ state: 'cancelled' }));
  };

  const add = (file) => {
    count += 1;
    const job = { id: String(count), file, limit };
    const row = tray.addRow(job, {
      onCancel: () => job.controller.abort(),
      onRetry: () => start(job, row),
    });
    start(job, row);
  };

  addEventListener('beforeunload', (event) => {
    if (tray.isBusy()) event.preventDefault();
  });

  return {
    add(files) {
      if (files.length === 0) return announce('There is no picture in it.');
      announce(`Sending ${countText(files.length, 'file')}.`);
      return files.forEach(add);
    },
  };
}
