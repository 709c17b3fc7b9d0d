/** The page of one image: its copy buttons, and its end for its owner. Everything else on it works without scripts. */

import * as api from './api.js';
import * as sessions from './session-api.js';
import { Visitor } from './visitor.js';
import { copyText } from './copy.js';
import { offerRemoval } from './removal.js';

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  button.addEventListener('click', () => copyText(field.value, button, field));
  field.addEventListener('focus', () => field.select());
}

offerRemoval(
  document.querySelector('#removal'),
  { id: document.querySelector('#main').dataset.id, bearer: new Visitor(sessions).bearer() },
  { ...api, ...sessions, leave: () => location.replace('/') },
);
