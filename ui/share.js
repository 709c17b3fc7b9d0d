/** Texts that people paste elsewhere to show a picture. `ImagePageContent.swift` says the same on a picture's page. */

/**
 * @param {{name: string, src: string, page: string}} picture with absolute addresses
 * @returns {string}
 */
export function markdownText({ name, src, page }) {
  const text = name.replace(/[\\`*_[\]()<>!#|~&]/g, '\\$&');
  return `[![${text}](${src})](${page})`;
}

/**
 * @param {{name: string, src: string, page: string, width: number, height: number}} picture with absolute addresses
 * @returns {string}
 */
export function htmlText({ name, src, page, width, height }) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  const text = name.replace(/[&<>"']/g, (letter) => entities[letter]);
  return `<a href="${page}"><img src="${src}" alt="${text}" width="${width}" height="${height}"></a>`;
}
