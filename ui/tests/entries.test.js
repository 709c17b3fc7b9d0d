import assert from 'node:assert/strict';
import { test } from 'node:test';
import { droppedFiles, isPicture } from '../entries.js';

const file = (name, type = '') => ({ name, type });
const fileEntry = (item) => ({ name: item.name, isDirectory: false, file: (resolve) => resolve(item) });

/** A folder whose reader hands out two entries at a time, as browsers do with a hundred. */
function folderEntry(name, entries) {
  return {
    name,
    isDirectory: true,
    createReader() {
      let at = 0;
      return { readEntries: (resolve) => resolve(entries.slice(at, (at += 2))) };
    },
  };
}

const item = (entry, dropped) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => dropped });

test('single files are all taken, whatever they are called', async () => {
  const dropped = [file('notes.txt'), file('a.png')];
  const items = dropped.map((one) => item(fileEntry(one), one));
  assert.deepEqual(await droppedFiles({ items, files: dropped }), dropped.map((one) => ({ file: one })));
});

test('folders are opened to the bottom, and only their pictures are taken', async () => {
  const pictures = ['a.png', 'b.JPG', 'c.webp', 'd.gif', 'e.heic'].map((name) => file(name));
  const deep = folderEntry('deep', pictures.slice(2).map(fileEntry));
  const others = [file('.DS_Store'), file('.hidden.png'), file('Thumbs.db'), file('drawing.svg', 'image/svg+xml')];
  const folder = folderEntry('folder', [...pictures.slice(0, 2), ...others].map(fileEntry).concat(deep));
  const single = file('single');
  const items = [item(folder, file('folder')), item(fileEntry(single), single)];
  const names = (await droppedFiles({ items, files: [] })).map(({ file: { name } }) => name);
  assert.deepEqual(names, ['a.png', 'b.JPG', 'c.webp', 'd.gif', 'e.heic', 'single']);
});

test('a file that vanished from its folder does not spoil the others', async () => {
  const gone = { name: 'gone.png', isDirectory: false, file: (_, reject) => reject(new Error('gone')) };
  const folder = folderEntry('folder', [gone, fileEntry(file('here.png'))]);
  const found = await droppedFiles({ items: [item(folder, null)], files: [] });
  assert.deepEqual(found.map(({ file: { name } }) => name), ['here.png']);
});

test('a handle comes along where the browser gives one for a file, and its refusal costs nothing', async () => {
  const [first, second] = [file('a.png'), file('b.png')];
  const handle = { kind: 'file' };
  const items = [
    { ...item(fileEntry(first), first), getAsFileSystemHandle: async () => handle },
    { ...item(fileEntry(second), second), getAsFileSystemHandle: async () => { throw new Error('no'); } },
  ];
  assert.deepEqual(await droppedFiles({ items, files: [] }), [{ file: first, handle }, { file: second }]);
});

test('files of a browser without items are taken, too', async () => {
  const only = file('a.png');
  assert.deepEqual(await droppedFiles({ files: [only] }), [{ file: only }]);
});

test('a picture without an ending is known by its type', () => {
  assert.ok(isPicture(file('IMG_0001', 'image/jpeg')));
  assert.ok(!isPicture(file('IMG_0001')));
});
