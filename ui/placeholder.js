/** What stands in for a picture until it arrives: its colour, and a blur of it. */

import { isTranslucent, picture } from './thumbhash.js';

/** Pixels of the blur's long side; the browser smooths the rest. */
const longest = 32;

/**
 * Shows a picture only once it is all there, in place of something else. One that is there already stays as it is.
 * @param {HTMLImageElement} image
 * @param {HTMLElement} holder of the image and its substitute; says `data-waiting` meanwhile
 * @param {() => Element | undefined} substitute made only when it is needed
 */
export function standIn(image, holder, substitute) {
  if (image.complete && image.naturalWidth > 0) return;
  const other = substitute();
  if (other) image.after(other);
  holder.dataset.waiting = '';
  const done = new AbortController();
  const show = () => {
    done.abort();
    delete holder.dataset.waiting;
    if (other) whenFaded(image, () => other.remove());
  };
  image.addEventListener('load', () => drawable(image).then(show), { signal: done.signal });
  image.addEventListener('error', show, { signal: done.signal }); // then its name is shown
}

/** Resolves when the browser can draw the picture without a pause; what it cannot decode, it says by its name. */
async function drawable(image) {
  try {
    await image.decode();
  } catch {
    // Another size was chosen meanwhile, or nothing can be done.
  }
}

/**
 * The colour that may stand behind a picture: none when one would see it through, as `Placeholder+Text.swift` has it.
 * @param {{thumbhash: string, color: string}} view
 * @returns {string} as SVG's `fill` takes it
 */
export function toneOf({ thumbhash, color }) {
  return color && !isTranslucent(bytesOf(thumbhash)) ? color : 'none';
}

/**
 * A blur in the shape of the picture.
 * @param {{thumbhash: string, width: number, height: number}} view
 * @returns {HTMLCanvasElement | undefined} undefined where there is no hash, or one that does not hold
 */
export function blurOf({ thumbhash, width, height }) {
  if (!thumbhash) return undefined;
  const shape = width / height;
  const size = { width: side(longest * Math.min(shape, 1)), height: side(longest / Math.max(shape, 1)) };
  const pixels = picture(bytesOf(thumbhash), size);
  if (!pixels) return undefined;
  const canvas = Object.assign(document.createElement('canvas'), { ...size, className: 'blur' });
  canvas.setAttribute('aria-hidden', 'true');
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, size.width, size.height), 0, 0);
  return canvas;
}

const side = (length) => Math.max(1, Math.round(length) || 1);

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** Runs the action when the picture stands fully there; at once where nothing fades. */
function whenFaded(image, action) {
  const fades = image.getAnimations?.() ?? [];
  Promise.allSettled(fades.map(({ finished }) => finished)).then(action);
}
