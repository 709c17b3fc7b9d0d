/** Endless scroll: the link to the next page, followed before it comes into view. */

import { fetchPage } from './api.js';
import { announce } from './announce.js';
import { countText } from './format.js';

/** How far below the window the link may be when the next page is fetched. */
const lookAhead = '2500px 0px';

/**
 * @param {HTMLAnchorElement | null} link the "Show more" link; null when everything is shown
 * @param {import('./grid.js').Grid} grid
 * @returns {{loadMore: () => Promise<boolean>}} `loadMore` answers whether pictures were added
 */
export function createFeed(link, grid) {
  if (!link?.dataset.cursor) {
    link?.closest('nav').remove();
    return { loadMore: async () => false };
  }
  const controller = new AbortController();
  let loading = null;

  const loadMore = () => {
    if (!link.isConnected) return Promise.resolve(false);
    loading ??= load().finally(() => { loading = null; });
    return loading;
  };

  const load = async () => {
    link.setAttribute('aria-busy', 'true');
    try {
      const page = await fetchPage(link.dataset.cursor, controller.signal);
      grid.append(page.images);
      announce(`${countText(page.images.length, 'more picture')}.`);
      advance(page.next);
      return page.images.length > 0;
    } catch {
      link.textContent = 'Could not load more. Try again';
      return false;
    } finally {
      link.removeAttribute('aria-busy');
    }
  };

  const advance = (next) => {
    if (!next) {
      observer.disconnect();
      link.closest('nav').remove();
      return;
    }
    link.dataset.cursor = next;
    link.href = `/?after=${encodeURIComponent(next)}`;
    link.textContent = 'Show more';
    observer.unobserve(link); // observing anew reports a link that is still in view
    observer.observe(link);
  };

  const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && loadMore(), { rootMargin: lookAhead });
  observer.observe(link);
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    loadMore();
  });
  return { loadMore };
}
