/** The uploads this tab drives: what is remembered of each, and that no other tab drives it, too. */

/**
 * @typedef {object} Ledger
 * @property {() => boolean} isLasting whether a reload finds the uploads again
 * @property {(record: import('./records.js').UploadRecord) => Promise<void>} keep notes an upload, or its new state
 * @property {(id: string) => Promise<void>} forget
 * @property {() => Promise<import('./records.js').UploadRecord[]>} claimAll what earlier pages left, unless another
 *   tab drives it
 * @property {() => void} leave lets go of everything, since the page ends
 */

/**
 * @param {Promise<import('./records.js').Records>} opening
 * @param {import('./ownership.js').Ownership} ownership
 * @returns {Ledger} It works in the order it was told, and never rejects: an upload goes on, also where nothing can be
 *   remembered. So nobody needs to wait for it.
 */
export function createLedger(opening, ownership) {
  const ours = new Set();
  let records;
  let last = opening.then((opened) => { records = opened; });
  const inOrder = (work) => {
    last = last.then(work).catch(() => undefined);
    return last;
  };

  const claim = async (id) => {
    if (ours.has(id)) return true;
    const isOurs = await ownership.claim(id).catch(() => true);
    if (isOurs) ours.add(id);
    return isOurs;
  };

  return {
    isLasting: () => records?.isLasting ?? false,
    keep: ({ ...record }) => inOrder(async () => {
      await claim(record.id);
      const { handle, ...plain } = record;
      await records.put(record).catch(() => records.put(plain)); // some browsers cannot keep a handle
    }),
    forget: (id) => inOrder(async () => {
      ours.delete(id);
      ownership.release(id);
      await records.remove(id);
    }),
    async claimAll() {
      const found = await inOrder(() => records.all()) ?? [];
      const claims = await Promise.all(found.map(({ id }) => claim(id)));
      return found.filter((_, index) => claims[index]);
    },
    leave() {
      ours.forEach((id) => ownership.release(id));
      ours.clear();
    },
  };
}
