import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN, type AdminBench, adminToken, plain, SECRETS, startAdmin, tokenOf, UNKNOWN } from './admin-bench.ts';

const EXAMPLE =
  'Invalid token: make sure your API token matches the example at https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header';
const CLOCK = 'Error: Your system clock must be accurate to within 30 seconds';

describe('the internal API', () => {
  let admin: AdminBench;
  beforeAll(async () => {
    admin = await startAdmin();
  });
  afterAll(() => admin?.stop());

  const seconds = () => Math.floor(Date.now() / 1000);

  test.each(SECRETS)('accepts a token signed with any secret of the client', async (secret) => {
    const { status } = await admin.request('GET', '/organisations', { token: adminToken({}, secret) });
    expect(status).toBe(200);
  });

  test.each([
    ['no token', undefined, 401, 'Unauthorized: authentication token must be provided'],
    ['an unreadable token', 'abc', 403, EXAMPLE],
    ['no issuer', tokenOf({}, SECRETS[0]), 403, 'Invalid token: iss field not provided'],
    [
      'another client',
      tokenOf({ iss: 'govuk-alerts' }, SECRETS[0]),
      401,
      'Unauthorized: not allowed to perform this action',
    ],
    ['a service', tokenOf({ iss: UNKNOWN }, SECRETS[0]), 401, 'Unauthorized: not allowed to perform this action'],
    ['an unknown secret', tokenOf({ iss: ADMIN }, 'some secret'), 403, 'Invalid token: API key not found'],
    ['no time', tokenOf({ iss: ADMIN, iat: undefined }, SECRETS[0]), 403, 'Invalid token: API key not found'],
    [
      'another algorithm',
      tokenOf({ iss: ADMIN }, SECRETS[0], { typ: 'JWT', alg: 'HS512' }),
      403,
      'Invalid token: algorithm used is not HS256',
    ],
    ['a time that is no number', tokenOf({ iss: ADMIN, iat: 'now' }, SECRETS[0]), 403, CLOCK],
  ])('refuses %s', async (_, token, status, text) => {
    const reply = await admin.request('GET', '/organisations', token === undefined ? {} : { token });
    expect(reply).toMatchObject({ status, body: plain({ token: [text] }) });
  });

  test.each([-40, 40])('refuses a token of a clock that is %d seconds off', async (off) => {
    const { body } = await admin.request('GET', '/organisations', { token: adminToken({ iat: seconds() + off }) });
    expect(body).toEqual(plain({ token: [CLOCK] }));
  });

  test('takes the scheme in any letter case, and no other scheme', async () => {
    const as = async (authorization: string) =>
      (await fetch(`${admin.url}/organisations`, { headers: { authorization } })).status;
    expect(await as(`bEARER ${adminToken()}`)).toBe(200);
    expect(await as(`Basic ${adminToken()}`)).toBe(401);
  });

  test('an unknown path is a 404 and a wrong method a 405, without authentication', async () => {
    expect(await admin.request('GET', '/nowhere')).toMatchObject({ status: 404 });
    const wrong = await admin.request('PUT', '/organisations');
    expect(wrong).toMatchObject({ status: 405, body: plain('The method is not allowed for the requested URL.') });
  });

  test('paths match exactly: no trailing slash, no id that is not a UUID', async () => {
    for (const path of ['/service/', '/user/abc', '/service/123']) {
      expect(await admin.get(path)).toMatchObject({
        status: 404,
        body: plain(
          'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
        ),
      });
    }
  });

  test('HEAD works where GET does', async () => {
    expect(await admin.request('HEAD', '/organisations', { token: adminToken() })).toMatchObject({ status: 200 });
  });

  test('an id is known in any letter case', async () => {
    const id = await admin.addUser();
    expect((await admin.get(`/user/${id.toUpperCase()}`)).body['data']?.['id']).toBe(id);
  });

  test('the user on whose behalf the client acts is logged, where it is one', async () => {
    for (const named of [UNKNOWN, 'someone']) {
      const headers = { authorization: `Bearer ${adminToken()}`, 'x-notify-user-id': named };
      await fetch(`${admin.url}/organisations`, { headers });
    }
    const [known, unknown] = admin.log.lines.slice(-2).map(({ facts }) => facts);
    expect(known).toMatchObject({ user_id: UNKNOWN });
    expect(unknown).not.toHaveProperty('user_id');
  });

  test('every response carries the CORS headers', async () => {
    const { headers } = await admin.get('/organisations');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-methods')).toBe('GET,PUT,POST,DELETE');
  });

  test.each(['', '{', '[]', '"text"', 'null'])('a route that needs a body refuses %j with a text', async (body) => {
    const reply = await admin.post('/user', body);
    expect(reply.status).toBe(400);
    expect(typeof reply.body['message']).toBe('string');
  });
});
