/** The ways a file comes in: picked, dropped anywhere, pasted. */

import { droppedFiles } from './entries.js';
import { watchInput } from './picker.js';

/** Milliseconds after the last `dragover` when the drag counts as gone; browsers repeat the event every 350. */
const dragEnd = 600;

/**
 * @param {{input: HTMLInputElement, target: HTMLElement}} elements the file input, and what is shown while files hover
 * @param {(choices: import('./entries.js').Choice[]) => void} onChoices
 */
export function watchIntake({ input, target }, onChoices) {
  watchInput(input, (choices) => choices.length > 0 && onChoices(choices));
  addEventListener('paste', (event) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    onChoices(files.map((file) => ({ file })));
  });
  watchDrops(target, onChoices);
}

function watchDrops(target, onChoices) {
  let timer = 0;
  let isOurs = false;
  const hide = () => { target.hidden = true; };
  const bringsFiles = (event) => !isOurs && Boolean(event.dataTransfer?.types.includes('Files'));

  addEventListener('dragstart', () => { isOurs = true; }); // a picture of this page, dragged elsewhere
  addEventListener('dragend', () => { isOurs = false; });
  for (const name of ['dragenter', 'dragover']) {
    addEventListener(name, (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      target.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(hide, dragEnd);
    });
  }
  addEventListener('drop', async (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    clearTimeout(timer);
    hide();
    onChoices(await droppedFiles(event.dataTransfer));
  });
}
