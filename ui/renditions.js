/** Which of a picture's sizes the browser may choose from. `PictureSources.swift` makes the same for pages. */

/**
 * @typedef {{width: number, height: number, src: string}} Rendition
 */

/** Bytes up to which the picture itself may stand beside its renditions in the grid. */
const light = 512 * 1024;

/** The width from which a rendition is good enough for a large view, so that a heavy original is not needed. */
const ample = 1280;

/**
 * What an `img` chooses from; empty where there is only the picture itself.
 * @param {{renditions?: Rendition[], src: string, width: number, size?: number, animated?: boolean}} picture
 * @returns {string}
 */
export function srcsetOf({ renditions = [], src, width, size = Infinity, animated = false }) {
  if (renditions.length === 0) return '';
  const candidates = renditions.map((rendition) => `${rendition.src} ${rendition.width}w`);
  const widest = renditions.at(-1).width;
  const isWelcome = !animated && width > widest && size <= light;
  return (isWelcome ? [...candidates, `${src} ${width}w`] : candidates).join(', ');
}

/**
 * The same for a view that fills the screen: where renditions are small, the picture itself joins, however heavy.
 * @param {{srcset: string, src: string, width: number}} picture as a tile has it
 * @returns {string}
 */
export function largeSrcset({ srcset, src, width }) {
  const widest = Math.max(...Array.from(srcset.matchAll(/ (\d+)w(?:,|$)/g), ([, found]) => Number(found)));
  return srcset && widest < Math.min(width, ample) ? `${srcset}, ${src} ${width}w` : srcset;
}
