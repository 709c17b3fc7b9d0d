/**
 * What the browser remembers of uploads that are not done: in IndexedDB, which can keep a file's handle; else in
 * localStorage; else only as long as the page is open.
 */

/**
 * @typedef {object} UploadRecord
 * @property {string} id of the image to be
 * @property {string} token the capability for everything about this upload
 * @property {number} partSize in bytes
 * @property {string} type the media type that was announced
 * @property {number} startedAt milliseconds since 1970
 * @property {import('./fingerprint.js').Fingerprint} fingerprint
 * @property {number} fraction shown last
 * @property {boolean} [isSent] true once all bytes are joined in the store
 * @property {FileSystemFileHandle} [handle]
 *
 * @typedef {object} Records
 * @property {boolean} isLasting whether a reload finds them again
 * @property {() => Promise<UploadRecord[]>} all oldest first
 * @property {(record: UploadRecord) => Promise<void>} put
 * @property {(id: string) => Promise<void>} remove
 */

/**
 * Opens the best place this browser has.
 * @param {{indexedDB?: IDBFactory, localStorage?: Storage}} [browser]
 * @returns {Promise<Records>}
 */
export async function openRecords(browser = globalThis) {
  for (const open of [inDatabase, inStorage]) {
    try {
      return await open(browser);
    } catch {
      // Private windows and strict settings forbid the one or the other.
    }
  }
  return inMemory();
}

const storeName = 'uploads';

async function inDatabase({ indexedDB }) {
  const opening = indexedDB.open('imgn', 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName, { keyPath: 'id' }));
  const database = await answerOf(opening);
  const store = (mode) => database.transaction(storeName, mode).objectStore(storeName);
  return {
    isLasting: true,
    all: async () => byAge(await answerOf(store('readonly').getAll())),
    async put(record) {
      await answerOf(store('readwrite').put(record));
    },
    async remove(id) {
      await answerOf(store('readwrite').delete(id));
    },
  };
}

/** @returns {Promise<any>} what a request of IndexedDB answers */
function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('blocked', () => reject(new Error('blocked')));
  });
}

const prefix = 'imgn.upload.';

function inStorage({ localStorage }) {
  localStorage.setItem(`${prefix}probe`, '');
  localStorage.removeItem(`${prefix}probe`);
  const keys = () => Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
  return {
    isLasting: true,
    async all() {
      const texts = keys().filter((key) => key.startsWith(prefix)).map((key) => localStorage.getItem(key));
      return byAge(texts.map((text) => JSON.parse(text)));
    },
    async put({ handle, ...record }) {
      localStorage.setItem(prefix + record.id, JSON.stringify(record));
    },
    async remove(id) {
      localStorage.removeItem(prefix + id);
    },
  };
}

function inMemory() {
  const records = new Map();
  return {
    isLasting: false,
    all: async () => byAge(Array.from(records.values())),
    async put(record) {
      records.set(record.id, record);
    },
    async remove(id) {
      records.delete(id);
    },
  };
}

function byAge(records) {
  return records.sort((a, b) => a.startedAt - b.startedAt);
}
