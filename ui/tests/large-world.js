/** For tests: a gallery and a store in memory that take large files in parts, and steps that lead to them. */

import { createBudget } from '../budget.js';
import { createLedger } from '../ledger.js';
import { openRecords } from '../records.js';
import { RequestError } from '../problems.js';

/** Bytes of a part here. */
export const partSize = 10;

/** A large file of some parts, the last one shorter. Big by its word only: what matters is `size`. */
export function largeFile(count = 6, name = 'beach.jpg') {
  const content = 'abcdefghijklmnopqrstuvwxyz'.repeat(count).slice(0, count * partSize - 3);
  return new File([content], name, { lastModified: 7 });
}

export const problem = (status, code, more) => new RequestError({ status, code, ...more });

/** The digest of these tests is the content itself: one sees at once what was sent. */
export const digest = (bytes) => bytes.text();

/** Never resolves; rejects as soon as the signal fires. */
export async function hanging(signal) {
  signal.throwIfAborted();
  return new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason)); });
}

/** The other end. `trouble` is asked before each request, with its kind and what it carries, and may throw. */
export function createStore(bytesOfPart = partSize) {
  const uploads = new Map();
  const calls = [];
  const find = (token) => {
    const upload = uploads.get(token);
    if (!upload) throw problem(404, 'upload-gone');
    if (upload.isComplete) throw problem(409, 'already-complete');
    return upload;
  };
  const store = {
    uploads,
    calls,
    trouble: () => {},
    of: (kind) => calls.filter((call) => call.kind === kind),
    note(kind, facts) {
      calls.push({ kind, ...facts });
      return store.trouble({ kind, ...facts });
    },
  };
  return Object.assign(store, questions(store, find, bytesOfPart));
}

function questions(store, find, bytesOfPart) {
  const { uploads } = store;
  let count = 0;
  return {
    async requestTicket({ size, ...description }) {
      await store.note('ticket', { size, ...description });
      count += 1;
      const id = `image${count}`;
      uploads.set(`token ${id}`, { id, size, parts: new Map(), isComplete: false });
      const partCount = Math.ceil(size / bytesOfPart);
      return { id, token: `token ${id}`, multipart: { partSize: bytesOfPart, partCount } };
    },
    async signParts(token, parts) {
      await store.note('sign', { token, numbers: parts.map(({ number }) => number) });
      find(token);
      return { parts: parts.map(({ number, sha256 }) => ({ number, url: token, headers: { sha256 } })) };
    },
    async listParts(token) {
      await store.note('list', { token });
      const parts = Array.from(find(token).parts, ([number, sha256]) => ({ number, size: sha256.length, sha256 }));
      return { partSize: bytesOfPart, parts };
    },
    async putBytes({ number, url, headers }, bytes, { signal, onProgress }) {
      onProgress(0.5);
      await store.note('put', { number, content: await bytes.text(), signal });
      const upload = uploads.get(url);
      if (!upload) throw problem(404, 'NoSuchUpload');
      if (await digest(bytes) !== headers.sha256) throw problem(400, 'BadDigest');
      upload.parts.set(number, headers.sha256);
      onProgress(1);
    },
    async completeUpload(token) {
      await store.note('complete', { token });
      const upload = find(token);
      const count = Math.ceil(upload.size / bytesOfPart);
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      const missing = numbers.filter((number) => !upload.parts.has(number));
      if (missing.length > 0) throw problem(409, 'incomplete-upload', { missing });
      upload.isComplete = true;
      upload.content = numbers.map((number) => upload.parts.get(number)).join('');
      return { id: upload.id, state: 'incoming' };
    },
    async abortUpload(token) {
      await store.note('abort', { token });
      if (uploads.get(token)?.isComplete) throw problem(409, 'already-complete');
      uploads.delete(token);
    },
    async fetchImage(id) {
      return { id, state: 'ready' };
    },
  };
}

/** The ownership of a browser with one tab. */
export const alone = { claim: async () => true, release() {} };

/** The steps to a store: waiting costs no time but moves the clock. */
export function stepsTo(store, changes = {}) {
  let clock = 0;
  return {
    ...store,
    digestOf: digest,
    budget: createBudget(),
    ledger: createLedger(openRecords({}), alone),
    wait: async (milliseconds) => { clock += milliseconds; },
    now: () => clock,
    ...changes,
  };
}
