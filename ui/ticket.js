/** Asking for a ticket, and waiting for whoever has to sign in first. */

import { isSignInNeeded } from './problems.js';
import { retrying } from './retry.js';

/**
 * @param {object} description of the file
 * @param {import('./upload.js').Trip} trip
 * @param {object} patience how to try again
 * @returns {ReturnType<typeof import('./api.js').requestTicket>}
 */
export async function askTicket(description, trip, patience) {
  const { steps: { requestTicket, visitor }, signal, report } = trip;
  await visitor?.ready;
  for (;;) {
    if (visitor?.mustSignIn()) {
      report({ state: 'queued', message: 'Waits until you have signed in' });
      await visitor.whenSignedIn(signal);
    }
    try {
      return await retrying(() => requestTicket(description, signal, visitor?.bearer()), patience);
    } catch (error) {
      if (!visitor?.isSignInOffered || !isSignInNeeded(error)) throw error;
      visitor.refuse(error);
    }
  }
}
