/** The page of one image: its copy buttons. Everything else on it works without scripts. */

import { copyText } from './copy.js';

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  button.addEventListener('click', () => copyText(field.value, button, field));
  field.addEventListener('focus', () => field.select());
}
