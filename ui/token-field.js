/** What asks for the upload token, and what says that there is one. */

import { announce } from './announce.js';

/**
 * @param {import('./upload-token.js').UploadToken} token
 * @param {{form: HTMLFormElement, known: HTMLElement, prompt: HTMLButtonElement}} elements the form, what is there
 *   instead once there is a token, and the tray's button while files wait
 */
export function showTokenField(token, { form, known, prompt }) {
  const field = form.querySelector('input[type="password"]');
  const keep = form.querySelector('input[type="checkbox"]');
  const note = form.querySelector('[role="alert"]');

  const show = () => {
    const hadFocus = form.contains(document.activeElement) || known.contains(document.activeElement);
    form.hidden = !token.isMissing();
    known.hidden = !token.value;
    prompt.hidden = !token.isAwaited;
    note.hidden = !token.trouble;
    if (note.textContent !== token.trouble) note.textContent = token.trouble;
    field.setAttribute('aria-invalid', String(Boolean(token.trouble)));
    if (hadFocus) (form.hidden ? known.querySelector('button') : field).focus();
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    token.give(field.value, keep.checked);
    field.value = '';
    announce('The token is used from now on.');
  });
  known.querySelector('button').addEventListener('click', () => {
    token.forget();
    announce('The token is forgotten.');
  });
  prompt.addEventListener('click', () => {
    form.scrollIntoView({ block: 'center' });
    field.focus();
  });
  token.addEventListener('change', show);
  show();
}
