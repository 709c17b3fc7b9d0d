/** Files out of a drop, folders included where the browser can open them. */

/** A folder holds more than pictures; only these of its files are taken. Single files always are: bytes decide. */
const pictureName = /\.(jpe?g|jfif|png|apng|gif|webp|avif|hei[cf])$/i;

/**
 * @typedef {object} Choice a file that someone chose
 * @property {File} file
 * @property {FileSystemFileHandle} [handle] with which a later page finds it again, where the browser gives one
 */

/**
 * The dropped files. Must be called before the first `await` of the drop's handler: afterwards the list is empty.
 * @param {DataTransfer} transfer
 * @returns {Promise<Choice[]>}
 */
export function droppedFiles(transfer) {
  const items = Array.from(transfer.items ?? []).filter((item) => item.kind === 'file');
  const found = items.map((item) => ({
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.getAsFile(),
    handle: item.getAsFileSystemHandle?.(),
  }));
  if (found.length === 0) return Promise.resolve(Array.from(transfer.files, (file) => ({ file })));
  return flatten(found.map((one) => (one.entry?.isDirectory ? filesIn(one.entry) : single(one))));
}

async function single({ file, handle }) {
  if (!file) return [];
  const known = await handle?.catch(() => undefined);
  return [known?.kind === 'file' ? { file, handle: known } : { file }];
}

async function filesIn(folder) {
  const entries = await contents(folder);
  return flatten(entries.map((entry) => (entry.isDirectory ? filesIn(entry) : pictureFile(entry))));
}

async function pictureFile(entry) {
  try {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return isPicture(file) ? [{ file }] : [];
  } catch {
    return []; // vanished or not readable since the folder was listed
  }
}

/**
 * Whether a file met in a folder looks like a picture, by its type or its name.
 * @param {{name: string, type: string}} file
 * @returns {boolean}
 */
export function isPicture({ name, type }) {
  if (name.startsWith('.')) return false;
  return /^image\/(?!svg)/.test(type) || pictureName.test(name);
}

/** All entries of a folder, in order of name; a reader hands out a hundred at a time. */
async function contents(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve) => { reader.readEntries(resolve, () => resolve([])); });
    if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name));
    all.push(...some);
  }
}

async function flatten(promises) {
  const lists = await Promise.all(promises);
  return lists.flat();
}
