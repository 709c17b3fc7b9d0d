/** The lightbox. Which picture it shows stands in the address (`#i/ID`), so that Back closes it and links open it. */

import { copyText } from './copy.js';
import { dimensionText } from './format.js';
import { displayName } from './names.js';
import { fetchImage } from './api.js';
import { local, pictureOf } from './grid.js';
import { onSwipe } from './swipe.js';

const hashPattern = /^#i\/([A-Za-z0-9]+)$/;

/**
 * @param {HTMLDialogElement} dialog
 * @param {import('./grid.js').Grid} grid
 * @param {{loadMore: () => Promise<boolean>}} feed asked for more when someone goes on past the last picture
 * @returns {{close: () => void}}
 */
export function createLightbox(dialog, grid, feed) {
  const part = (name) => dialog.querySelector(`.lightbox-${name}`);
  let current = null;

  const follow = async () => {
    const id = hashPattern.exec(location.hash)?.[1];
    if (!id) return hide();
    const tile = grid.tile(id);
    const picture = tile ? pictureOf(tile) : await fetchedPicture(id);
    return picture ? show(picture) : close();
  };

  const show = (picture) => {
    current = picture;
    fillIn(dialog, picture);
    const { before, after } = neighbours(grid, picture.id);
    setEnabled(part('previous'), before !== null);
    setEnabled(part('next'), after !== null || document.querySelector('#more') !== null);
    [before, after].forEach(preload);
    if (!dialog.open) dialog.showModal();
  };

  const hide = () => {
    if (!dialog.open) return;
    dialog.close();
    part('stage').replaceChildren();
    const link = current && grid.tile(current.id)?.querySelector('a');
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: 'nearest' });
  };

  const open = (id) => {
    history.pushState({ pushedByGrid: true }, '', `#i/${id}`);
    follow();
  };

  const close = () => {
    if (history.state?.pushedByGrid) return history.back();
    history.replaceState(null, '', location.pathname + location.search);
    return hide();
  };

  const step = async (direction) => {
    if (!current) return;
    let tile = neighbours(grid, current.id)[direction];
    if (!tile && direction === 'after' && (await feed.loadMore())) tile = neighbours(grid, current.id).after;
    if (!tile || !dialog.open) return;
    history.replaceState(history.state, '', `#i/${tile.dataset.id}`);
    follow();
  };

  wire(dialog, { step, close, copy: () => copyText(current.page, part('copy'), dialog.querySelector('.copy-field')) });
  grid.element.addEventListener('click', (event) => openClicked(event, open));
  addEventListener('popstate', follow);
  follow();
  return { close: () => dialog.open && close() };
}

function wire(dialog, { step, close, copy }) {
  const onClick = (name, action) => dialog.querySelector(`.lightbox-${name}`).addEventListener('click', action);
  onClick('previous', () => step('before'));
  onClick('next', () => step('after'));
  onClick('close', close);
  onClick('copy', copy);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('click', (event) => event.target.matches('.lightbox, .lightbox-stage') && close());
  dialog.addEventListener('keydown', (event) => {
    if (event.target.matches('input') || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') step('before');
    if (event.key === 'ArrowRight') step('after');
  });
  onSwipe(dialog.querySelector('.lightbox-stage'), { onLeft: () => step('after'), onRight: () => step('before') });
}

function openClicked(event, open) {
  const tile = event.target.closest('[data-id]');
  if (!tile || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(tile.dataset.id);
}

function fillIn(dialog, picture) {
  const { src, alt, width, height } = picture;
  const image = Object.assign(new Image(), { width, height, alt, src, decoding: 'async' });
  dialog.querySelector('.lightbox-stage').replaceChildren(image);
  dialog.querySelector('#lightbox-name bdi').textContent = picture.name;
  dialog.querySelector('.lightbox-meta').textContent = dimensionText(width, height);
  dialog.querySelector('.lightbox-page').href = picture.page;
  dialog.querySelector('.copy-field').hidden = true;
}

function neighbours(grid, id) {
  const tile = grid.tile(id);
  return { before: tile?.previousElementSibling ?? null, after: tile?.nextElementSibling ?? null };
}

function preload(tile) {
  if (tile) new Image().src = pictureOf(tile).src;
}

/** Keeps the button in the tab order, so that focus is not lost at the ends of the gallery. */
function setEnabled(button, isEnabled) {
  button.setAttribute('aria-disabled', String(!isEnabled));
}

/** A picture that is not in the grid yet, for links that open the lightbox; null when there is none. */
async function fetchedPicture(id) {
  try {
    const picture = await fetchImage(id, 0, AbortSignal.timeout(10_000));
    if (picture.state !== 'ready') return null;
    const name = displayName(picture.name ?? '');
    const page = new URL(local(picture.page), location.href).href;
    return { ...picture, name, alt: name, src: local(picture.src), page };
  } catch {
    return null;
  }
}
