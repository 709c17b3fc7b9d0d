/** Whose fault it is when bytes of a file do not leave. */

import { RequestError } from './problems.js';

/**
 * Sends bytes of a file. Browsers report a file that vanished or changed under way as a broken connection; reading one
 * byte tells them apart.
 * @template T
 * @param {Blob} bytes
 * @param {() => Promise<T>} send
 * @returns {Promise<T>}
 * @throws {RequestError} `file-changed` or `unreadable-file` instead of `no-answer` when it is the file's fault
 */
export async function blamingFile(bytes, send) {
  try {
    return await send();
  } catch (error) {
    const cause = error.code === 'no-answer' && await readingTrouble(bytes);
    throw cause ? changeIn(new RequestError({ status: 0, code: 'unreadable-file', cause })) : error;
  }
}

/**
 * What a failure to read means for a file that could be read a moment ago: browsers refuse to read on in one that has
 * changed since it was chosen.
 * @param {unknown} error
 * @returns {unknown} `file-changed` instead of `unreadable-file`, unless the file is gone; any other error as it is
 */
export function changeIn(error) {
  const isChange = error?.code === 'unreadable-file' && error.cause?.name === 'NotReadableError';
  return isChange ? new RequestError({ status: 0, code: 'file-changed', cause: error }) : error;
}

async function readingTrouble(bytes) {
  try {
    await bytes.slice(0, 1).arrayBuffer();
    return undefined;
  } catch (error) {
    return error;
  }
}
