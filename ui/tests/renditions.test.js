import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largeSrcset, srcsetOf } from '../renditions.js';

const renditions = (...widths) => widths.map((width) => ({ width, height: width, src: `/r/${width}` }));
const heavy = 5_000_000;

test('a browser chooses from the renditions, and not from a heavy original', () => {
  const picture = { renditions: renditions(320, 640), src: '/o', width: 4000, size: heavy };
  assert.equal(srcsetOf(picture), '/r/320 320w, /r/640 640w');
  assert.equal(srcsetOf({ ...picture, size: 400_000 }), '/r/320 320w, /r/640 640w, /o 4000w');
});

test('what moves is still in the grid', () => {
  const moving = { renditions: renditions(320), src: '/o', width: 700, size: 1, animated: true };
  assert.equal(srcsetOf(moving), '/r/320 320w');
});

test('without renditions there is only the picture itself', () => {
  assert.equal(srcsetOf({ src: '/o', width: 300, size: 1 }), '');
  assert.equal(largeSrcset({ srcset: '', src: '/o', width: 300 }), '');
});

test('a large view takes a heavy original only where renditions are small', () => {
  const view = (width, srcset) => largeSrcset({ width, srcset, src: '/o' });
  assert.equal(view(1000, '/r/320 320w, /r/640 640w'), '/r/320 320w, /r/640 640w, /o 1000w');
  assert.equal(view(1000, '/r/320 320w, /o 1000w'), '/r/320 320w, /o 1000w');
  assert.equal(view(4000, '/r/640 640w, /r/1280 1280w'), '/r/640 640w, /r/1280 1280w');
});
