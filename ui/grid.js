/** The grid of pictures. Its tiles in the page are the only list there is; server and script make them alike. */

import { dimensionText } from './format.js';
import { displayName } from './names.js';
import { justify, rowHeight } from './justify.js';

/** @typedef {ReturnType<typeof createGrid>} Grid */

/**
 * @param {HTMLElement} element the list
 * @param {HTMLTemplateElement} template one empty tile
 * @param {HTMLElement | null} emptyState shown while there is no picture
 */
export function createGrid(element, template, emptyState) {
  const tile = (id) => element.querySelector(`[data-id="${CSS.escape(id)}"]`);
  const tiles = () => Array.from(element.querySelectorAll('[data-id]'));
  const missing = (pictures) => pictures.filter(({ id }) => !tile(id)).map((picture) => fresh(template, picture));
  const arrange = () => layOut(element, tiles());
  let width = 0;

  new ResizeObserver(() => {
    if (widthOf(element) === width) return;
    width = widthOf(element);
    arrange();
  }).observe(element);
  element.addEventListener('load', checkShape, true);

  return {
    element,
    tiles,
    /** The tile of an image, or null. */
    tile,
    /** Puts a new picture first, unless it is there. */
    prepend(picture) {
      const [newcomer] = missing([picture]);
      if (!newcomer) return;
      emptyState?.remove();
      newcomer.classList.add('arriving');
      element.prepend(newcomer);
      arrange();
    },
    /** Puts older pictures at the end, leaving out those that are there. */
    append(pictures) {
      element.append(...missing(pictures));
      arrange();
    },
  };
}

/**
 * What a tile shows.
 * @param {HTMLElement} tile
 */
export function pictureOf(tile) {
  const image = tile.querySelector('img');
  const { id, width, height } = tile.dataset;
  return {
    id,
    src: image.src,
    alt: image.alt,
    page: tile.querySelector('a').href,
    name: tile.querySelector('.tile-name').textContent,
    width: Number(width),
    height: Number(height),
  };
}

/**
 * An address of the API, absolute as it is, as one of this page: behind a proxy the server may not know its outer
 * scheme.
 * @param {string} address
 * @returns {string}
 */
export function local(address) {
  const url = new URL(address, location.href);
  return url.host === location.host ? url.pathname + url.search : url.href;
}

function fresh(template, picture) {
  const tile = template.content.firstElementChild.cloneNode(true);
  const name = displayName(picture.name ?? '');
  const { id, width, height } = picture;
  Object.assign(tile.dataset, { id, width, height });
  tile.querySelector('a').href = local(picture.page ?? `/i/${id}`);
  Object.assign(tile.querySelector('img'), { width, height, alt: name, src: local(picture.src) });
  tile.querySelector('.tile-name').textContent = name;
  tile.querySelector('.tile-meta').textContent = dimensionText(width, height);
  return tile;
}

/** Whole pixels, rounded down: a fraction more would push the last tile of each row to the next. */
function widthOf(element) {
  return Math.floor(element.getBoundingClientRect().width);
}

/** Gives each tile its box; touches only what changed. */
function layOut(element, tiles) {
  const width = widthOf(element);
  const gap = Number.parseFloat(getComputedStyle(element).columnGap) || 0;
  const target = rowHeight(width);
  const shapes = tiles.map(({ dataset }) => Number(dataset.width) / Number(dataset.height) || 1);
  justify(shapes, { width, gap, target }).forEach((box, index) => place(tiles[index], box));
  element.dataset.justified = '';
}

function place(tile, box) {
  const size = `${box.width}×${box.height}`;
  if (tile.dataset.box === size) return;
  tile.dataset.box = size;
  tile.style.setProperty('width', `${box.width}px`);
  tile.style.setProperty('height', `${box.height}px`);
  tile.classList.toggle('tiny', Number(tile.dataset.height) * 2 < box.height);
  tile.classList.toggle('letterboxed', differs(tile.dataset, box));
}

/**
 * Shows a picture whole when the browser finds another shape in it than the catalog: not every browser obeys the
 * orientation a WebP file asks for.
 */
function checkShape({ target }) {
  const found = { width: target.naturalWidth, height: target.naturalHeight };
  const tile = target.closest('[data-id]');
  if (tile && differs(found, tile.dataset)) tile.classList.add('letterboxed');
}

/** Whether two shapes differ by more than rounding can explain. */
function differs(one, other) {
  const ratio = (one.width / one.height) / (other.width / other.height);
  return ratio > 1.1 || ratio < 0.9;
}
