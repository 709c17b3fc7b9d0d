/** Addresses of the store, as this page can reach them. */

/**
 * The address to use for a presigned URL: where a proxy in front speaks https, the URL's own `http` would be refused
 * as mixed content, so the page's protocol is taken when the host is the page's own. The protocol is not part of the
 * signature.
 * @param {string} url
 * @param {{host: string, protocol: string}} [page]
 * @returns {string}
 */
export function reachable(url, page = location) {
  const address = new URL(url);
  if (address.host === page.host) address.protocol = page.protocol;
  return address.href;
}
