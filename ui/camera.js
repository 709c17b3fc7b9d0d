/** What a camera noted, in words. `CameraText.swift` says the same for pages; both take `tests/vectors/camera.json`. */

import { cleanText } from './names.js';

/**
 * @typedef {object} Camera as the API tells it, each only where the picture says it
 * @property {string} [make]
 * @property {string} [model]
 * @property {string} [lens]
 * @property {number} [exposureSeconds]
 * @property {number} [aperture] the f-number
 * @property {number} [iso]
 * @property {number} [focalLength] in millimetres
 * @property {number} [focalLength35mm] the same view on a film of 35 mm
 * @property {string} [taken] `2019-10-20T18:34:30`, with the offset where it is known
 */

/** Words of companies that say nothing of a camera, and what follows them. */
const company = /[\s,]+(?:corporation|corp|company|co|ltd|inc|gmbh|ag|imaging|optical|electric)\b.*$/i;

const longest = 80;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];

/**
 * One line, such as `Canon EOS R5 · RF50mm F1.8 STM · 50 mm · f/1.8 · 1/250 s · ISO 100`.
 * @param {Camera} [camera]
 * @returns {string} empty when nothing is known
 */
export function cameraText(camera = {}) {
  const { focalLength, focalLength35mm, aperture, exposureSeconds, iso } = camera;
  const parts = [
    ...devices(camera),
    isAmount(focalLength) && focalText(focalLength, focalLength35mm),
    isAmount(aperture) && `f/${decimal(aperture)}`,
    isAmount(exposureSeconds) && exposureText(exposureSeconds),
    isAmount(iso) && `ISO ${Math.round(iso)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/**
 * The day a picture was taken, as its camera's clock said: `20 October 2019`.
 * @param {string} [taken]
 * @returns {string} empty when it is no date
 */
export function dayText(taken = '') {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(taken) ?? [];
  const name = months[Number(month) - 1];
  return name ? `${Number(day)} ${name} ${Number(year)}` : '';
}

/** Camera and lens; a make is left out where the model begins with a word of it, a lens that begins with the model. */
function devices({ make = '', model = '', lens = '' }) {
  const maker = cleanText(make, longest).replace(company, '');
  const [name, glass] = [model, lens].map((text) => cleanText(text, longest));
  const begins = (text, start) => text.toLowerCase().startsWith(start.toLowerCase());
  const isNamed = maker.split(' ').some((word) => word.length > 1 && begins(name, word));
  const camera = isNamed ? name : `${maker} ${name}`.trim();
  const isOwn = glass === '' || (name !== '' && begins(glass, name));
  return isOwn ? [camera] : [camera, glass];
}

function focalText(real, film) {
  const differs = isAmount(film) && Math.abs(film / real - 1) > 0.1;
  return differs ? `${decimal(real)} mm (${decimal(film)} mm eq.)` : `${decimal(real)} mm`;
}

function exposureText(seconds) {
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${decimal(seconds)} s`;
}

/** Whether a number can be an amount of anything here; files may say infinity, or nothing at all. */
function isAmount(number) {
  return Number.isFinite(number) && number >= 1e-6 && number <= 1e6;
}

function decimal(number) {
  return String(Math.round(number * 10) / 10);
}
