/**
 * Signing in by authorization code with PKCE (RFC 7636, S256) at an OpenID provider: what the browser asks for, and
 * what must be true of the answer. No input or output: see `visitor.js`.
 */

import { SHA256 } from './sha256.js';

/**
 * @typedef {object} Directions where people sign in, as `GET /api/session` tells it
 * @property {string} issuer
 * @property {string} clientId
 * @property {string} scopes
 * @property {string} authorizationEndpoint
 * @property {string} tokenEndpoint
 * @property {string} [endSessionEndpoint]
 *
 * @typedef {object} Attempt what only the page that asked knows
 * @property {string} state
 * @property {string} nonce
 * @property {string} verifier
 * @property {string} returnTo the address the provider sends the browser to
 *
 * @typedef {{state: string, code?: string, error?: string, issuer?: string}} Answer what the provider said there
 *
 * @typedef {{token: string, name: string, expiresAt: number}} Identity `expiresAt` in milliseconds since 1970
 */

/** A sign-in that came to nothing; its message is a sentence for people. */
export class SignInError extends Error {}

/** Milliseconds that the provider's clock and this one may be apart. */
const leeway = 60_000;

/** States of attempts in a window of their own begin so; it hands the answer to the page that opened it. */
const windowMark = 'w.';

/**
 * @param {string} returnTo
 * @param {boolean} isInWindow
 * @param {Crypto} [crypto]
 * @returns {Attempt}
 */
export function beginAttempt(returnTo, isInWindow, crypto = globalThis.crypto) {
  const secret = () => base64URL(crypto.getRandomValues(new Uint8Array(32)));
  return { state: (isInWindow ? windowMark : 'p.') + secret(), nonce: secret(), verifier: secret(), returnTo };
}

/**
 * Where the browser goes.
 * @param {Directions} directions
 * @param {Attempt} attempt
 * @returns {string}
 */
export function authorizationURL(directions, { state, nonce, verifier, returnTo }) {
  return withQuery(directions.authorizationEndpoint, {
    response_type: 'code',
    client_id: directions.clientId,
    redirect_uri: returnTo,
    scope: directions.scopes,
    state,
    nonce,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  });
}

/**
 * What goes to the token endpoint.
 * @param {Directions} directions
 * @param {Attempt} attempt
 * @param {string} code
 * @returns {URLSearchParams}
 */
export function exchangeForm(directions, { verifier, returnTo }, code) {
  return new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: directions.clientId,
    redirect_uri: returnTo,
    code,
    code_verifier: verifier,
  });
}

/**
 * Where the browser goes to sign out, if there is such a place. Cognito has a name of its own for the way back.
 * @param {Directions} directions
 * @param {string} returnTo
 * @returns {string | undefined}
 */
export function endSessionURL({ endSessionEndpoint, clientId }, returnTo) {
  if (!endSessionEndpoint) return undefined;
  return withQuery(endSessionEndpoint, {
    client_id: clientId, post_logout_redirect_uri: returnTo, logout_uri: returnTo,
  });
}

/**
 * The challenge for a verifier: both go through the browser, only the challenge is shown first.
 * @param {string} verifier
 * @returns {string}
 */
export function challengeOf(verifier) {
  const running = new SHA256();
  running.update(new TextEncoder().encode(verifier));
  return base64URL(running.digest());
}

/**
 * The provider's answer in an address, if it is one.
 * @param {string} query
 * @returns {Answer | undefined}
 */
export function answerIn(query) {
  const value = new URLSearchParams(query);
  const [state, code, error] = ['state', 'code', 'error'].map((name) => value.get(name) ?? undefined);
  if (!state || !(code || error)) return undefined;
  return { state, code, error, issuer: value.get('iss') ?? undefined };
}

/**
 * Whether an answer is for the page that opened this window.
 * @param {Answer} answer
 * @returns {boolean}
 */
export function isForOpener({ state }) {
  return state.startsWith(windowMark);
}

/**
 * The code of an answer that is really to this attempt.
 * @param {Answer} answer
 * @param {Attempt} attempt
 * @param {Directions} directions
 * @returns {string}
 * @throws {SignInError}
 */
export function codeOf({ state, code, error, issuer }, attempt, directions) {
  if (state !== attempt?.state) throw new SignInError('That sign-in was not begun here. Sign in again.');
  const isOthers = issuer !== undefined && issuer !== directions.issuer;
  if (isOthers) throw new SignInError('Somebody else answered. Sign in again.');
  if (error === 'access_denied') throw new SignInError('Signing in was called off.');
  if (!code || error) throw new SignInError('The sign-in service refused. Try again later.');
  return code;
}

/**
 * Who somebody is by an ID token that came straight from the token endpoint, so that TLS vouches for its sender
 * (OpenID Connect Core 1.0, section 3.1.3.7); the gallery checks the signature each time.
 * @param {string} token
 * @param {Attempt} attempt
 * @param {Directions} directions
 * @param {number} now milliseconds since 1970
 * @returns {Identity}
 * @throws {SignInError}
 */
export function identityOf(token, attempt, directions, now) {
  const claims = claimsOf(token);
  const isGood = claims.nonce === attempt.nonce
    && claims.iss === directions.issuer
    && [claims.aud].flat().includes(directions.clientId)
    && Number.isFinite(claims.exp) && claims.exp * 1000 + leeway > now;
  if (!isGood) throw new SignInError('What the sign-in service sent does not hold. Sign in again.');
  const names = [claims.name, claims.preferred_username, claims.email, claims['cognito:username']];
  const name = names.find((text) => typeof text === 'string' && text !== '') ?? '';
  return { token, name, expiresAt: claims.exp * 1000 };
}

function claimsOf(token) {
  try {
    const payload = String(token).split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

function withQuery(endpoint, values) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}

function base64URL(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
