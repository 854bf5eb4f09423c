import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureDemoService } from '../../src/db/demo-service.ts';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const _MISSING = ['Missing data for required field.'];
const NO_RESULT = { status: 404, body: plain('No result found') };
const _ZEROS = { requested: 0, delivered: 0, failed: 0 };

describe('a service', () => {
  let admin: AdminBench;
  let user: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  afterAll(() => admin?.stop());

  const rows = async (sql: string, ...values: unknown[]) => (await admin.pool.query(sql, values)).rows;
  const versions = async (id: string) =>
    await rows('select version, active, name, created_by_id from services_history where id = $1 order by version', id);

  describe('an update', () => {
    test('changes what is given and makes a version in the name of the editor', async () => {
      const id = await admin.addService(user);
      const editor = await admin.addUser();
      const changes = {
        name: `Renamed ${id}`,
        contact_link: 'https://example.gov.uk',
        go_live_at: '2026-05-04 10:11:12.131415',
        go_live_user: editor,
        volume_sms: '12',
        prefix_sms: 'False',
        message_limit: 1000,
        consent_to_research: null,
        billing_reference: 'B1',
        created_by: editor,
        free_sms_fragment_limit: 7,
      };
      const { status, body } = await admin.post(`/service/${id}`, changes);
      expect(status).toBe(200);
      expect(body['data']).toMatchObject({
        name: `Renamed ${id}`,
        contact_link: 'https://example.gov.uk',
        go_live_at: '2026-05-04 10:11:12.131000',
        go_live_user: editor,
        volume_sms: 12,
        prefix_sms: false,
        message_limit: 1000,
        sms_message_limit: 1000,
        international_sms_message_limit: 100,
        created_by: editor,
      });
      expect(await versions(id)).toMatchObject([
        { version: 1, created_by_id: user },
        { version: 2, created_by_id: editor, name: `Renamed ${id}` },
      ]);
      await admin.post(`/service/${id}`, {});
      expect(await versions(id)).toHaveLength(3);
    });

    test('replaces the permissions as a set', async () => {
      const id = await admin.addService(user);
      const set = async (permissions: string[]) => (await admin.post(`/service/${id}`, { permissions })).body;
      expect((await set(['sms', 'email_auth']))['data']?.['permissions']).toEqual(['email_auth', 'sms']);
      expect(await set(['sms', 'magic'])).toEqual(plain({ permissions: ["Invalid Service Permission: 'magic'"] }));
      expect(await set(['sms', 'sms'])).toEqual(plain({ permissions: ["Duplicate Service Permission: ['sms']"] }));
      expect((await admin.get(`/service/${id}`)).body['data']?.['permissions']).toEqual(['email_auth', 'sms']);
      expect(await versions(id)).toHaveLength(2);
    });

    test('chooses brandings and clears them', async () => {
      const id = await admin.addService(user);
      const [branding] = await rows('select id from email_branding');
      const chosen = await admin.post(`/service/${id}`, { email_branding: branding.id });
      expect(chosen.body['data']?.['email_branding']).toBe(branding.id);
      expect((await admin.post(`/service/${id}`, { name: `N ${id}` })).body['data']?.['email_branding']).toBe(
        branding.id,
      );
      expect((await admin.post(`/service/${id}`, { email_branding: '' })).body['data']?.['email_branding']).toBeNull();
      expect(await admin.post(`/service/${id}`, { email_branding: UNKNOWN })).toMatchObject(NO_RESULT);
    });

    test.each([
      [{ message_limit: 1.5e12 }, { message_limit: ['Not a valid integer.'] }],
      [{ go_live_at: 'soon' }, { go_live_at: ['Not a valid datetime.'] }],
      [{ name: null }, { name: ['Field may not be null.'] }],
      [{ organisation_type: 'pirates' }, { organisation_type: ['Not a valid choice.'] }],
    ])('refuses %j', async (changes, message) => {
      const id = await admin.addService(user);
      expect(await admin.post(`/service/${id}`, changes)).toMatchObject({ status: 400, body: plain(message) });
    });

    test('refuses a name that is taken, and an unknown service', async () => {
      const [one, two] = [await admin.addService(user), await admin.addService(user)];
      const name = (await admin.get(`/service/${one}`)).body['data']?.['name'];
      expect(await admin.post(`/service/${two}`, { name })).toMatchObject({
        status: 400,
        body: plain({ name: [`Duplicate service name '${name}'`] }),
      });
      expect(await admin.post(`/service/${UNKNOWN}`, { name })).toMatchObject(NO_RESULT);
    });

    test('to live is told to every active member, once', async () => {
      const owner = await admin.addUser({ name: 'Owner', email_address: 'owner@example.gov.uk' });
      const id = await admin.addService(owner, { name: 'Going live' });
      const before = (await admin.messages()).length;
      const live = { restricted: false, message_limit: 250_000 };
      for (let times = 0; times < 2; times += 1) expect((await admin.post(`/service/${id}`, live)).status).toBe(200);
      expect((await admin.messages()).slice(before)).toMatchObject([
        {
          template_id: '618185c6-3636-49cd-b7d2-6f6f5eb3bdde',
          recipient: 'owner@example.gov.uk',
          values: { name: 'Owner', service_name: 'Going live', message_limit: '250,000' },
        },
      ]);
    });
  });

  test('archiving frees the name, archives templates and expires keys, each with a version', async () => {
    const demo = await ensureDemoService(admin.orm, admin.box);
    const id = demo.serviceId;
    expect(await admin.post(`/service/${id}/archive`)).toMatchObject({ status: 204, body: null });
    const { body } = await admin.get(`/service/${id}`);
    expect(body['data']).toMatchObject({
      active: false,
      name: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_Demo service$/),
      email_from: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_demo\.service$/),
    });
    const states = await rows(
      `select t.archived, h.archived as kept from templates t
       join templates_history h on h.id = t.id and h.version = t.version where t.service_id = $1`,
      id,
    );
    expect(states).toEqual([1, 2, 3].map(() => ({ archived: true, kept: true })));
    const keys = await rows(
      `select k.expiry_date is null as live, h.expiry_date is null as kept_live, k.version from api_keys k
       join api_keys_history h on h.id = k.id and h.version = k.version where k.service_id = $1`,
      id,
    );
    expect(keys).toEqual([1, 2, 3].map(() => ({ live: false, kept_live: false, version: 2 })));
    expect((await admin.post(`/service/${id}/archive`)).status).toBe(204);
    expect((await admin.get(`/service/${id}`)).body['data']?.['name']).toBe(body['data']?.['name']);
  });

  test('a name can be archived, used and archived again on one day, however long it is', async () => {
    const facts = { name: 'N'.repeat(255), email_from: 'n'.repeat(255) };
    const archived = async () => {
      const id = await admin.addService(user, facts);
      expect(await admin.post(`/service/${id}/archive`)).toMatchObject({ status: 204 });
      return (await admin.get(`/service/${id}`)).body['data'];
    };
    expect(await archived()).toMatchObject({ name: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_N+$/) });
    expect(await archived()).toMatchObject({
      name: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{3}_N+$/),
      email_from: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{3}_n+$/),
    });
  });

  test('a suspended service is resumed without its keys', async () => {
    const id = await admin.addService(user);
    await admin.addKey(id, user);
    expect(await admin.post(`/service/${id}/suspend`)).toMatchObject({ status: 204 });
    expect((await admin.get(`/service/${id}`)).body['data']?.['active']).toBe(false);
    expect(await admin.post(`/service/${id}/resume`)).toMatchObject({ status: 204 });
    expect((await admin.get(`/service/${id}`)).body['data']?.['active']).toBe(true);
    expect(await rows('select expiry_date is null as live from api_keys where service_id = $1', id)).toEqual([
      { live: false },
    ]);
    await admin.post(`/service/${id}/resume`);
    expect((await versions(id)).map(({ active }) => active)).toEqual([true, false, true]);
  });
});
