/**
 * File names as people may see them: no control characters, no hidden direction switches, a bearable length.
 * The text is shown with `textContent` only; this module is about honesty of the look, not about escaping.
 */

/** Controls, line separators, direction marks, embeddings, overrides and isolates. The joiners of emoji stay. */
const deceiving =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const longest = 160;

/**
 * The name for the page: last path component, cleaned, at most 160 code points.
 * @param {string} name any text, also a hostile one
 * @returns {string} never empty
 */
export function displayName(name) {
  const component = wellFormed(name).split(/[/\\]/).pop() ?? '';
  const clean = withoutDeceit(component);
  const points = Array.from(clean);
  if (points.length <= longest) return clean || 'Untitled picture';
  return `${points.slice(0, longest - 17).join('')}…${points.slice(-16).join('')}`;
}

/**
 * A word or two out of a file, for one line: cleaned like a name, and cut.
 * @param {string} text any text, also a hostile one
 * @param {number} most code points
 * @returns {string} may be empty
 */
export function cleanText(text, most) {
  return Array.from(withoutDeceit(wellFormed(text)).replace(/\s+/gu, ' ')).slice(0, most).join('').trim();
}

/**
 * The name for the API: the file's own, with what JSON readers refuse (half a surrogate pair) replaced.
 * @param {string} name
 * @returns {string}
 */
export function wellFormed(name) {
  return name.replace(loneSurrogate, '\ufffd');
}

function withoutDeceit(text) {
  return text.replace(deceiving, '').trim();
}
