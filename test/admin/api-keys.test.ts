import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const MISSING = ['Missing data for required field.'];
const NO_RESULT = { status: 404, body: plain('No result found') };
const REVOKED = 'Invalid token: API key revoked';

describe('API keys', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const newKey = (facts: object = {}) => ({ name: 'My key', key_type: 'team', created_by: user, ...facts });
  const keys = async () => (await admin.get(`/service/${service}/api-keys`)).body['apiKeys'];

  test('the secret of a new key is told once and stored sealed', async () => {
    const { status, body } = await admin.post(`/service/${service}/api-key`, newKey());
    expect(status).toBe(201);
    expect(body).toEqual({ data: expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/) });
    const secret = String(body['data']);
    const { rows } = await admin.pool.query(
      `select k.secret, h.secret as kept from api_keys k join api_keys_history h on h.id = k.id and h.version = 1
       where k.service_id = $1`,
      [service],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].secret).not.toContain(secret);
    expect([admin.box.open(rows[0].secret), rows[0].kept]).toEqual([secret, rows[0].secret]);
    expect(await keys()).toEqual([
      {
        id: expect.any(String),
        name: 'My key',
        key_type: 'team',
        created_by: user,
        created_at: expect.stringMatching(/\+00:00$/),
        updated_at: null,
        expiry_date: null,
        version: 1,
      },
    ]);
    expect(JSON.stringify(admin.log.lines)).not.toContain(secret);
  });

  test.each([
    [
      { name: undefined, key_type: undefined },
      { name: MISSING, key_type: MISSING },
    ],
    [{ name: 'Other', created_by: undefined }, { created_by: MISSING }],
    [{ name: 'Other', key_type: 'skeleton' }, { key_type: ['Not a valid choice.'] }],
    [{}, { name: ["Duplicate key name 'My key'"] }],
  ])('refuses a new key with %j', async (facts, message) => {
    const reply = await admin.post(`/service/${service}/api-key`, newKey(facts));
    expect(reply).toMatchObject({ status: 400, body: plain(message) });
  });

  test('unknown services, people and keys are not found', async () => {
    expect(await admin.post(`/service/${UNKNOWN}/api-key`, newKey())).toMatchObject(NO_RESULT);
    const strange = newKey({ name: 'Strange', created_by: UNKNOWN });
    expect(await admin.post(`/service/${service}/api-key`, strange)).toMatchObject(NO_RESULT);
    expect(await admin.post(`/service/${service}/api-key/revoke/${UNKNOWN}`)).toMatchObject(NO_RESULT);
    expect(await admin.get(`/service/${UNKNOWN}/api-keys/${UNKNOWN}`)).toMatchObject(NO_RESULT);
    expect(await admin.get(`/service/${service}/api-keys/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: plain(`API key not found for id: ${service}`),
    });
  });

  test('a key works as soon as it is made, and no longer than until it is revoked', async () => {
    const other = await admin.addService(user, { name: 'Quick service' });
    const first = await admin.addKey(other, user, 'first');
    expect(await admin.whoami(first)).toMatchObject({ status: 200, body: { service: 'Quick service', key: 'first' } });
    const second = await admin.addKey(other, user, 'second');
    expect(await admin.whoami(second)).toMatchObject({ status: 200, body: { key: 'second' } });

    const listed = (await admin.get(`/service/${other}/api-keys`)).body['apiKeys'];
    const id = listed?.find(({ name }) => name === 'first')?.['id'];
    const revoke = () => admin.post(`/service/${other}/api-key/revoke/${id}`, { created_by: user });
    expect(await revoke()).toMatchObject({ status: 202, body: {} });
    expect(await admin.whoami(first)).toMatchObject({ status: 403, body: { errors: [{ message: REVOKED }] } });
    expect(await admin.whoami(second)).toMatchObject({ status: 200 });

    const { rows } = await admin.pool.query('select version from api_keys_history where id = $1 order by 1', [id]);
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
    expect(await revoke()).toMatchObject({ status: 202 });
    expect(await admin.get(`/service/${other}/api-keys/${id}`)).toMatchObject({ status: 404 });
    expect((await admin.addKey(other, user, 'first')).startsWith('first-')).toBe(true);
  });

  test('changes of the service hold at once, too', async () => {
    const other = await admin.addService(user, { name: 'Before' });
    const key = await admin.addKey(other, user);
    expect(await admin.whoami(key)).toMatchObject({ body: { service: 'Before' } });
    await admin.post(`/service/${other}`, { name: 'After' });
    expect(await admin.whoami(key)).toMatchObject({ body: { service: 'After' } });
    await admin.post(`/service/${other}/archive`);
    expect(await admin.whoami(key)).toMatchObject({
      status: 403,
      body: { errors: [{ message: 'Invalid token: service is archived' }] },
    });
  });

  test('revoked keys are listed for a week', async () => {
    const other = await admin.addService(user);
    for (const name of ['live', 'recent', 'old']) await admin.addKey(other, user, name);
    const expire = (name: string, days: number) =>
      admin.pool.query(
        `update api_keys set expiry_date = now() - make_interval(days => $3) where service_id = $1 and name = $2`,
        [other, name, days],
      );
    await expire('recent', 6);
    await expire('old', 7);
    const { body } = await admin.get(`/service/${other}/api-keys`);
    expect(body['apiKeys']?.map(({ name }) => name).sort()).toEqual(['live', 'recent']);
  });
});
