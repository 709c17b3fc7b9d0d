import { RequestError } from './problems.js';

/**
 * Sends bytes of a file, and finds out whose fault a broken connection is: browsers report a file that vanished or
 * changed under way as a network error; reading one byte tells them apart.
 * @template T
 * @param {Blob} bytes
 * @param {() => Promise<T>} send
 * @returns {Promise<T>}
 * @throws {RequestError} `unreadable-file` instead of `no-answer` when it is the file's
 */
export async function blamingFile(bytes, send) {
  try {
    return await send();
  } catch (error) {
    if (error.code !== 'no-answer' || await isReadable(bytes)) throw error;
    throw new RequestError({ status: 0, code: 'unreadable-file', cause: error });
  }
}

async function isReadable(bytes) {
  try {
    await bytes.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
