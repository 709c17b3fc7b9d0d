/** One row of the tray: what happens to one file. */

import { copyText } from './copy.js';
import { displayName } from './names.js';
import { local } from './grid.js';

/** Bigger files get no preview: decoding them for a thumbnail would cost more memory than it is worth. */
const previewLimit = 24 * 1024 * 1024;

const messages = {
  queued: 'Waiting',
  preparing: 'Preparing…',
  sending: 'Sending…',
  checking: 'Looking at it…',
  done: 'In the gallery',
  duplicate: 'Already in the gallery',
  cancelled: 'Cancelled',
};

/** States in which nothing happens any more. */
export const finalStates = new Set(['done', 'duplicate', 'refused', 'failed', 'cancelled']);

/**
 * @param {HTMLTemplateElement} template
 * @param {{id: string, file: File}} job
 * @param {{onCancel: () => void, onRetry: () => void}} actions
 * @returns {{element: HTMLElement, show: (report: import('./upload.js').Report) => void}}
 */
export function createRow(template, { id, file }, { onCancel, onRetry }) {
  const element = template.content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`.upload-${name}`);
  const name = displayName(file.name);
  let link = '';

  element.dataset.upload = id;
  part('name').textContent = name;
  element.querySelector('progress').setAttribute('aria-label', `Progress of ${name}`);
  part('cancel').setAttribute('aria-label', `Cancel ${name}`);
  part('retry').setAttribute('aria-label', `Retry ${name}`);
  part('open').setAttribute('aria-label', `Open ${name}`);
  part('cancel').addEventListener('click', onCancel);
  part('retry').addEventListener('click', onRetry);
  part('copy').addEventListener('click', () => copyText(link, part('copy')));
  preview(part('thumbnail'), file);

  const show = ({ state, fraction, message, picture }) => {
    const keepsFocus = element.contains(document.activeElement);
    element.dataset.state = state;
    part('message').textContent = message ?? sendingText(state, fraction) ?? messages[state] ?? '';
    showProgress(element.querySelector('progress'), state, fraction);
    part('cancel').hidden = finalStates.has(state);
    part('retry').hidden = state !== 'failed' && state !== 'cancelled';
    part('copy').hidden = part('open').hidden = !picture;
    if (picture) {
      part('open').href = local(picture.page);
      link = part('open').href;
    }
    if (keepsFocus && !holdsFocus(element)) focusFirst(element);
  };
  show({ state: 'queued' });
  return { element, show };
}

function sendingText(state, fraction) {
  return state === 'sending' && fraction !== undefined ? `Sending… ${Math.floor(fraction * 100)} %` : undefined;
}

/** The bar never goes back: not while a broken transfer starts anew, nor when stages change. */
function showProgress(bar, state, fraction) {
  bar.hidden = finalStates.has(state);
  if (state === 'queued') bar.value = 0;
  else if (state === 'preparing') bar.removeAttribute('value');
  else if (fraction !== undefined) bar.value = Math.max(fraction, bar.hasAttribute('value') ? bar.value : 0);
}

/** Whether the focus is on something in the row that one can see; browsers differ in when a hidden button loses it. */
function holdsFocus(element) {
  return element.contains(document.activeElement) && !document.activeElement.hidden;
}

/** A hidden button loses the focus; the row's next one takes it over. */
function focusFirst(element) {
  element.querySelector('.upload-actions > :not([hidden])')?.focus();
}

function preview(place, file) {
  if (file.size === 0 || file.size > previewLimit || !/^image\/(?!svg)/.test(file.type)) return;
  const image = Object.assign(new Image(), { alt: '', decoding: 'async', loading: 'lazy' });
  const address = URL.createObjectURL(file);
  const release = () => URL.revokeObjectURL(address);
  image.addEventListener('load', release, { once: true });
  image.addEventListener('error', () => {
    release();
    image.remove();
  }, { once: true });
  image.src = address;
  place.append(image);
}
