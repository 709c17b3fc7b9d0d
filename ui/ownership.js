/**
 * One upload is driven by one tab. Web Locks say which, and let go by themselves when the tab is gone; plain http has
 * none, there a tab keeps a lease in the storage that all tabs share.
 */

/** Milliseconds a lease lives without being renewed; tabs in the background may renew once a minute only. */
const leaseLife = 100_000;
const renewal = 25_000;

/**
 * @typedef {object} Ownership
 * @property {(id: string) => Promise<boolean>} claim answers false when another tab drives that upload
 * @property {(id: string) => void} release
 */

/**
 * @param {{locks?: LockManager, localStorage?: Storage, tab?: string, now?: () => number}} [browser]
 * @returns {Ownership}
 */
export function createOwnership(browser = browserOfPage()) {
  return browser.locks ? byLocks(browser.locks) : byLeases(browser);
}

function browserOfPage() {
  const { locks } = navigator;
  return { locks, localStorage: locks ? undefined : storage(), tab: String(Math.random()), now: Date.now };
}

function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function byLocks(locks) {
  const held = new Map();
  return {
    claim: (id) => new Promise((resolve, reject) => {
      if (held.has(id)) return resolve(true);
      const hold = (lock) => {
        resolve(lock !== null);
        return lock && new Promise((release) => { held.set(id, release); });
      };
      return locks.request(`imgn.upload.${id}`, { ifAvailable: true }, hold).catch(reject);
    }),
    release(id) {
      held.get(id)?.();
      held.delete(id);
    },
  };
}

function byLeases({ localStorage, tab, now }) {
  const timers = new Map();
  const key = (id) => `imgn.lease.${id}`;
  const renew = (id) => localStorage?.setItem(key(id), JSON.stringify({ tab, until: now() + leaseLife }));
  return {
    async claim(id) {
      const lease = JSON.parse(localStorage?.getItem(key(id)) ?? 'null');
      if (lease && lease.tab !== tab && lease.until > now()) return false;
      renew(id);
      if (!timers.has(id)) timers.set(id, setInterval(renew, renewal, id));
      return true;
    },
    release(id) {
      if (!timers.has(id)) return;
      clearInterval(timers.get(id));
      timers.delete(id);
      localStorage?.removeItem(key(id));
    },
  };
}
