/** What the lightbox shows of one picture. */

import { blurOf, standIn } from './placeholder.js';
import { dimensionText } from './format.js';
import { largeSrcset } from './renditions.js';

/**
 * Shows a picture: what its tile shows already at once, and the right size for the screen as soon as it is there.
 * @param {HTMLDialogElement} dialog that is open
 * @param {import('./picture.js').View} view
 * @param {string} known address of a size that the browser has, or empty
 */
export function fillIn(dialog, view, known) {
  describe(dialog, view);
  const frame = dialog.querySelector('.lightbox-frame');
  frame.style.setProperty('--shape', String(view.width / view.height));
  frame.style.setProperty('--natural', `${view.width}px`);
  delete frame.dataset.waiting;
  const image = largeImage(view);
  frame.replaceChildren(image);
  standIn(image, frame, () => (known ? previewOf(known) : blurOf(view)));
}

/** Tells the picture that is shown how large it is now. */
export function refit(dialog, view) {
  const image = dialog.querySelector('.lightbox-frame img[srcset]');
  if (image) image.sizes = sizes(view);
}

/** Fetches a picture that is likely to be looked at next, in the size in which it will be; animated ones are heavy. */
export function preload(view) {
  if (!view.isAnimated) largeImage(view);
}

function previewOf(known) {
  return Object.assign(new Image(), { src: known, alt: '', className: 'preview' });
}

function largeImage(view) {
  const { src, alt, width, height } = view;
  const image = Object.assign(new Image(), { width, height, alt, decoding: 'async' });
  const srcset = view.isAnimated ? '' : largeSrcset(view);
  if (srcset) Object.assign(image, { sizes: sizes(view), srcset });
  image.src = src;
  return image;
}

/** The width it has by the arithmetic of `lightbox.css`: as large as the stage allows, never enlarged. */
function sizes({ width, height }) {
  const stage = document.querySelector('.lightbox-stage');
  const [across, down] = stage?.clientHeight ? [stage.clientWidth, stage.clientHeight] : [innerWidth, innerHeight];
  return `${Math.ceil(Math.min(across, (down * width) / height, width))}px`;
}

function describe(dialog, view) {
  const { name, camera, day, width, height, size, note, page, id } = view;
  dialog.querySelector('#lightbox-name bdi').textContent = name;
  const line = dialog.querySelector('.lightbox-camera');
  line.textContent = camera;
  line.hidden = !camera;
  const facts = [day, dimensionText(width, height), size, note];
  dialog.querySelector('.lightbox-meta').textContent = facts.filter(Boolean).join(' · ');
  dialog.querySelector('.lightbox-page').href = page;
  dialog.querySelector('.lightbox-download').href = `/api/images/${id}/original`;
  dialog.querySelector('.copy-field').hidden = true;
}
