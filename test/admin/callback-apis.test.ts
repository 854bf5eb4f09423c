import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { adminRoutes } from '../../src/http/admin/routes.ts';
import { httpApp } from '../../src/http/app.ts';
import { httpServer } from '../../src/http/server.ts';
import type { AdminActions } from '../../src/messages/admin.ts';
import { typedCall } from '../../src/moleculer.ts';
import { ADMIN, type AdminBench, adminToken, plain, SECRETS, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const D2 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const TOKEN = 'a bearer token';

describe.each([
  {
    path: 'delivery-receipt-api',
    type: 'delivery_status',
    notFound: 'Service delivery receipt callback API not found',
  },
  { path: 'inbound-api', type: 'inbound_sms', notFound: 'Service inbound API not found' },
])('the callback at $path', ({ path, type, notFound }) => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  beforeEach(async () => {
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const at = (end = '') => `/service/${service}/${path}${end}`;
  const create = (facts: object = {}) =>
    admin.post(at(), { url: 'https://example.gov.uk/told', bearer_token: TOKEN, updated_by_id: user, ...facts });
  const stored = async () => {
    const record = await admin.directory.service(service);
    return type === 'inbound_sms' ? record?.callbacks.inboundSms : record?.callbacks.deliveryStatus;
  };

  test('is kept with a sealed token that is never told, and holds at once', async () => {
    expect(await stored()).toBeNull();
    const { status, body } = await create();
    expect(status).toBe(201);
    const id = body['data']?.['id'];
    expect(body['data']).toEqual({
      id: expect.any(String),
      service_id: service,
      url: 'https://example.gov.uk/told',
      updated_by_id: user,
      created_at: expect.stringMatching(D2),
      updated_at: null,
    });
    expect((await admin.get(at(`/${id}`))).body).toEqual(body);
    const { rows } = await admin.pool.query(
      'select bearer_token, callback_type from service_callback_api where id = $1',
      [id],
    );
    expect(rows).toEqual([{ bearer_token: expect.not.stringContaining(TOKEN), callback_type: type }]);
    expect(admin.box.open(rows[0].bearer_token)).toBe(TOKEN);
    expect(await stored()).toMatchObject({ id, version: 1, bearerToken: TOKEN });
    expect(JSON.stringify(admin.log.lines)).not.toContain(TOKEN);
    const { body: owner } = await admin.get(`/service/${service}`);
    const listed = type === 'inbound_sms' ? 'inbound_api' : 'service_callback_api';
    expect(owner['data']?.[listed]).toEqual([id]);
  });

  test('a change is a new version in which what is not named stays', async () => {
    const id = (await create()).body['data']?.['id'];
    const other = await admin.addUser();
    const moved = await admin.post(at(`/${id}`), { url: 'https://example.gov.uk/moved', updated_by_id: other });
    expect(moved).toMatchObject({
      status: 200,
      body: {
        data: { url: 'https://example.gov.uk/moved', updated_by_id: other, updated_at: expect.stringMatching(D2) },
      },
    });
    await admin.post(at(`/${id}`), { bearer_token: 'another token', updated_by_id: user });
    expect(await stored()).toMatchObject({
      version: 3,
      url: 'https://example.gov.uk/moved',
      bearerToken: 'another token',
    });
    const { rows } = await admin.pool.query(
      'select version, url, bearer_token as token from service_callback_api_history where id = $1 order by version',
      [id],
    );
    expect(rows.map(({ version, url, token }) => [version, url.slice(-5), admin.box.open(token)])).toEqual([
      [1, '/told', TOKEN],
      [2, 'moved', TOKEN],
      [3, 'moved', 'another token'],
    ]);
  });

  test('a service has one', async () => {
    await create();
    expect(await create()).toMatchObject({
      status: 400,
      body: plain({ name: ['You can only have one URL and bearer token for your service.'] }),
    });
  });

  test('is removed, and its history stays', async () => {
    const id = (await create()).body['data']?.['id'];
    expect(await admin.remove(at(`/${id}`))).toMatchObject({ status: 204, body: null });
    expect(await stored()).toBeNull();
    expect(await admin.remove(at(`/${id}`))).toMatchObject({ status: 404, body: plain(notFound) });
    expect(await admin.get(at(`/${id}`))).toMatchObject(NO_RESULT);
    expect(await admin.post(at(`/${id}`), { updated_by_id: user })).toMatchObject(NO_RESULT);
    const { rows } = await admin.pool.query('select from service_callback_api_history where id = $1', [id]);
    expect(rows).toHaveLength(1);
    expect((await create()).status).toBe(201);
  });

  test.each([
    [{ url: 'http://example.gov.uk' }, 'url is not a valid https url'],
    [{ url: 'https://' }, 'url is not a valid https url'],
    [{ url: 7 }, 'url is not a valid https url'],
    [{ bearer_token: 'too short' }, 'bearer_token too short is too short'],
    [{ updated_by_id: 'me' }, 'updated_by_id is not a valid UUID'],
    [{ url: undefined }, 'url is a required property'],
  ])('is refused with %j', async (facts, message) => {
    const errors = [{ error: 'ValidationError', message }];
    expect(await create(facts)).toMatchObject({ status: 400, body: { status_code: 400, errors } });
  });

  test('unknown services and people are not found', async () => {
    expect(await create({ updated_by_id: UNKNOWN })).toMatchObject(NO_RESULT);
    service = UNKNOWN;
    expect(await create()).toMatchObject(NO_RESULT);
  });

  test('a receiver on a developer’s machine may do without TLS where the program says so', async () => {
    const call = typedCall<AdminActions>(admin.broker);
    const client = { id: ADMIN, secrets: SECRETS.map((secret) => ({ secret })) };
    const { directory, log } = admin;
    const server = httpServer(
      httpApp(
        { directory, log, now: Date.now, timeoutMs: 30_000 },
        adminRoutes({ call, client, callbacksNeedHttps: false }),
      ),
      { port: 0, host: '127.0.0.1' },
    );
    const port = await server.listen();
    const post = (url: string) =>
      fetch(`http://127.0.0.1:${port}${at()}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken()}` },
        body: JSON.stringify({ url, bearer_token: TOKEN, updated_by_id: user }),
      });
    expect((await post('ftp://localhost/told')).status).toBe(400);
    expect((await post('http://localhost:9999/told')).status).toBe(201);
    await server.close();
  });
});
