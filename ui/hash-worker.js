/** The worker that hashes one file: it takes the file, posts `{fraction}` often, then `{digest}` or `{unreadable}`. */

import { hashSlices } from './hash-slices.js';

self.addEventListener('message', async (event) => {
  try {
    const digest = await hashSlices(event.data, (fraction) => self.postMessage({ fraction }));
    self.postMessage({ digest });
  } catch {
    self.postMessage({ unreadable: true });
  }
});
