import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestError } from '../problems.js';
import { Visitor } from '../visitor.js';
import { askTicket } from '../ticket.js';

const directions = {
  issuer: 'https://id.example', clientId: 'page', scopes: 'openid',
  authorizationEndpoint: 'https://id.example/authorize', tokenEndpoint: 'https://id.example/token',
};
const refusal = (code) => new RequestError({ status: 401, code, detail: 'No.' });
const settle = () => new Promise((resolve) => { setImmediate(resolve); });

/** A gallery where one must sign in, a provider, and a browser that notes what is opened. */
function world({ uploads = 'signed-in', storage = new Map(), popups = true } = {}) {
  const opened = [];
  const assigned = [];
  const channel = new EventTarget();
  const posted = [];
  channel.postMessage = (value) => posted.push(value);
  const clock = { now: 1_700_000_000_000 };
  let nonce;
  const noted = (url) => {
    nonce = new URL(url).searchParams.get('nonce');
    return url;
  };
  const api = {
    fetchSession: async () => ({ uploads, signIn: directions }),
    exchange: async (endpoint, form) => {
      assert.equal(endpoint, directions.tokenEndpoint);
      assert.ok(form.get('code_verifier'));
      const claims = { iss: directions.issuer, aud: 'page', nonce, exp: clock.now / 1000 + 600, name: 'Ada' };
      return { id_token: `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s` };
    },
  };
  const visitor = new Visitor(api, {
    location: { origin: 'https://pictures.example', assign: (url) => assigned.push(noted(url)) },
    storage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => storage.set(key, value),
      removeItem: (key) => storage.delete(key),
    },
    channel: () => channel,
    open: (url) => popups && opened.push(noted(url)),
    now: () => clock.now,
  });
  const answer = (data) => channel.dispatchEvent(Object.assign(new Event('message'), { data }));
  const stateOf = (url) => new URL(url).searchParams.get('state');
  return { visitor, opened, assigned, posted, clock, storage, answer, stateOf, api };
}

test('signing in happens in a window, whose answer is taken once', async () => {
  const { visitor, opened, posted, answer, stateOf } = world();
  await visitor.begin();
  assert.ok(visitor.mustSignIn());
  visitor.signIn();
  const state = stateOf(opened[0]);
  answer({ state: 'w.other', code: 'evil' });
  assert.deepEqual(posted, []);
  answer({ state, code: 'c' });
  await settle();
  assert.deepEqual(posted, [{ received: state }]);
  assert.equal(visitor.name, 'Ada');
  const token = visitor.bearer();
  answer({ state, error: 'access_denied' });
  await settle();
  assert.equal(visitor.bearer(), token);
});

test('where windows are forbidden the page goes itself, and knows its attempt when it is back', async () => {
  const first = world({ popups: false });
  await first.visitor.begin();
  first.visitor.signIn();
  const state = first.stateOf(first.assigned[0]);
  const kept = JSON.parse(first.storage.get('imgn.attempt'));
  const back = world({ storage: first.storage });
  const { exchange } = back.api;
  back.api.exchange = async (...given) => {
    const claims = { iss: directions.issuer, aud: 'page', nonce: kept.nonce, exp: back.clock.now / 1000 + 600 };
    await exchange(...given);
    return { id_token: `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s` };
  };
  await back.visitor.begin({ state, code: 'c' });
  assert.ok(back.visitor.bearer());
  assert.equal(back.storage.has('imgn.attempt'), false);
});

test('an answer that nobody asked for signs nobody in, and says so', async () => {
  const { visitor } = world();
  await visitor.begin({ state: 'p.forged', code: 'c' });
  assert.equal(visitor.bearer(), undefined);
  assert.match(visitor.trouble, /not begun here/);
});

test('a token near its end is forgotten, and signing out forgets at once', async () => {
  const { visitor, opened, answer, stateOf, clock, storage } = world();
  await visitor.begin();
  visitor.signIn();
  answer({ state: stateOf(opened[0]), code: 'c' });
  await settle();
  assert.ok(storage.has('imgn.identity'));
  clock.now += 571_000;
  assert.equal(visitor.bearer(), undefined);
  assert.equal(storage.has('imgn.identity'), false);
});

test('a file waits until somebody has signed in, and then goes with the token', async () => {
  const { visitor, opened, answer, stateOf } = world();
  visitor.begin();
  const reports = [];
  const bearers = [];
  const requestTicket = async (_, __, bearer) => bearers.push(bearer) && { id: 'one' };
  const { signal } = new AbortController();
  const trip = { steps: { requestTicket, visitor }, signal, report: ({ message }) => reports.push(message) };
  const asked = askTicket({}, trip, { signal });
  await settle();
  assert.deepEqual([reports, bearers, visitor.isAwaited], [['Waits until you have signed in'], [], true]);
  visitor.signIn();
  answer({ state: stateOf(opened[0]), code: 'c' });
  assert.deepEqual(await asked, { id: 'one' });
  assert.equal(bearers.length, 1);
  assert.ok(bearers[0]);
  assert.equal(visitor.isAwaited, false);
});

test('a gallery that refuses a token makes files wait for another sign-in; other refusals are told', async () => {
  const { visitor } = world({ uploads: 'open' });
  await visitor.begin();
  const controller = new AbortController();
  const { signal } = controller;
  const trip = (error) => ({ steps: { requestTicket: async () => { throw error; }, visitor }, signal, report() {} });
  const other = refusal('upload-token-needed');
  await assert.rejects(askTicket({}, trip(other), { signal }), { code: 'upload-token-needed' });
  const waiting = askTicket({}, trip(refusal('token-refused')), { signal });
  await settle();
  assert.ok(visitor.isAwaited);
  controller.abort(new Error('cancelled'));
  await assert.rejects(waiting, { message: 'cancelled' });
  assert.equal(visitor.isAwaited, false);
});
