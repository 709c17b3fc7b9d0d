import assert from 'node:assert/strict';
import { test } from 'node:test';
import { justify, rowHeight } from '../justify.js';

/** Shapes between 0.4 and 2.4, the same on each run. */
const shapes = Array.from({ length: 200 }, (_, index) => 0.4 + ((index * 7919) % 200) / 100);

/** Rows as the browser would wrap them. */
function rows(boxes, width, gap) {
  const lines = [];
  let used = Infinity;
  for (const box of boxes) {
    if (used + gap + box.width > width) {
      lines.push([]);
      used = -gap;
    }
    lines.at(-1).push(box);
    used += gap + box.width;
  }
  return lines;
}

const span = (row, gap) => row.reduce((sum, box) => sum + box.width, 0) + gap * (row.length - 1);

for (const width of [304, 374, 768, 1361, 2498]) {
  test(`every row but the last fills exactly ${width} pixels`, () => {
    const boxes = justify(shapes, { width, gap: 8, target: rowHeight(width) });
    const lines = rows(boxes, width, 8);
    assert.equal(boxes.length, shapes.length);
    for (const row of lines.slice(0, -1)) {
      assert.equal(span(row, 8), width);
      assert.equal(new Set(row.map((box) => box.height)).size, 1);
    }
    assert.ok(span(lines.at(-1), 8) <= width);
  });

  test(`every picture keeps its shape to within a pixel at ${width} pixels`, () => {
    justify(shapes, { width, gap: 8, target: rowHeight(width) }).forEach((box, index) => {
      assert.ok(Math.abs(box.width - shapes[index] * box.height) <= 1.5 + shapes[index] / 2, `picture ${index}`);
    });
  });
}

test('rows stay near the height they aim at', () => {
  const boxes = justify(shapes, { width: 1400, gap: 8, target: 250 });
  for (const { height } of boxes) assert.ok(height > 160 && height < 400, `${height}`);
});

test('pictures added at the end move none of the full rows before them', () => {
  const room = { width: 1400, gap: 8, target: 250 };
  const some = justify(shapes.slice(0, 60), room);
  const settled = rows(some, 1400, 8).slice(0, -1).flat().length;
  assert.deepEqual(justify(shapes, room).slice(0, settled), some.slice(0, settled));
});

test('a few pictures are not blown up to fill the width', () => {
  assert.deepEqual(justify([1.5, 1], { width: 1400, gap: 8, target: 250 }), [
    { width: 375, height: 250 }, { width: 250, height: 250 },
  ]);
});

test('slivers get a box one can see and hit', () => {
  const [wide, tall] = justify([400, 1 / 400], { width: 1400, gap: 8, target: 250 });
  assert.ok(wide.height >= 250 && wide.width <= 1400);
  assert.ok(tall.width >= 60 && tall.height <= 300);
});

test('a picture wider than the page takes a row of its own and does not stick out', () => {
  for (const box of justify([5, 5, 5], { width: 304, gap: 4, target: 142 })) assert.ok(box.width <= 304);
});

test('no picture, no box', () => {
  assert.deepEqual(justify([], { width: 1400, gap: 8, target: 250 }), []);
});

test('rows are low on phones and never higher than 340 pixels', () => {
  assert.deepEqual([200, 1400, 9000].map(rowHeight), [140, 257, 340]);
});
