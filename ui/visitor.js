/** Who looks at this page: signed in or not, and how that changes. */

import { browserOfPage } from './arrival.js';
import { retrying } from './retry.js';
import {
  SignInError, authorizationURL, beginAttempt, codeOf, endSessionURL, exchangeForm, identityOf,
} from './pkce.js';
import { until } from './signals.js';

const identityKey = 'imgn.identity';
const attemptKey = 'imgn.attempt';

/** Milliseconds before its end from which a token is not sent any more. */
const margin = 30_000;

/**
 * The token lives in sessionStorage: for this tab only, and only until it is closed; docs/threat-model.md says why. No
 * token that makes others is kept.
 */
export class Visitor extends EventTarget {
  #browser;
  #api;
  #session = { uploads: 'open', signIn: null };
  #identity;
  #attempt;
  #wasRefused = false;
  #waiting = 0;
  #channel;

  /** Settles when it is known who may upload. */
  ready;

  /** Why the last sign-in, or the last token, came to nothing. */
  trouble = '';

  /**
   * @param {{fetchSession: typeof import('./session-api.js').fetchSession, exchange: typeof
   *   import('./session-api.js').exchange}} api
   * @param {object} [browser] what of the browser is used, for tests
   */
  constructor(api, browser = browserOfPage()) {
    super();
    this.#api = api;
    this.#browser = browser;
    this.#identity = read(browser.storage, identityKey);
  }

  /** Learns who may upload, and ends a sign-in that left the page. */
  begin(answer) {
    this.ready = this.#learn(answer);
    return this.ready;
  }

  async #learn(answer) {
    const { signal } = new AbortController();
    try {
      this.#session = await retrying(() => this.#api.fetchSession(), { signal, tries: 3 });
    } catch {
      // The page works without: the gallery still says what it needs when it refuses.
    }
    if (answer) await this.#finish(answer, read(this.#browser.storage, attemptKey));
    this.#browser.storage?.removeItem(attemptKey);
    this.#changed();
  }

  /** Whether somebody could sign in. */
  get isSignInOffered() {
    return Boolean(this.#session.signIn);
  }

  /** What the provider calls the person; empty when it does not say. */
  get name() {
    return this.bearer() ? this.#identity.name : '';
  }

  /** @returns {string | undefined} the token to send, as long as it holds */
  bearer() {
    if (this.#identity && this.#identity.expiresAt - margin <= this.#browser.now()) this.#forget();
    return this.#identity?.token;
  }

  /** Whether no upload begins before somebody signs in. */
  mustSignIn() {
    return this.isSignInOffered && (this.#session.uploads === 'signed-in' || this.#wasRefused) && !this.bearer();
  }

  /** Takes note that the gallery did not accept who asked. */
  refuse({ detail }) {
    this.trouble = this.#identity ? detail : '';
    this.#wasRefused = true;
    this.#forget();
    this.#changed();
  }

  /** Resolves when somebody has signed in. */
  async whenSignedIn(signal) {
    signal.throwIfAborted();
    this.#waiting += 1;
    try {
      const change = until(this, () => !this.mustSignIn(), signal);
      this.#changed();
      await change;
    } finally {
      this.#waiting -= 1;
      this.#changed();
    }
  }

  /** Whether files wait until somebody signs in. */
  get isAwaited() {
    return this.#waiting > 0 && this.mustSignIn();
  }

  /** Opens the provider in a window, so that files which wait here stay; where windows are forbidden, goes there. */
  signIn() {
    const { signIn } = this.#session;
    const { location, storage } = this.#browser;
    const returnTo = `${location.origin}/`;
    this.trouble = '';
    this.#changed();
    this.#attempt = beginAttempt(returnTo, true);
    if (this.#listens() && this.#browser.open(authorizationURL(signIn, this.#attempt))) return;
    const attempt = beginAttempt(returnTo, false);
    storage?.setItem(attemptKey, JSON.stringify(attempt));
    location.assign(authorizationURL(signIn, attempt));
  }

  /** Forgets the person, here and at the provider. */
  signOut() {
    const { location } = this.#browser;
    this.#forget();
    this.#changed();
    const url = endSessionURL(this.#session.signIn, `${location.origin}/`);
    if (url) location.assign(url);
  }

  /** Whether an answer in a window of its own would reach this page. */
  #listens() {
    if (!this.#channel) {
      this.#channel = this.#browser.channel?.();
      this.#channel?.addEventListener('message', ({ data }) => this.#hear(data));
    }
    return Boolean(this.#channel);
  }

  #hear(answer) {
    if (!this.#attempt || answer?.state !== this.#attempt.state) return undefined; // another tab's
    this.#channel.postMessage({ received: answer.state });
    const attempt = this.#attempt;
    this.#attempt = undefined;
    return this.#finish(answer, attempt).then(() => this.#changed());
  }

  async #finish(answer, attempt) {
    const { signIn } = this.#session;
    try {
      if (!signIn) throw new SignInError('Nobody can sign in here just now. Try again later.');
      const code = codeOf(answer, attempt, signIn);
      const { id_token: token } = await this.#api.exchange(signIn.tokenEndpoint, exchangeForm(signIn, attempt, code));
      this.#identity = identityOf(token, attempt, signIn, this.#browser.now());
      this.#wasRefused = false;
      this.trouble = '';
      this.#browser.storage?.setItem(identityKey, JSON.stringify(this.#identity));
    } catch (error) {
      this.trouble = error instanceof SignInError
        ? error.message
        : 'The sign-in service could not be reached. Check the network and sign in again.';
    }
  }

  #forget() {
    this.#identity = undefined;
    this.#browser.storage?.removeItem(identityKey);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage?.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}
