import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, signed, startApi, tokenFor, v2Error } from './api-bench.ts';
import { addKey, addService } from './set-up.ts';

const GENERAL =
  'Invalid token: make sure your API token matches the example at https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header';
const CLOCK = 'Error: Your system clock must be accurate to within 30 seconds';
const NOT_FOUND = 'Invalid token: API key not found';
const ISSUER = 'Invalid token: service id is not the right data type';

const seconds = (offset = 0): number => Math.floor(Date.now() / 1000) + offset;

describe('authentication of /v2', () => {
  let api: ApiBench;
  let key: string;
  let serviceId: string;
  let secret: string;
  beforeAll(async () => {
    api = await startApi();
    key = api.demo.apiKeys.normal;
    serviceId = key.slice(-73, -37);
    secret = key.slice(-36);
  });
  afterAll(() => api?.stop());

  const tryHeader = (authorization?: string) =>
    api.request('GET', '/v2/templates', { headers: authorization === undefined ? {} : { authorization } });
  const tryToken = (token: string) => tryHeader(`Bearer ${token}`);
  const tryClaims = (claims: object, header?: object) => tryToken(tokenFor(key, claims, header));

  test.each<[string, string | undefined, number, string]>([
    ['a missing header', undefined, 401, 'Unauthorized: authentication token must be provided'],
    ['an empty header', '', 401, 'Unauthorized: authentication token must be provided'],
    ['another scheme', 'Basic abc', 401, 'Unauthorized: authentication bearer scheme must be used'],
    ['no scheme', 'abc', 401, 'Unauthorized: authentication bearer scheme must be used'],
    ['an empty token', 'Bearer ', 403, GENERAL],
    ['a token that is no JWT', 'Bearer foobar', 403, GENERAL],
    ['a token of two parts', 'Bearer e30.e30', 403, GENERAL],
    ['a token of four parts', 'Bearer e30.e30.e30.e30', 403, GENERAL],
    ['a header that is no JSON', `Bearer ${signed('x', '{}', 's')}`, 403, GENERAL],
    ['a payload that is no object', `Bearer ${signed('{}', '[]', 's')}`, 403, GENERAL],
    ['no issuer', `Bearer ${signed('{}', '{}', 's')}`, 403, 'Invalid token: iss field not provided'],
    ['an issuer that is no UUID', `Bearer ${signed('{}', '{"iss":"me"}', 's')}`, 403, ISSUER],
    ['an issuer that is no text', `Bearer ${signed('{}', '{"iss":5}', 's')}`, 403, ISSUER],
    ['an issuer that is null', `Bearer ${signed('{}', '{"iss":null}', 's')}`, 403, ISSUER],
  ])('%s is refused', async (_, header, status, message) => {
    const reply = await tryHeader(header);
    expect(reply).toMatchObject({ status, body: v2Error(status, 'AuthError', message) });
    expect(reply.headers.get('www-authenticate')).toBeNull();
  });

  test('an unknown service is refused', async () => {
    expect(await tryClaims({ iss: randomUUID() })).toMatchObject({
      status: 403,
      body: v2Error(403, 'AuthError', 'Invalid token: service not found'),
    });
  });

  test('a service without keys, or with keys revoked long ago, is refused before it is found archived', async () => {
    const bare = await addService(api);
    await addKey(api, bare, { revokedDaysAgo: 8 });
    await api.pool.query('update services set active = false where id = $1', [bare]);
    const body = v2Error(403, 'AuthError', 'Invalid token: service has no API keys');
    expect(await tryClaims({ iss: bare })).toMatchObject({ status: 403, body });
  });

  test('an archived service is refused before the algorithm is looked at', async () => {
    const archived = await addService(api);
    const itsKey = await addKey(api, archived);
    await api.pool.query('update services set active = false where id = $1', [archived]);
    const body = v2Error(403, 'AuthError', 'Invalid token: service is archived');
    expect(await tryToken(tokenFor(itsKey, {}, { alg: 'none' }))).toMatchObject({ status: 403, body });
  });

  test.each(['none', 'HS512', 'hs256', undefined, 5])('algorithm %s is refused before the signature', async (alg) => {
    const body = v2Error(403, 'AuthError', 'Invalid token: algorithm used is not HS256');
    expect(await tryClaims({}, { typ: 'JWT', alg })).toMatchObject({ status: 403, body });
  });

  test.each<[string, object, string]>([
    ['a missing iat', { iat: undefined }, NOT_FOUND],
    ['iat over 30 seconds ago', { iat: seconds(-35) }, CLOCK],
    ['iat over 30 seconds ahead', { iat: seconds(35) }, CLOCK],
    ['iat that is no number', { iat: 'now' }, CLOCK],
    ['iat that is null', { iat: null }, CLOCK],
    ['nbf over 30 seconds ahead', { nbf: seconds(35) }, CLOCK],
    ['nbf that is no number', { nbf: 'now' }, GENERAL],
    ['exp over 30 seconds ago', { exp: seconds(-35) }, GENERAL],
    ['an audience', { aud: 'notify' }, GENERAL],
    ['a sub that is no text', { sub: 5 }, GENERAL],
    ['a jti that is no text', { jti: 5 }, GENERAL],
    ['a stale token with an audience', { iat: seconds(-35), aud: 'notify' }, CLOCK],
  ])('%s is refused', async (_, claims, message) => {
    expect(await tryClaims(claims)).toMatchObject({ status: 403, body: v2Error(403, 'AuthError', message) });
  });

  test('a wrong secret reads as an unknown key even when the token is stale', async () => {
    const wrong = key.slice(0, -36) + randomUUID();
    const body = v2Error(403, 'AuthError', NOT_FOUND);
    expect(await tryToken(tokenFor(wrong))).toMatchObject({ status: 403, body });
    expect(await tryToken(tokenFor(wrong, { iat: 5 }))).toMatchObject({ status: 403, body });
  });

  test('a revoked key says so, after the clock was found right', async () => {
    const revoked = await addKey(api, serviceId, { revokedDaysAgo: 1 });
    const body = v2Error(403, 'AuthError', 'Invalid token: API key revoked');
    expect(await tryToken(tokenFor(revoked))).toMatchObject({ status: 403, body });
    expect(await tryToken(tokenFor(revoked, { iat: 5 }))).toMatchObject({ body: v2Error(403, 'AuthError', CLOCK) });
  });

  test('a key revoked over seven days ago is unknown', async () => {
    const revoked = await addKey(api, serviceId, { revokedDaysAgo: 8 });
    expect(await tryToken(tokenFor(revoked))).toMatchObject({ body: v2Error(403, 'AuthError', NOT_FOUND) });
  });

  test.each<[string, () => string]>([
    ['iat as a float', () => `Bearer ${tokenFor(key, { iat: seconds() + 0.5 })}`],
    ['iat as text', () => `Bearer ${tokenFor(key, { iat: String(seconds()) })}`],
    ['iat almost 30 seconds ago', () => `Bearer ${tokenFor(key, { iat: seconds(-28) })}`],
    ['iat 30 seconds ahead', () => `Bearer ${tokenFor(key, { iat: seconds(30) })}`],
    ['exp just passed', () => `Bearer ${tokenFor(key, { exp: seconds(-20) })}`],
    ['unknown claims', () => `Bearer ${tokenFor(key, { hello: 'there' })}`],
    ['any typ', () => `Bearer ${tokenFor(key, {}, { typ: 'other', alg: 'HS256' })}`],
    ['an issuer in upper case', () => `Bearer ${tokenFor(key, { iss: serviceId.toUpperCase() })}`],
    ['an issuer without hyphens', () => `Bearer ${tokenFor(key, { iss: serviceId.replaceAll('-', '') })}`],
    ['scheme in lower case', () => `bearer ${tokenFor(key)}`],
    ['scheme in upper case', () => `BEARER ${tokenFor(key)}`],
  ])('%s is accepted', async (_, header) => {
    expect(await tryHeader(header())).toMatchObject({ status: 200 });
  });

  test('the second of two live keys is accepted too', async () => {
    const other = await addKey(api, serviceId);
    expect(secret).not.toBe(other.slice(-36));
    expect(await tryToken(tokenFor(other))).toMatchObject({ status: 200 });
  });
});
