/** The grid of pictures. Its tiles in the page are the only list there is; server and script make them alike. */

import { justify, rowHeight } from './justify.js';
import { blurOf, standIn } from './placeholder.js';
import { readTile, viewOf, writeTile } from './picture.js';

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
  width = widthOf(element);
  arrange();
  tiles().forEach(wait);

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
      wait(newcomer);
    },
    /** Puts older pictures at the end, leaving out those that are there. */
    append(pictures) {
      const newcomers = missing(pictures);
      element.append(...newcomers);
      arrange();
      newcomers.forEach(wait);
    },
  };
}

function fresh(template, picture) {
  const tile = template.content.firstElementChild.cloneNode(true);
  writeTile(tile, viewOf(picture));
  return tile;
}

/** A tiny picture stands alone in its box, and would be a small thing after a large blur. */
function wait(tile) {
  const blur = () => (tile.classList.contains('tiny') ? undefined : blurOf(readTile(tile)));
  standIn(tile.querySelector('img'), tile, blur);
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
  tellWidth(tile.querySelector('img'), box.width);
  tile.classList.toggle('tiny', Number(tile.dataset.height) * 2 < box.height);
  tile.classList.toggle('letterboxed', differs(tile.dataset, box));
}

/**
 * Tells the browser how wide a picture is, so that it takes the right size. What it took by an earlier word, the
 * server's estimate at first, is not fetched again for a little more.
 */
function tellWidth(image, width) {
  const wanted = width * fineness();
  if (image.srcset && said(image) < wanted * enough) image.sizes = `${Math.round(wanted)}px`;
}

/** The share of a picture's width that looks sharp. */
const enough = 0.9;

/** On the finest screens two thirds of the pixels are all that anyone can see in a tile. */
function fineness() {
  return devicePixelRatio >= 2.5 ? 2 / 3 : 1;
}

/** The width that a browser was told last, in CSS pixels; at first it is that of `PictureSources.swift`. */
function said(image) {
  if (!image.sizes || image.sizes.endsWith('px')) return Number.parseFloat(image.sizes) || 0;
  const { width, height } = image.closest('[data-id]').dataset;
  return Math.min(innerWidth, (rowHeight(innerWidth) * width) / height) * fineness();
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
