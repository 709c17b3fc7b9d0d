import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayName, wellFormed } from '../names.js';

test('an ordinary name stays as it is, in any script', () => {
  for (const name of ['beach.jpg', 'Ünter den Linden.png', '家族.webp', 'صورة.gif', '👨‍👩‍👧 trip.png']) {
    assert.equal(displayName(name), name);
  }
});

test('direction switches and control characters are not shown', () => {
  assert.equal(displayName('photo\u202egpj.exe'), 'photogpj.exe');
  assert.equal(displayName('a\u0000b\r\nc\u2066d\u200fe\u2028f\ufeff.png'), 'abcdef.png');
});

test('only the last component of a path is shown', () => {
  assert.equal(displayName('../../x.png'), 'x.png');
  assert.equal(displayName('C:\\temp\\x.png'), 'x.png');
});

test('a name with nothing to show is called untitled', () => {
  for (const name of ['', '   ', '\u0000\u202e', 'folder/']) assert.equal(displayName(name), 'Untitled picture');
});

test('a long name keeps its beginning and its end, and no half characters', () => {
  const shown = displayName(`${'🏝'.repeat(300)}-the-end.jpg`);
  assert.equal(Array.from(shown).length, 160);
  assert.ok(shown.endsWith('-the-end.jpg'));
  assert.equal(shown, wellFormed(shown));
});

test('half a surrogate pair is replaced, a whole one is kept', () => {
  assert.equal(wellFormed('a\ud83cb'), 'a\ufffdb');
  assert.equal(wellFormed('a\udf34b'), 'a\ufffdb');
  assert.equal(wellFormed('a🏝b'), 'a🏝b');
});
