/** Uploads that an earlier page left unfinished: what is there of them, and how to get at their file again. */

import { isOver } from './problems.js';
import { isSameFile } from './fingerprint.js';

/**
 * Opens the file by its handle, as far as the browser allows it without asking.
 * @param {import('./records.js').UploadRecord} record
 * @param {(bytes: Blob) => Promise<string>} digest
 * @param {boolean} [mayAsk] whether the browser may ask the user; needs a click to have come before
 * @returns {Promise<{file?: File, mayAsk?: boolean}>} the file; or whether asking may help; or neither, when it is
 *   gone, is not the same any more, or was never known by a handle
 */
export async function reopen({ handle, fingerprint }, digest, mayAsk = false) {
  if (!handle) return {};
  try {
    const access = { mode: 'read' };
    const permission = mayAsk ? await handle.requestPermission(access) : await handle.queryPermission(access);
    if (permission !== 'granted') return { mayAsk: permission === 'prompt' };
    const file = await handle.getFile();
    return await isSameFile(fingerprint, file, digest) ? { file } : {};
  } catch {
    return {};
  }
}

/**
 * @typedef {'sent' | 'over' | 'begun'} Fate all bytes are there; nothing is known of it any more; or it can go on
 *
 * Asks the store how far an upload is.
 * @param {import('./records.js').UploadRecord} record
 * @param {typeof import('./api.js').listParts} listParts
 * @param {AbortSignal} signal
 * @returns {Promise<{fate: Fate, fraction: number}>} what the record says where the store cannot be asked
 */
export async function fateOf({ token, fingerprint, fraction }, listParts, signal) {
  try {
    const { parts } = await listParts(token, signal);
    const byteCount = parts.reduce((sum, { size }) => sum + size, 0);
    return { fate: 'begun', fraction: Math.min(byteCount / fingerprint.size, 1) };
  } catch (error) {
    if (error.code === 'already-complete') return { fate: 'sent', fraction: 1 };
    return isOver(error) ? { fate: 'over', fraction: 0 } : { fate: 'begun', fraction };
  }
}
