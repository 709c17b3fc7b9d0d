/** What the page asks about people: the gallery, and the provider. */

import { request } from './api.js';

/**
 * Who may upload, and where people sign in.
 * @returns {Promise<{uploads: 'open' | 'token' | 'signed-in', signIn: import('./pkce.js').Directions | null}>}
 */
export function fetchSession() {
  return request('/api/session', {});
}

/**
 * Turns a code into tokens, at the provider.
 * @param {string} endpoint
 * @param {URLSearchParams} form
 * @returns {Promise<{id_token: string}>}
 */
export function exchange(endpoint, form) {
  return request(endpoint, { method: 'POST', body: form, credentials: 'omit' });
}

/**
 * Removes a picture of whoever has signed in.
 * @param {string} id
 * @param {string} bearer the person's token
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function removeImage(id, bearer, signal) {
  const headers = { authorization: `Bearer ${bearer}` };
  return request(`/api/images/${encodeURIComponent(id)}`, { method: 'DELETE', headers, signal });
}
