import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cameraText, dayText } from '../camera.js';

const vectors = JSON.parse(readFileSync(new URL('vectors/camera.json', import.meta.url), 'utf8'));

for (const { camera, line, day } of vectors) {
  test(`a camera's notes are one line: ${JSON.stringify(line)}`, () => {
    assert.equal(cameraText(camera), line);
    if (day !== undefined) assert.equal(dayText(camera.taken), day);
  });
}

test('a picture without notes has none', () => assert.equal(cameraText(undefined), ''));

test('a name is cut before it takes the whole line', () => {
  assert.equal(cameraText({ model: 'x'.repeat(500) }).length, 80);
});
