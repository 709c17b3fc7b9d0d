import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isTranslucent, picture } from '../thumbhash.js';
import { toneOf } from '../placeholder.js';

/** Made by two other decoders, fast-thumbhash 1.0.0 and thumbhash-python 1.0.1, which agree to within one step. */
const vectors = JSON.parse(readFileSync(new URL('vectors/thumbhash.json', import.meta.url), 'utf8'));
const bytesOf = (text) => new Uint8Array(Buffer.from(text, 'base64'));
const size = { width: 32, height: 24 };

for (const { name, hash, width, height, pixels } of vectors) {
  test(`the picture of a hash is what other decoders see: ${name}`, () => {
    const found = picture(bytesOf(hash), { width, height });
    assert.equal(found.length, width * height * 4);
    for (const [x, y, ...color] of pixels) {
      const at = (y * width + x) * 4;
      color.forEach((value, index) => assert.ok(Math.abs(found[at + index] - value) <= 1, `${x}, ${y}`));
    }
  });
}

test('a hash says whether the picture is transparent anywhere', () => {
  for (const { name, hash } of vectors) assert.equal(isTranslucent(bytesOf(hash)), name.startsWith('translucent'));
  assert.equal(isTranslucent(new Uint8Array()), false);
});

test('nothing stands behind a transparent picture, and its colour behind every other', () => {
  for (const { name, hash } of vectors) {
    const expected = name.startsWith('translucent') ? 'none' : '#0a65ff';
    assert.equal(toneOf({ thumbhash: hash, color: '#0a65ff' }), expected);
  }
  assert.equal(toneOf({ thumbhash: '', color: '' }), 'none');
  assert.equal(toneOf({ thumbhash: '?', color: '#000000' }), '#000000');
});

test('bytes that are no hash make no picture: every beginning of one, and nothing', () => {
  for (const { hash } of vectors) {
    const whole = bytesOf(hash);
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal(picture(whole.subarray(0, length), size), undefined, `${length} of ${whole.length}`);
    }
  }
});

test('any bytes make some picture or none, of the size that was asked for', () => {
  for (let seed = 1; seed < 300; seed += 1) {
    const bytes = Uint8Array.from({ length: 25 }, (_, at) => (seed * (at + 7) * 2_654_435_761) >>> 13);
    assert.equal(picture(bytes, size)?.length ?? size.width * size.height * 4, size.width * size.height * 4);
  }
});
