/** Asking for a ticket, and waiting for whoever has to sign in, or to say the gallery's token, first. */

import { isSignInNeeded, isTokenNeeded } from './problems.js';
import { retrying } from './retry.js';

/**
 * @param {object} description of the file
 * @param {import('./upload.js').Trip} trip
 * @param {object} patience how to try again
 * @returns {ReturnType<typeof import('./api.js').requestTicket>}
 */
export async function askTicket(description, trip, patience) {
  const { steps: { requestTicket, visitor, token }, signal } = trip;
  await visitor?.ready;
  for (;;) {
    await permission(trip);
    const secret = token?.value;
    try {
      return await retrying(() => requestTicket(description, signal, visitor?.bearer() ?? secret), patience);
    } catch (error) {
      if (token && isTokenNeeded(error)) token.refuse(error, secret);
      else if (visitor?.isSignInOffered && isSignInNeeded(error)) visitor.refuse(error);
      else throw error;
    }
  }
}

async function permission({ steps: { visitor, token }, signal, report }) {
  if (visitor?.mustSignIn()) {
    report({ state: 'queued', message: 'Waits until you have signed in' });
    await visitor.whenSignedIn(signal);
  }
  if (token?.isMissing() && !visitor?.bearer()) {
    report({ state: 'queued', message: 'Waits for the upload token' });
    await token.whenGiven(signal);
  }
}
