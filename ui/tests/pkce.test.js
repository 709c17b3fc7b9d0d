import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SignInError, answerIn, authorizationURL, beginAttempt, challengeOf, codeOf, endSessionURL, exchangeForm, identityOf,
  isForOpener,
} from '../pkce.js';

const directions = {
  issuer: 'https://id.example', clientId: 'page', scopes: 'openid email',
  authorizationEndpoint: 'https://id.example/authorize?tenant=one', tokenEndpoint: 'https://id.example/token',
};
const attempt = { state: 'w.s', nonce: 'n', verifier: 'v', returnTo: 'https://pictures.example/' };
const now = 1_700_000_000_000;
const claims = { iss: 'https://id.example', aud: 'page', nonce: 'n', exp: now / 1000 + 600, sub: '1', name: 'Zoë' };
const tokenOf = (value) => `e30.${Buffer.from(JSON.stringify(value)).toString('base64url')}.c2ln`;

test('the challenge is the one of RFC 7636, appendix B', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  assert.equal(challengeOf(verifier), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('each attempt has secrets of its own, long enough for a verifier', () => {
  const [one, other] = [beginAttempt('https://a/', true), beginAttempt('https://a/', true)];
  for (const name of ['state', 'nonce', 'verifier']) assert.notEqual(one[name], other[name]);
  assert.match(one.verifier, /^[\w-]{43}$/);
  assert.ok(isForOpener(one) && !isForOpener(beginAttempt('https://a/', false)));
});

test('the browser is sent with the challenge, never with the verifier', () => {
  const url = new URL(authorizationURL(directions, { ...attempt, verifier: 'secret-verifier' }));
  assert.equal(url.searchParams.get('tenant'), 'one');
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(url.searchParams.get('redirect_uri'), attempt.returnTo);
  assert.equal(url.searchParams.get('nonce'), 'n');
  assert.doesNotMatch(url.href, /secret-verifier/);
  assert.equal(exchangeForm(directions, attempt, 'c').get('code_verifier'), 'v');
});

test('an address is an answer only with a state and a code or an error', () => {
  assert.equal(answerIn('?after=12'), undefined);
  assert.equal(answerIn('?code=c'), undefined);
  assert.deepEqual(answerIn('?code=c&state=s&iss=i'), { state: 's', code: 'c', error: undefined, issuer: 'i' });
});

test('an answer to another attempt, of another issuer, or with an error gives no code', () => {
  assert.equal(codeOf({ state: 'w.s', code: 'c', issuer: directions.issuer }, attempt, directions), 'c');
  const bad = [{ state: 'x', code: 'c' }, { state: 'w.s', code: 'c', issuer: 'https://evil.example' },
    { state: 'w.s', error: 'access_denied' }, { state: 'w.s', code: 'c', error: 'server_error' }, { state: 'w.s' }];
  for (const answer of bad) assert.throws(() => codeOf(answer, attempt, directions), SignInError);
  assert.throws(() => codeOf({ state: 'w.s', code: 'c' }, undefined, directions), SignInError);
});

test('a token is taken only with our nonce, issuer and audience, and before its end', () => {
  const good = identityOf(tokenOf({ ...claims, aud: ['x', 'page'] }), attempt, directions, now);
  assert.deepEqual([good.name, good.expiresAt], ['Zoë', now + 600_000]);
  const bad = [{ nonce: 'other' }, { nonce: undefined }, { iss: 'https://evil.example' }, { aud: 'x' }, { exp: 'soon' },
    { exp: now / 1000 - 61 }];
  for (const change of bad) {
    assert.throws(() => identityOf(tokenOf({ ...claims, ...change }), attempt, directions, now), SignInError);
  }
  for (const token of [undefined, '', 'a.b.c', tokenOf(null), 'e30.!!!.x']) {
    assert.throws(() => identityOf(token, attempt, directions, now), SignInError);
  }
});

test('signing out leads to the provider only where it has a place for it', () => {
  assert.equal(endSessionURL(directions, 'https://a/'), undefined);
  const url = new URL(endSessionURL({ ...directions, endSessionEndpoint: 'https://id.example/logout' }, 'https://a/'));
  assert.equal(url.searchParams.get('logout_uri'), 'https://a/');
});
