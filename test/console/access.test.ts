import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { consoleBench } from './bench.ts';

const TOKEN = 'a-token-for-the-console';
let bench: Awaited<ReturnType<typeof consoleBench>>;

beforeAll(async () => {
  bench = await consoleBench({ token: TOKEN });
});

afterAll(() => bench.close());

describe('with a token', () => {
  test.each([
    ['without it', '/', {}],
    ['with another', '/', { authorization: 'Bearer another' }],
    ['with another in the address', '/?token=another', {}],
    ['with a made-up cookie', '/', { cookie: 'console=1' }],
  ])('nothing is shown to a request %s', async (_title, path, headers) => {
    const { status, text } = await bench.get(path, headers);
    expect(status).toBe(401);
    expect(text).toBe('A token is needed to see this.\n');
  });

  test('the token as a bearer opens every page', async () => {
    const { status } = await bench.get('/charts/notification', { authorization: `Bearer ${TOKEN}` });
    expect(status).toBe(200);
  });

  test('the token in the address opens the pages from then on, and leaves the address', async () => {
    const { status, headers } = await bench.get(`//charts/notification?token=${TOKEN}`);
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('/charts/notification');
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(TOKEN);
    expect((await bench.get('/', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
  });
});

test('without a token it listens on loopback only, whatever the host', async () => {
  const open = await consoleBench({ host: '192.0.2.1' });
  expect((await open.get('/')).status).toBe(200);
  await open.close();
});

test('a page that cannot be made says so, and the log says why', async () => {
  const failure = new Error('the database is away');
  const broken = await consoleBench({ readActors: () => Promise.reject(failure) });
  const { status, text } = await broken.get('/');
  expect(status).toBe(500);
  expect(text).not.toContain('database is away');
  expect(broken.errors).toEqual([{ err: failure }]);
  await broken.close();
});
