/** The tray: one row a file, a summary, and polite words for screen readers. */

import { announce } from './announce.js';
import { countText } from './format.js';
import { createRow, finalStates } from './tray-row.js';

/** @param {HTMLElement} element */
export function createTray(element) {
  const template = element.querySelector('#row-template');
  const rows = element.querySelector('#tray-rows');
  const clear = element.querySelector('#tray-clear');
  const fold = element.querySelector('#tray-fold');
  const states = () => Array.from(rows.children, (row) => row.dataset.state);
  const isBusy = () => states().some((state) => !finalStates.has(state) && state !== 'waiting');
  const goOn = createGoOn(element.querySelector('#tray-go-on'));
  const isDone = (row) => finalStates.has(row.dataset.state) && !row.hasAttribute('data-kept');

  const refresh = () => {
    element.hidden = rows.childElementCount === 0;
    element.querySelector('.tray-summary').textContent = summary(states());
    clear.hidden = !Array.from(rows.children).some(isDone);
  };

  const focusOn = () => (element.hidden ? document.querySelector('#file-input') : fold).focus();

  clear.addEventListener('click', () => {
    Array.from(rows.children).filter(isDone).forEach((row) => row.remove());
    refresh();
    focusOn();
  });
  fold.addEventListener('click', () => unfold(fold.getAttribute('aria-expanded') !== 'true'));

  const unfold = (isOpen) => {
    rows.hidden = !isOpen;
    fold.setAttribute('aria-expanded', String(isOpen));
    fold.textContent = isOpen ? 'Hide' : 'Show';
  };

  return {
    /** Offers to go on with so many uploads at one click; with none of them, it offers nothing. */
    offerGoOn: goOn,
    /** A row for a job, with what its buttons do. */
    addRow(job, actions) {
      const row = createRow(template, job, actions);
      rows.append(row.element);
      unfold(true);
      refresh();
      return {
        show(report) {
          const before = row.element.dataset.state;
          row.show(report);
          refresh();
          if (before !== report.state) tell(row.element, { ...report, before }, isBusy() ? null : summary(states()));
        },
        remove() {
          row.element.remove();
          refresh();
          focusOn();
        },
      };
    },
  };
}

/**
 * The tray in one line, such as `2 of 3 added, 1 refused`.
 * @param {import('./upload.js').State[]} states
 * @returns {string}
 */
export function summary(states) {
  const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
  const added = count('done', 'duplicate');
  const parts = [
    added === states.length ? `${countText(added, 'picture')} added` : `${added} of ${states.length} added`,
    count('refused') && `${count('refused')} refused`,
    count('failed') && `${count('failed')} failed`,
    count('cancelled') && `${count('cancelled')} cancelled`,
    count('waiting') && `${count('waiting')} unfinished`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** The one button for all uploads that need no more than a permission. */
function createGoOn(button) {
  let action;
  button.addEventListener('click', () => action?.());
  return (count, onGoOn) => {
    action = onGoOn;
    button.hidden = count === 0;
    button.textContent = `Go on with ${countText(count, 'upload')}`;
  };
}

/** Refusals and setbacks are said at once, with the name; success is said once for all, at the end. */
function tell(row, { before, state, message }, conclusion) {
  const name = row.querySelector('.upload-name').textContent;
  const isSetback = before === 'sending' && state === 'preparing';
  const trouble = state === 'refused' || state === 'failed' || isSetback ? `${name}: ${message}` : '';
  const sentence = [trouble, conclusion].filter(Boolean).join(' ');
  if (sentence) announce(sentence);
}
