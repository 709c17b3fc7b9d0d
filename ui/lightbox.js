/** The lightbox. Which picture it shows stands in the address (`#i/ID`), so that Back closes it and links open it. */

import { copyText } from './copy.js';
import { createShareMenu } from './share-menu.js';
import { fetchImage } from './api.js';
import { fillIn, preload, refit } from './lightbox-view.js';
import { onSwipe } from './swipe.js';
import { readTile, viewOf } from './picture.js';

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
    const picture = tile ? readTile(tile) : await fetchedPicture(id);
    return picture ? show(picture, tile?.querySelector('img')) : close();
  };

  const show = (picture, small) => {
    current = picture;
    menu.close();
    if (!dialog.open) dialog.showModal();
    fillIn(dialog, picture, small?.naturalWidth ? small.currentSrc : '');
    const { before, after } = neighbours(grid, picture.id);
    setEnabled(part('previous'), before !== null);
    setEnabled(part('next'), after !== null || document.querySelector('#more') !== null);
    [before, after].forEach((tile) => tile && preload(readTile(tile)));
  };

  const hide = () => {
    if (!dialog.open) return;
    dialog.close();
    part('frame').replaceChildren();
    returnTo(current && grid.tile(current.id)?.querySelector('a'));
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

  const field = dialog.querySelector('.copy-field');
  const menu = createShareMenu(part('share'), field, () => current);
  const copy = () => copyText(new URL(current.page, location.href).href, part('copy'), field);
  wire(dialog, { step, close, copy, goBack: () => menu.close() || close() });
  addEventListener('resize', () => dialog.open && refit(dialog, current));
  grid.element.addEventListener('click', (event) => openClicked(event, open));
  addEventListener('popstate', follow);
  follow();
  return { close: () => dialog.open && close() };
}

function wire(dialog, { step, close, copy, goBack }) {
  const onClick = (name, action) => dialog.querySelector(`.lightbox-${name}`).addEventListener('click', action);
  onClick('previous', () => step('before'));
  onClick('next', () => step('after'));
  onClick('close', close);
  onClick('copy', copy);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    goBack();
  });
  dialog.addEventListener('click', (event) => event.target.matches('.lightbox, .lightbox-stage') && close());
  dialog.addEventListener('keydown', (event) => {
    if (event.target.matches('input') || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') step('before');
    if (event.key === 'ArrowRight') step('after');
  });
  onSwipe(dialog.querySelector('.lightbox-stage'), { onLeft: () => step('after'), onRight: () => step('before') });
}

function returnTo(link) {
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: 'nearest' });
}

function openClicked(event, open) {
  const tile = event.target.closest('[data-id]');
  if (!tile || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(tile.dataset.id);
}

function neighbours(grid, id) {
  const tile = grid.tile(id);
  return { before: tile?.previousElementSibling ?? null, after: tile?.nextElementSibling ?? null };
}

/** Keeps the button in the tab order, so that focus is not lost at the ends of the gallery. */
function setEnabled(button, isEnabled) {
  button.setAttribute('aria-disabled', String(!isEnabled));
}

/** A picture that is not in the grid yet, for links that open the lightbox; null when there is none. */
async function fetchedPicture(id) {
  try {
    const picture = await fetchImage(id, 0, AbortSignal.timeout(10_000));
    return picture.state === 'ready' ? viewOf(picture) : null;
  } catch {
    return null;
  }
}
