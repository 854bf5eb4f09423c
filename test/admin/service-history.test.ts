import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BROADCAST_ORGANISATION_ID } from '../../src/built-in.ts';
import { type AdminBench, startAdmin, UNKNOWN } from './admin-bench.ts';

const OFFSET = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/);
const SPACED = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);

describe('what became of a service', () => {
  let admin: AdminBench;
  let user: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  afterAll(() => admin?.stop());

  test('is every version of itself, its keys and its templates', async () => {
    const id = await admin.addService(user, { name: 'First name', email_from: 'first' });
    const editor = await admin.addUser({ name: 'Editor', email_address: 'editor@example.gov.uk' });
    await admin.post(`/service/${id}`, { name: 'Second name', restricted: false, created_by: editor });
    await admin.addKey(id, user, 'A key');
    const [key] = (await admin.get(`/service/${id}/api-keys`)).body['apiKeys'] ?? [];
    await admin.post(`/service/${id}/api-key/revoke/${key?.['id']}`, { created_by: user });
    const hidden = (await admin.get(`/service/${id}/template/precompiled`)).body['id'];

    const { status, body } = await admin.get(`/service/${id}/history`);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['data']);
    const version = { id, created_at: OFFSET, active: true, message_limit: 50, email_from: 'first' };
    expect(body['data']?.['service_history']).toEqual([
      { ...version, name: 'First name', restricted: true, updated_at: null, created_by_id: user, version: 1 },
      { ...version, name: 'Second name', restricted: false, updated_at: OFFSET, created_by_id: editor, version: 2 },
    ]);
    const aKey = { id: key?.['id'], name: 'A key', service_id: id, created_at: OFFSET, created_by_id: user };
    expect(body['data']?.['api_key_history']).toEqual([
      { ...aKey, expiry_date: null, updated_at: null },
      { ...aKey, expiry_date: OFFSET, updated_at: OFFSET },
    ]);
    expect(body['data']?.['template_history']).toMatchObject([
      { id: hidden, hidden: true, version: 1, created_at: SPACED, broadcast_messages: [] },
    ]);
    expect(body['data']?.['template_history']?.[0]).not.toHaveProperty('folder');
    expect(body['data']?.['events']).toEqual([]);
  });

  test('is nothing for an unknown one', async () => {
    expect(await admin.get(`/service/${UNKNOWN}/history`)).toMatchObject({
      status: 200,
      body: { data: { service_history: [], api_key_history: [], template_history: [], events: [] } },
    });
  });

  test('and whose it is: an organisation’s or nobody’s', async () => {
    const id = await admin.addService(user);
    const organisation = `/service/${id}/organisation`;
    expect(await admin.get(organisation)).toMatchObject({ status: 200, body: {} });
    await admin.post(`/organisations/${BROADCAST_ORGANISATION_ID}/service`, { service_id: id });
    const known = (await admin.get(`/organisations/${BROADCAST_ORGANISATION_ID}`)).body;
    expect((await admin.get(organisation)).body).toEqual(known);
    expect(await admin.get(`/service/${UNKNOWN}/organisation`)).toMatchObject({ status: 200, body: {} });
  });
});
