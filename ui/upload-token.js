/** The secret that uploads need where a gallery asks for one: kept for the tab, or for this browser if one wishes. */

import { until } from './signals.js';

const key = 'imgn.upload-token';

/** Tells of each change by the event `change`. */
export class UploadToken extends EventTarget {
  #tab;
  #device;
  #value;
  #isAsked = false;
  #waiting = 0;

  /** Why the last one came to nothing. */
  trouble = '';

  /**
   * @param {{isAsked: boolean, tab?: Storage, device?: Storage}} options whether the gallery is known to ask; no
   *   storages where the browser allows none
   */
  constructor({ isAsked, tab, device } = {}) {
    super();
    this.#isAsked = isAsked;
    this.#tab = tab;
    this.#device = device;
    this.#value = tab?.getItem(key) ?? device?.getItem(key) ?? undefined;
  }

  /** @returns {string | undefined} what to send, where the gallery asks for it */
  get value() {
    return this.#isAsked ? this.#value : undefined;
  }

  /** Whether the gallery asks, and nobody has said it yet. */
  isMissing() {
    return this.#isAsked && !this.#value;
  }

  /** Whether files wait for it. */
  get isAwaited() {
    return this.#waiting > 0 && this.isMissing();
  }

  /**
   * @param {string} text
   * @param {boolean} isLasting whether this browser is to remember it beyond the tab
   */
  give(text, isLasting) {
    this.forget();
    this.#value = text.trim() || undefined;
    if (this.#value) (isLasting ? this.#device : this.#tab)?.setItem(key, this.#value);
    this.trouble = '';
    this.#changed();
  }

  /** Forgets it, here and in every storage. */
  forget() {
    this.#value = undefined;
    this.#tab?.removeItem(key);
    this.#device?.removeItem(key);
    this.#changed();
  }

  /**
   * Takes note that the gallery did not accept what was sent; what was given since then stays.
   * @param {{detail: string}} error
   * @param {string | undefined} sent
   */
  refuse({ detail }, sent) {
    this.#isAsked = true;
    if (sent !== this.#value) return this.#changed();
    this.trouble = sent ? `That token was not accepted. ${detail}` : '';
    return this.forget();
  }

  /** Resolves when there is one. */
  async whenGiven(signal) {
    signal.throwIfAborted();
    this.#waiting += 1;
    try {
      const change = until(this, () => !this.isMissing(), signal);
      this.#changed();
      await change;
    } finally {
      this.#waiting -= 1;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Where this page may keep things. */
export function storagesOfPage() {
  try {
    return { tab: sessionStorage, device: localStorage };
  } catch {
    return {}; // strict settings: then it lasts as long as the page
  }
}
