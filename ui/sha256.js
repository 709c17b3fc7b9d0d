/**
 * SHA-256 (FIPS 180-4) as a stream, for pages where `crypto.subtle` is missing (plain http) and for files too big to
 * be held in memory at once.
 */

const blockSize = 64;

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));

/** The same of the square roots of the first 8 primes. */
const initialState = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/** A running digest: `update` as often as needed, then `digest` once. */
export class SHA256 {
  #state = Int32Array.from(initialState);
  #schedule = new Int32Array(64);
  #pending = new Uint8Array(blockSize);
  #pendingCount = 0;
  #byteCount = 0;

  /**
   * Takes the next bytes.
   * @param {Uint8Array} bytes
   * @returns {this}
   */
  update(bytes) {
    this.#byteCount += bytes.length;
    let offset = this.#fillPending(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; offset + blockSize <= bytes.length; offset += blockSize) this.#compress(view, offset);
    if (offset < bytes.length) {
      this.#pending.set(bytes.subarray(offset));
      this.#pendingCount = bytes.length - offset;
    }
    return this;
  }

  /**
   * Ends the stream.
   * @returns {Uint8Array} the 32 bytes of the digest
   */
  digest() {
    const bitCount = this.#byteCount * 8; // exact below 2^53 bits
    const zeros = (blockSize * 2 - 9 - this.#pendingCount) % blockSize;
    const tail = new Uint8Array(1 + zeros + 8);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(1 + zeros, Math.floor(bitCount / 2 ** 32));
    view.setUint32(1 + zeros + 4, bitCount % 2 ** 32);
    this.update(tail);
    const result = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, index) => result.setInt32(index * 4, word));
    return new Uint8Array(result.buffer);
  }

  /** Completes a block begun by an earlier update; answers how many bytes that took. */
  #fillPending(bytes) {
    if (this.#pendingCount === 0) return 0;
    const taken = Math.min(blockSize - this.#pendingCount, bytes.length);
    this.#pending.set(bytes.subarray(0, taken), this.#pendingCount);
    this.#pendingCount += taken;
    if (this.#pendingCount === blockSize) {
      this.#compress(new DataView(this.#pending.buffer), 0);
      this.#pendingCount = 0;
    }
    return taken;
  }

  #compress(view, offset) {
    expand(this.#schedule, view, offset);
    mix(this.#state, this.#schedule);
  }
}

/** The 64 rounds over one block. */
function mix(state, schedule) {
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + big1 + ((e & f) ^ (~e & g)) + roundConstants[i] + schedule[i]) | 0;
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + first) | 0;
    d = c; c = b; b = a; a = (first + second) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

/** Writes the 64 words of the message schedule for one block. */
function expand(schedule, view, offset) {
  for (let i = 0; i < 16; i += 1) schedule[i] = view.getInt32(offset + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const x = schedule[i - 15];
    const y = schedule[i - 2];
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = schedule[i - 16] + small0 + schedule[i - 7] + small1;
  }
}

/** The first `count` primes. */
function primes(count) {
  const found = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 32 bits of a number's fractional part, as a signed word. */
function fraction(number) {
  return Math.floor((number - Math.floor(number)) * 2 ** 32) | 0;
}
