/**
 * The page of one image: what stands in for it until it arrives, its copy buttons, and its end for its owner.
 * Everything else on it works without scripts.
 */

import * as api from './api.js';
import * as sessions from './session-api.js';
import { Visitor } from './visitor.js';
import { blurOf, standIn } from './placeholder.js';
import { copyText } from './copy.js';
import { offerRemoval } from './removal.js';

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  button.addEventListener('click', () => copyText(field.value, button, field));
  field.addEventListener('focus', () => field.select());
}

const frame = document.querySelector('.picture-frame');
const { id, width, height } = document.querySelector('#main').dataset;
const { thumbhash } = frame.dataset;
standIn(frame.querySelector('img'), frame, () => blurOf({ thumbhash, width: Number(width), height: Number(height) }));

offerRemoval(
  document.querySelector('#removal'),
  { id, bearer: new Visitor(sessions).bearer() },
  { ...api, ...sessions, leave: () => location.replace('/') },
);
