/** The further links of a picture: a button that shows buttons. */

import { copyText } from './copy.js';
import { htmlText, markdownText } from './share.js';

const texts = { src: ({ src }) => src, markdown: markdownText, html: htmlText };

/**
 * @param {HTMLElement} element around the button, which says `aria-controls`, and the list
 * @param {HTMLInputElement} field where a text is shown that cannot be copied
 * @param {() => import('./picture.js').View} current the picture to share
 * @returns {{close: () => boolean}} `close` answers whether it was open
 */
export function createShareMenu(element, field, current) {
  const button = element.querySelector('[aria-controls]');
  const list = element.querySelector('ul');

  const toggle = (isOpen) => {
    const wasOpen = !list.hidden;
    if (wasOpen && !isOpen && list.contains(document.activeElement)) button.focus();
    list.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    return wasOpen;
  };

  button.addEventListener('click', () => toggle(list.hidden));
  list.addEventListener('click', ({ target }) => {
    const item = target.closest('[data-link]');
    if (item) copyText(texts[item.dataset.link](absolute(current())), item, field);
  });
  addEventListener('click', ({ target }) => element.contains(target) || toggle(false));
  return { close: () => toggle(false) };
}

function absolute(view) {
  const [src, page] = [view.src, view.page].map((address) => new URL(address, location.href).href);
  return { ...view, src, page };
}
