/** One row of the tray: what happens to one file. */

import { copyText } from './copy.js';
import { displayName } from './names.js';
import { local } from './picture.js';

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
 * @param {{id: string, name: string, file?: File}} job
 * @param {{onCancel: () => void, onRetry: () => void, onChoose: () => void, onDiscard: () => void}} actions
 * @returns {{element: HTMLElement, show: (report: import('./upload.js').Report) => void}}
 */
export function createRow(template, { id, name: fileName, file }, actions) {
  const element = template.content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`.upload-${name}`);
  const name = displayName(fileName);
  let link = '';

  element.dataset.upload = id;
  part('name').textContent = name;
  element.querySelector('progress').setAttribute('aria-label', `Progress of ${name}`);
  const labels = { cancel: 'Cancel', retry: 'Retry', choose: 'Choose', discard: 'Discard', open: 'Open' };
  for (const [action, label] of Object.entries(labels)) part(action).setAttribute('aria-label', `${label} ${name}`);
  part('cancel').addEventListener('click', actions.onCancel);
  part('retry').addEventListener('click', actions.onRetry);
  part('choose').addEventListener('click', actions.onChoose);
  part('discard').addEventListener('click', actions.onDiscard);
  part('copy').addEventListener('click', () => copyText(link, part('copy')));
  if (file) preview(part('thumbnail'), file);

  const show = (report) => {
    const { state, fraction, message, picture, isKept } = report;
    const keepsFocus = element.contains(document.activeElement);
    element.dataset.state = state;
    part('message').textContent = message ?? sendingText(report) ?? messages[state] ?? '';
    showProgress(element.querySelector('progress'), state, fraction);
    element.toggleAttribute('data-kept', state === 'failed' && Boolean(isKept));
    part('cancel').hidden = finalStates.has(state) || state === 'waiting';
    part('retry').hidden = state !== 'failed' && state !== 'cancelled';
    part('choose').hidden = state !== 'waiting';
    part('discard').hidden = state !== 'waiting' && !element.hasAttribute('data-kept');
    part('copy').hidden = part('open').hidden = !picture;
    if (picture) {
      part('open').href = local(picture.page);
      link = part('open').href;
      showPublished(part('thumbnail'), picture);
    }
    if (keepsFocus && !holdsFocus(element)) focusFirst(element);
  };
  show({ state: 'queued' });
  return { element, show };
}

/**
 * What a row says while bytes leave: how far it is and, when that takes a while, how long it will take. It is not all
 * there before the store has said so.
 * @param {import('./upload.js').Report} report
 * @returns {string | undefined}
 */
export function sendingText({ state, fraction, label = 'Sending…', pace }) {
  if (state !== 'sending' || fraction === undefined) return undefined;
  const percent = `${Math.min(Math.floor(fraction * 100), 99)} %`;
  if (!pace) return `${label} ${percent}`;
  return label === 'Sending…' ? `${percent}, ${pace}` : `${label} ${percent}, ${pace}`;
}

/** The bar never goes back: not while a broken transfer starts anew, nor when stages change. */
function showProgress(bar, state, fraction) {
  bar.hidden = finalStates.has(state) || state === 'waiting';
  if (state === 'queued' && fraction === undefined) bar.value = 0;
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

/** Shows what the gallery made of a file that the browser itself could not show. */
function showPublished(place, { renditions: [smallest] = [] }) {
  if (!smallest || place.querySelector('img')?.naturalWidth > 0) return;
  place.replaceChildren(Object.assign(new Image(), { alt: '', decoding: 'async', src: local(smallest.src) }));
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
