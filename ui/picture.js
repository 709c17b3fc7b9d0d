/** What the page knows of a picture, told by the API or written on its tile: one shape for both. */

import { cameraText, dayText } from './camera.js';
import { dimensionText, fixedSizeText } from './format.js';
import { displayName } from './names.js';
import { srcsetOf } from './renditions.js';
import { toneOf } from './placeholder.js';

/**
 * @typedef {object} View
 * @property {string} id
 * @property {string} name
 * @property {string} alt
 * @property {string} page address of its page
 * @property {string} src address of the picture itself
 * @property {string} srcset what the browser may choose from; empty where there is only the picture itself
 * @property {number} width and `height`, in pixels
 * @property {number} height
 * @property {string} camera one line, or empty
 * @property {string} day when it was taken, else when it was added: `Taken 20 October 2019`
 * @property {string} size of the picture itself, such as `3.4 MiB`
 * @property {string} note what else there is to know, or empty
 * @property {boolean} isAnimated
 * @property {string} color `#rrggbb`, or empty
 * @property {string} thumbhash base64, or empty
 */

/**
 * @param {import('./api.js').Picture} picture that is ready
 * @returns {View}
 */
export function viewOf(picture) {
  const { id, width, height, camera, placeholder, animated = false } = picture;
  const name = displayName(picture.name ?? '');
  const src = local(picture.src);
  const renditions = picture.renditions?.map((rendition) => ({ ...rendition, src: local(rendition.src) }));
  const taken = dayText(camera?.taken);
  return {
    id, name, alt: name, width, height,
    page: local(picture.page ?? `/i/${id}`),
    src,
    srcset: srcsetOf({ ...picture, src, renditions }),
    camera: cameraText(camera),
    day: taken ? `Taken ${taken}` : `Added ${dayText(picture.createdAt)}`,
    size: fixedSizeText(picture.size),
    note: picture.positionRemoved ? 'position removed' : '',
    isAnimated: animated,
    color: placeholder?.color ?? '',
    thumbhash: placeholder?.thumbhash ?? '',
  };
}

/**
 * What a tile shows, and has written on it for the lightbox.
 * @param {HTMLElement} tile
 * @returns {View}
 */
export function readTile(tile) {
  const image = tile.querySelector('img');
  const { id, width, height, camera, day, size, note, color, thumbhash } = tile.dataset;
  return {
    id, camera, day, size, note, color, thumbhash,
    name: tile.querySelector('.tile-name').textContent,
    alt: image.alt,
    page: tile.querySelector('a').href,
    src: image.src,
    srcset: image.srcset,
    width: Number(width),
    height: Number(height),
    isAnimated: !tile.querySelector('.tile-mark').hidden,
  };
}

/**
 * Fills in an empty tile, as the server does for the first ones.
 * @param {HTMLElement} tile
 * @param {View} view
 */
export function writeTile(tile, view) {
  const { id, width, height, camera, day, size, note, color, thumbhash } = view;
  Object.assign(tile.dataset, { id, width, height, camera, day, size, note, color, thumbhash });
  tile.querySelector('a').href = view.page;
  tile.querySelector('rect').setAttribute('fill', toneOf(view));
  const image = tile.querySelector('img');
  if (view.srcset) image.srcset = view.srcset;
  Object.assign(image, { width, height, alt: view.alt, src: view.src });
  tile.querySelector('.tile-mark').hidden = !view.isAnimated;
  tile.querySelector('.tile-name').textContent = view.name;
  tile.querySelector('.tile-meta').textContent = dimensionText(width, height);
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
