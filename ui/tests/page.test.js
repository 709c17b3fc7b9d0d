import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../', import.meta.url);
const files = readdirSync(folder);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const ending = (suffix) => files.filter((name) => name.endsWith(suffix));
const templates = ending('.mustache').map((name) => ({ name, text: read(name) }));
const modules = ending('.js').map((name) => ({ name, text: read(name) }));
const found = (pattern, text) => Array.from(text.matchAll(pattern), (match) => match[1]);
const imports = (text) => found(/(?:from|import) '\.\/([\w-]+\.js)'/g, text);

/** All modules that one loads, itself included. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  imports(read(name)).forEach((other) => closure(other, seen));
  return seen;
}

test('templates hold no inline script, no inline style and no event attribute, so that the strict policy holds', () => {
  for (const { name, text } of templates) {
    assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i, name);
  }
});

test('templates escape everything', () => {
  for (const { name, text } of templates) assert.doesNotMatch(text, /\{\{\{|\{\{\s*&/, name);
});

test('attributes with values of the server are quoted', () => {
  for (const { name, text } of templates) assert.doesNotMatch(text, /=\{\{/, name);
});

test('modules never turn text into markup', () => {
  for (const { name, text } of modules) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|DOMParser/, name);
  }
});

test('the network is used in one module only', () => {
  for (const { name, text } of modules.filter((module) => module.name !== 'api.js')) {
    assert.doesNotMatch(text, /\bfetch\(|new XMLHttpRequest|sendBeacon|EventSource|WebSocket/, name);
  }
});

test('every module the gallery loads is announced to the browser, and no other', () => {
  const announced = found(/modulepreload" href="\/ui\/([\w-]+\.js)"/g, read('modules.mustache'));
  const needed = Array.from(closure('app.js')).filter((name) => name !== 'app.js');
  assert.deepEqual(announced.toSorted(), needed.toSorted());
});

test('every file of the page that a template or a style names is there, and every partial', () => {
  const sources = [...templates, ...ending('.css').map((name) => ({ name, text: read(name) }))];
  for (const { name, text } of sources) {
    const partials = found(/\{\{>\s*(\w+)/g, text).map((partial) => `${partial}.mustache`);
    for (const file of [...found(/\/ui\/([\w.-]+)/g, text), ...partials]) {
      assert.ok(files.includes(file), `${name} names ${file}`);
    }
  }
});

test('every element that a module looks up by its id is in a template', () => {
  const ids = new Set(templates.flatMap(({ text }) => found(/\sid="([\w-]+)"/g, text)));
  for (const { name, text } of modules) {
    for (const id of found(/'#([a-z][\w-]*)['\s]/g, text)) assert.ok(ids.has(id), `${name} looks for #${id}`);
  }
});

test('modules stay under 200 lines', () => {
  for (const { name, text } of modules) assert.ok(text.split('\n').length <= 200, name);
});
