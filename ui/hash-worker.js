/** The worker that hashes one file: it receives the file, posts `{fraction}` often and `{digest}` or `{unreadable}` once. */

import { hashSlices } from './hash-slices.js';

self.addEventListener('message', async (event) => {
  try {
    const digest = await hashSlices(event.data, (fraction) => self.postMessage({ fraction }));
    self.postMessage({ digest });
  } catch {
    self.postMessage({ unreadable: true });
  }
});
