/** One part of a large file: hash it, have it signed, send it, and come back from everything that can be mended. */

import { blamingFile } from './readable.js';
import { isOver, RequestError } from './problems.js';
import { isStored } from './parts.js';
import { patiently, retrying } from './retry.js';

/** What a store says when the bytes that came are not the ones that were signed. */
const digestCodes = new Set(['BadDigest', 'XAmzContentChecksumMismatch', 'XAmzContentSHA256Mismatch']);

/**
 * @typedef {object} Flight what the parts of one file share
 * @property {File} file
 * @property {Map<number, import('./parts.js').StoredPart>} stored
 * @property {(bytes: Blob) => Promise<string>} hash
 * @property {ReturnType<typeof import('./signer.js').createSigner>} sign
 * @property {typeof import('./api.js').putBytes} putBytes
 * @property {import('./budget.js').Lane} lane
 * @property {AbortSignal} signal
 * @property {(number: number, byteCount: number) => void} note told how many bytes of a part have left
 * @property {(error?: RequestError) => void} onTrouble told why another try follows; without an error, that the
 *   browser is offline
 * @property {typeof import('./retry.js').sleep} [wait]
 */

/**
 * Brings one part to the store, unless the very same is there.
 * @param {import('./parts.js').Part} part
 * @param {Flight} flight
 * @returns {Promise<void>}
 * @throws {RequestError} `file-changed` when the file is not what it was when the part was hashed
 */
export async function sendPart(part, flight) {
  const bytes = flight.file.slice(part.start, part.end);
  const sha256 = await flight.hash(bytes);
  if (!isStored(flight.stored.get(part.number), sha256)) await sendAnew({ part, bytes, sha256 }, flight);
  flight.note(part.number, part.size);
}

/** Each mishap that a fresh address or a second look at the file can mend is forgiven once. */
async function sendAnew(load, flight) {
  const forgiven = new Set();
  for (;;) {
    try {
      return await patientlyPut(load, flight);
    } catch (error) {
      flight.signal.throwIfAborted();
      const mishap = mishapOf(error);
      if (!mishap || forgiven.has(mishap)) throw error;
      forgiven.add(mishap);
      if (mishap === 'digest') await checkUnchanged(load, flight);
    }
  }
}

/** A worn-out address and a wrong digest can be mended. Any 403 counts as worn out, whatever the store calls it. */
function mishapOf(error) {
  if (isOver(error)) return undefined;
  if (error.status === 403) return 'signature';
  return digestCodes.has(error.code) ? 'digest' : undefined;
}

async function checkUnchanged({ bytes, sha256 }, { hash }) {
  if (await hash(bytes) !== sha256) throw new RequestError({ status: 0, code: 'file-changed' });
}

function patientlyPut(load, flight) {
  const { signal, wait, lane, onTrouble } = flight;
  return retrying(() => lane.run(() => put(load, flight), signal), {
    signal, wait, tries: patiently, onRetry: onTrouble, onOffline: () => onTrouble(),
  });
}

async function put({ part: { number, size }, bytes, sha256 }, { sign, putBytes, note, signal }) {
  note(number, 0);
  const ticket = await sign({ number, sha256 });
  const onProgress = (fraction) => note(number, fraction * size);
  await blamingFile(bytes, () => putBytes(ticket, bytes, { signal, onProgress }));
}
