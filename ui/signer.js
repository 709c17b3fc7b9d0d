/** The most parts that one question may name. */
const batchLimit = 100;

/**
 * Asks for the addresses of parts, each right when it is needed: those that become ready in the same moment, or while a
 * question is on its way, share the next one.
 * @param {(parts: {number: number, sha256: string}[]) => Promise<{parts: PartTicket[]}>} ask
 * @returns {(part: {number: number, sha256: string}) => Promise<PartTicket>}
 *
 * @typedef {{number: number, size: number, url: string, headers: Record<string, string>}} PartTicket
 */
export function createSigner(ask) {
  let waiting = [];
  let isAsking = false;

  const askAll = async () => {
    isAsking = true;
    await undefined; // lets the others of this moment join
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchLimit);
      waiting = waiting.slice(batchLimit);
      await settle(batch, ask);
    }
    isAsking = false;
  };

  return (part) => new Promise((resolve, reject) => {
    waiting.push({ part, resolve, reject });
    if (!isAsking) askAll();
  });
}

/** Asks for one batch and tells everyone who waits; never rejects. */
async function settle(batch, ask) {
  try {
    const { parts } = await ask(batch.map(({ part }) => part));
    const tickets = new Map(parts.map((ticket) => [ticket.number, ticket]));
    for (const { part, resolve, reject } of batch) {
      if (tickets.has(part.number)) resolve(tickets.get(part.number));
      else reject(new TypeError(`The answer lacks part ${part.number}.`));
    }
  } catch (error) {
    batch.forEach(({ reject }) => reject(error));
  }
}
