/** The arithmetic of the justified grid; knows numbers only. */

/** Boxes flatter or taller than this would be slivers; such pictures are shown whole inside the nearest shape. */
const flattest = 5;
const tallest = 0.25;

/**
 * The height rows aim at for a grid of this width: about two pictures a row on a phone, five on a desktop.
 * `gallery.css` uses the same formula, so that the page looks much the same before this script has run.
 * @param {number} width in CSS pixels
 * @returns {number}
 */
export function rowHeight(width) {
  return Math.min(Math.max(110 + width * 0.105, 140), 340);
}

/**
 * Splits pictures into rows that fill the width, in order, each near the target height. Each box keeps its picture's
 * shape to within a pixel. The last row is left ragged, unless it nearly fills the width by itself.
 * @param {number[]} shapes width divided by height of each picture
 * @param {{width: number, gap: number, target: number}} room in CSS pixels
 * @returns {{width: number, height: number}[]} one box a picture, whole pixels
 */
export function justify(shapes, { width, gap, target }) {
  const boxes = [];
  let row = [];
  for (const shape of shapes) {
    const clamped = Math.min(Math.max(shape, tallest), flattest);
    if (row.length > 0 && isFuller(row, clamped, { width, gap, target })) {
      boxes.push(...fill(row, width, gap));
      row = [];
    }
    row.push(clamped);
  }
  return boxes.concat(finish(row, { width, gap, target }));
}

/** Whether the row comes nearer to the target without the next picture than with it. */
function isFuller(row, next, { width, gap, target }) {
  const without = heightOf(row, width, gap);
  const together = heightOf([...row, next], width, gap);
  return together < target && target / together > without / target;
}

/** The height at which these shapes, side by side, take exactly the width. */
function heightOf(row, width, gap) {
  const sum = row.reduce((total, shape) => total + shape, 0);
  return (width - gap * (row.length - 1)) / sum;
}

function fill(row, width, gap) {
  const height = heightOf(row, width, gap);
  let edge = 0;
  let right = 0;
  return row.map((shape) => {
    edge += shape * height;
    const box = { width: Math.round(edge) - right, height: Math.round(height) };
    right = Math.round(edge);
    return box;
  });
}

function finish(row, { width, gap, target }) {
  if (row.length === 0) return [];
  if (heightOf(row, width, gap) <= target * 1.15) return fill(row, width, gap);
  return row.map((shape) => ({ width: Math.round(shape * target), height: Math.round(target) }));
}
