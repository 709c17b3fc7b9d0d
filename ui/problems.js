/** What went wrong, in words: problem JSON of the API and error XML of the store become one plain sentence. */

/** A request that brought no success. */
export class RequestError extends Error {
  /**
   * @param {object} facts
   * @param {number} facts.status the HTTP status, 0 when there was no answer
   * @param {string} [facts.code] the stable code of the API or of S3, or one of ours
   * @param {string} [facts.detail] a sentence for people, from the server
   * @param {number} [facts.retryAfter] in seconds, as the server asked
   * @param {number[]} [facts.missing] the parts that an `incomplete-upload` lacks
   * @param {unknown} [facts.cause]
   */
  constructor({ status, code = '', detail = '', retryAfter, missing = [], cause }) {
    super(`${status} ${code}`.trim(), { cause });
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.missing = missing;
  }
}

const sentences = new Map(Object.entries({
  'no-answer': 'The connection was lost. Check the network and try again.',
  stalled: 'Nothing moved for half a minute. Check the network and try again.',
  'unreadable-file': 'The file can no longer be read. It may have been moved or changed; choose it again.',
  'file-changed': 'The file changed while uploading. Choose it again to send it as it is now.',
  'upload-over': 'The gallery does not know this upload any more. Try again to start over.',
  'empty-file': 'This file is empty.',
  'too-patient': 'It has arrived but is still being looked at. Try again in a minute.',
  AccessDenied: 'The permission to send this file has run out. Try again.',
  BadDigest: 'What arrived is not what was announced. The file may have changed meanwhile; try again.',
  EntityTooLarge: 'This file is too large.',
  IncompleteBody: 'Only a part of the file arrived. Try again.',
  InsufficientStorage: 'The gallery is full at the moment. Try again later.',
  InternalError: 'The store had a problem. Try again.',
  MissingContentLength: 'The size of the file was lost on the way, perhaps in a proxy.',
  RequestTimeTooSkewed: 'The clock of the server is wrong. Tell its owner.',
  RequestTimeout: 'Sending was too slow and was given up. Try again.',
  ServiceUnavailable: 'The store is busy. Try again in a moment.',
  SignatureDoesNotMatch: 'The store did not accept the permission for this file. Try again.',
  SlowDown: 'The store is busy. Try again in a moment.',
  XAmzContentSHA256Mismatch: 'What arrived is not what was announced. Try again.',
}));

/** S3 codes that mean the file itself is the problem, so that trying again is in vain. */
const finalCodes = new Set(['EntityTooLarge', 'empty-file']);

/**
 * One sentence for people: ours for what we know, the server's own otherwise.
 * @param {RequestError} error
 * @returns {string}
 */
export function sentenceFor(error) {
  const known = sentences.get(error.code);
  if (known) return known;
  if (error.detail) return error.detail;
  if (error.status === 507) return sentences.get('InsufficientStorage');
  return `The server answered ${error.status}. Try again later.`;
}

/**
 * Why another try follows, in a few words.
 * @param {RequestError} error
 * @returns {string}
 */
export function retryText(error) {
  if (error.code === 'stalled') return 'Nothing moved any more. Trying again…';
  return error.status === 0 ? 'The connection was lost. Trying again…' : 'The server is busy. Trying again…';
}

/**
 * Whether the picture was refused for what it is, so that sending it again cannot help.
 * @param {RequestError} error
 * @returns {boolean}
 */
export function isRefusal(error) {
  return [413, 415, 422].includes(error.status) || finalCodes.has(error.code);
}

const signInCodes = new Set(['sign-in-needed', 'token-refused']);

/**
 * Whether somebody has to sign in, or to sign in again, before this can be done.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isSignInNeeded(error) {
  return error?.status === 401 && signInCodes.has(error.code);
}

/**
 * Whether the gallery's upload token has to be said, or said again, before this can be done.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isTokenNeeded(error) {
  return error?.status === 401 && error.code === 'upload-token-needed';
}

/** What the API (and, in the last one, S3) says of an upload that was aborted, swept, or never was. */
const overCodes = new Set(['expired', 'invalid-token', 'upload-gone', 'upload-over', 'NoSuchUpload']);

/**
 * Whether there is nothing left of an upload in parts, so that only starting over helps.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isOver(error) {
  return overCodes.has(error?.code);
}

/**
 * Reads an error answer: S3's XML or problem JSON, whichever it is.
 * @param {{status: number, body: string, retryAfter: string | null}} answer
 * @returns {RequestError}
 */
export function errorFrom({ status, body, retryAfter }) {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  const wait = Number.isFinite(seconds) ? seconds : undefined;
  const code = element('Code', body);
  if (code) return new RequestError({ status, code, detail: element('Message', body), retryAfter: wait });
  const { code: name, detail, missing } = parse(body);
  const facts = { code: text(name), detail: text(detail), missing: Array.isArray(missing) ? missing : [] };
  return new RequestError({ status, retryAfter: wait, ...facts });
}

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

/** The text of the first element of that name in a small flat XML document, or the empty string. */
function element(name, xml) {
  const match = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return match ? match[1].replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity]) : '';
}

function parse(body) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

function text(value) {
  return typeof value === 'string' ? value : '';
}
