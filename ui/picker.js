/** The browser's file picker: the one that gives handles where there is one, else the file input. */

/** What the picker offers first, with endings that not every system takes for pictures; the bytes decide. */
const endings = ['.avif', '.heic', '.heif'];
const types = [{ description: 'Pictures', accept: { 'image/*': endings } }];

/**
 * Lets a file input open the picker that gives handles.
 * @param {HTMLInputElement} input
 * @param {(choices: import('./entries.js').Choice[]) => void} onChoices
 */
export function watchInput(input, onChoices) {
  let isPlain = false; // the next click is for the input itself
  input.addEventListener('change', () => {
    onChoices(Array.from(input.files, (file) => ({ file })));
    input.value = '';
  });
  if (!globalThis.showOpenFilePicker) return;
  input.addEventListener('click', async (event) => {
    if (isPlain) return;
    event.preventDefault();
    const choices = await pickWithHandles(input.multiple);
    if (choices) return onChoices(choices);
    isPlain = true;
    input.click();
    isPlain = false;
  });
}

/**
 * Asks for one file.
 * @returns {Promise<import('./entries.js').Choice[]>} empty when the user thought better of it
 */
export function pickFile() {
  const accept = ['image/*', ...endings].join();
  const input = Object.assign(document.createElement('input'), { type: 'file', accept });
  return new Promise((resolve) => {
    watchInput(input, resolve);
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** Answers undefined where this picker may not be used, such as in a frame. */
async function pickWithHandles(multiple) {
  try {
    const handles = await showOpenFilePicker({ multiple, types, id: 'pictures' });
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  } catch (error) {
    return error.name === 'AbortError' ? [] : undefined;
  }
}
