/** Lets people remove a picture of theirs, after a second thought. */

import { announce } from './announce.js';
import { sentenceFor } from './problems.js';

/**
 * Shows the buttons when the picture belongs to whoever has signed in; everybody else never sees them.
 * @param {HTMLElement} section
 * @param {{id: string, bearer: string | undefined}} picture
 * @param {{fetchImage: typeof import('./api.js').fetchImage, removeImage: typeof
 *   import('./session-api.js').removeImage,
 *   leave: () => void}} steps `leave` goes where the picture is not missed
 * @returns {Promise<void>}
 */
export async function offerRemoval(section, { id, bearer }, steps) {
  const { signal } = new AbortController();
  if (!bearer || !(await isMine())) return;
  const [ask, sure, keep, note] = ['ask', 'sure', 'keep', 'note']
    .map((name) => section.querySelector(`.removal-${name}`));

  const consider = (isConsidering) => {
    ask.hidden = isConsidering;
    sure.hidden = keep.hidden = !isConsidering;
    note.textContent = isConsidering ? 'Its links stop working, and nothing brings it back.' : '';
    (isConsidering ? keep : ask).focus();
  };

  const remove = async () => {
    sure.disabled = true;
    try {
      await steps.removeImage(id, bearer, signal);
      steps.leave();
    } catch (error) {
      note.textContent = sentenceFor(error);
      announce(note.textContent);
      sure.disabled = false;
    }
  };

  ask.addEventListener('click', () => consider(true));
  keep.addEventListener('click', () => consider(false));
  sure.addEventListener('click', remove);
  section.hidden = false;

  async function isMine() {
    try {
      return (await steps.fetchImage(id, 0, signal, bearer)).mine === true;
    } catch {
      return false; // the page itself needs no answer
    }
  }
}
