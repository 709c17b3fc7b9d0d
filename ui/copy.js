import { announce } from './announce.js';

/** Milliseconds for which a button says that it has copied. */
const thanks = 2000;

/**
 * Copies a text and says so on the button. Where the browser offers no clipboard (plain http), the text is shown
 * selected in a field, and copied from there the old way if that works.
 * @param {string} text
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} [field] a read-only field for the fallback; made next to the button when absent
 * @returns {Promise<void>}
 */
export async function copyText(text, button, field) {
  if (await copiedToClipboard(text)) return confirm(button);
  const place = field ?? fieldBeside(button);
  const wasHidden = place.hidden;
  place.hidden = false;
  place.value = text;
  place.focus();
  place.select();
  if (copiedFromSelection()) {
    place.hidden = wasHidden;
    button.focus();
    return confirm(button);
  }
  announce('The link is selected. Copy it with the keyboard.');
  return undefined;
}

async function copiedToClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The predecessor of the clipboard API: deprecated, and the only one on plain http. */
function copiedFromSelection() {
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  }
}

function fieldBeside(button) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'text', readOnly: true, className: 'copy-field', hidden: true });
  field.setAttribute('aria-label', 'Link');
  button.after(field);
  return field;
}

function confirm(button) {
  if (button.dataset.label === undefined) button.dataset.label = button.textContent;
  button.textContent = 'Copied';
  announce('Copied.');
  setTimeout(() => { button.textContent = button.dataset.label; }, thanks);
}
