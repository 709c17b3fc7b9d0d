let pending = 0;

/**
 * Says a sentence to screen readers, politely. While a dialog is open the rest of the page is silent, so the dialog's
 * own status line speaks.
 * @param {string} sentence
 */
export function announce(sentence) {
  const line = document.querySelector('dialog[open] [role="status"]') ?? document.querySelector('#status');
  if (!line) return;
  line.textContent = '';
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(() => { line.textContent = sentence; });
}
