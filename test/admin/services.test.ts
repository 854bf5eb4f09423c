import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BROADCAST_ORGANISATION_ID } from '../../src/built-in.ts';
import { type AdminBench, newService, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const MISSING = ['Missing data for required field.'];
const NO_RESULT = { status: 404, body: plain('No result found') };
const _ZEROS = { requested: 0, delivered: 0, failed: 0 };

describe('services', () => {
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

  test('a new service is in trial mode with a member, a sender, an allowance and a first version', async () => {
    const asked = newService(user);
    const { status, body } = await admin.post('/service', { ...asked, service_domain: 'dropped' });
    expect(status).toBe(201);
    const service = body['data'];
    expect(service).toEqual({
      id: expect.any(String),
      name: asked.name,
      active: true,
      restricted: true,
      research_mode: false,
      email_from: asked.email_from,
      message_limit: 50,
      email_message_limit: 50,
      sms_message_limit: 50,
      letter_message_limit: 50,
      international_sms_message_limit: 50,
      rate_limit: 3000,
      prefix_sms: true,
      count_as_live: true,
      permissions: ['email', 'international_letters', 'international_sms', 'letter', 'sms', 'upload_letters'],
      created_by: user,
      organisation: null,
      organisation_type: 'local',
      email_branding: null,
      letter_branding: null,
      go_live_at: null,
      go_live_user: null,
      contact_link: null,
      consent_to_research: null,
      volume_email: null,
      volume_sms: null,
      volume_letter: null,
      notes: null,
      purchase_order_number: null,
      billing_contact_names: null,
      billing_contact_email_addresses: null,
      billing_reference: null,
      inbound_api: [],
      service_callback_api: [],
      allowed_broadcast_provider: null,
      broadcast_channel: null,
    });
    const id = String(service?.['id']);
    expect((await admin.get(`/user/${user}`)).body['data']?.['permissions']?.[id]).toEqual([
      'manage_users',
      'manage_templates',
      'manage_settings',
      'send_texts',
      'send_emails',
      'send_letters',
      'manage_api_keys',
      'view_activity',
    ]);
    expect(await rows('select sms_sender, is_default from service_sms_senders where service_id = $1', id)).toEqual([
      { sms_sender: 'GOVUK', is_default: true },
    ]);
    expect(await rows('select free_sms_fragment_limit from annual_billing where service_id = $1', id)).toEqual([
      { free_sms_fragment_limit: 20_000 },
    ]);
    expect(await rows('select crown from services where id = $1', id)).toEqual([{ crown: false }]);
    expect(await versions(id)).toMatchObject([{ version: 1, name: asked.name }]);
  });

  test.each([
    [{ user_id: undefined, name: undefined }, { user_id: MISSING }],
    [
      { name: undefined, restricted: undefined },
      { name: MISSING, restricted: MISSING },
    ],
    [{ email_from: undefined }, { email_from: MISSING }],
    [{ message_limit: 'many' }, { message_limit: ['Not a valid integer.'] }],
    [{ restricted: 'perhaps' }, { restricted: ['Not a valid boolean.'] }],
    [{ name: 'x'.repeat(256) }, { name: ['Longer than maximum length 255.'] }],
    [{ created_by: 'me' }, { created_by: ['Not a valid UUID.'] }],
    [{ organisation_type: 'pirates' }, { organisation_type: ['Not a valid choice.'] }],
    [{ colour: 'red' }, 'Unknown field name colour'],
  ])('refuses a new service with %j', async (facts, message) => {
    const reply = await admin.post('/service', { ...newService(user), ...facts });
    expect(reply).toMatchObject({ status: 400, body: plain(message) });
  });

  test('a new service is active, sends really, and counts as its creator says', async () => {
    const admins = await admin.addUser();
    await admin.pool.query('update users set platform_admin = true where id = $1', [admins]);
    const asked = { ...newService(admins), active: false, research_mode: true, count_as_live: true };
    expect((await admin.post('/service', asked)).body['data']).toMatchObject({
      active: true,
      research_mode: false,
      count_as_live: false,
    });
  });

  test('the creator is asked for first and alone, and looked up last', async () => {
    for (const user_id of [undefined, null, '']) {
      expect(await admin.post('/service', { user_id })).toMatchObject({
        status: 400,
        body: plain({ user_id: MISSING }),
      });
    }
    const { name: _, ...nameless } = newService('nobody');
    expect(await admin.post('/service', { ...nameless, created_by: user })).toMatchObject({
      status: 400,
      body: plain({ name: MISSING }),
    });
    expect(await admin.post('/service', { ...newService('nobody'), created_by: user })).toMatchObject({
      status: 404,
      body: plain('No result found'),
    });
  });

  test('of people who are unknown there is no service', async () => {
    expect(await admin.post('/service', newService(UNKNOWN))).toMatchObject(NO_RESULT);
    expect(await admin.post('/service', { ...newService(user), created_by: UNKNOWN })).toMatchObject(NO_RESULT);
  });

  test('a name and an email sender are one service’s; nothing is left of a service that was refused', async () => {
    const taken = newService(user);
    await admin.post('/service', taken);
    const before = await rows('select count(*)::int as count from services_history');
    for (const same of ['name', 'email_from'] as const) {
      const asked = { ...newService(user), [same]: taken[same] };
      expect(await admin.post('/service', asked)).toMatchObject({
        status: 400,
        body: plain({ name: [`Duplicate service name '${asked.name}'`] }),
      });
    }
    expect(await rows('select count(*)::int as count from services_history')).toEqual(before);
  });

  test('a service belongs to the organisation of its creator’s address, with its type and brandings', async () => {
    const [branding] = await rows("select id from email_branding where name = 'NHS'");
    await admin.pool.query(`insert into domain values ('city.gov.uk', $1);`, [BROADCAST_ORGANISATION_ID]);
    await admin.pool.query('update organisation set email_branding_id = $2, crown = true where id = $1', [
      BROADCAST_ORGANISATION_ID,
      branding.id,
    ]);
    const creator = await admin.addUser({ email_address: 'someone@parks.city.gsi.gov.uk' });
    const service = await admin.post('/service', newService(creator));
    expect(service.body['data']).toMatchObject({
      organisation: BROADCAST_ORGANISATION_ID,
      organisation_type: 'central',
      email_branding: branding.id,
    });
  });

  test('services of the NHS have its brandings', async () => {
    const nurse = await admin.addUser({ email_address: 'nurse@ward.nhs.uk' });
    const { body } = await admin.post('/service', { ...newService(nurse), organisation_type: undefined });
    expect(body['data']).toMatchObject({ email_branding: expect.any(String), letter_branding: expect.any(String) });
    const byType = await admin.post('/service', { ...newService(user), organisation_type: 'nhs_gp' });
    expect(byType.body['data']).toMatchObject({ email_branding: expect.any(String) });
  });

  test('services of a platform admin do not count as live', async () => {
    const operator = await admin.addUser();
    await admin.pool.query('update users set platform_admin = true where id = $1', [operator]);
    expect((await admin.post('/service', newService(operator))).body['data']?.['count_as_live']).toBe(false);
  });

  test('services are listed for all, for a user, and only active ones', async () => {
    const member = await admin.addUser();
    const [one, two] = [await admin.addService(member), await admin.addService(member)];
    await admin.post(`/service/${two}/archive`);
    const ids = async (query: string) => (await admin.get(`/service${query}`)).body['data']?.map((each) => each['id']);
    expect(await ids(`?user_id=${member}`)).toEqual([one, two]);
    expect(await ids(`?user_id=${member}&only_active=True`)).toEqual([one]);
    expect(await ids(`?user_id=${member}&detailed=True`)).toEqual([one, two]);
    expect(await ids('')).toEqual(expect.arrayContaining([one, two]));
    expect(await ids('?detailed=True&only_active=True')).not.toContain(two);
    expect((await admin.get('/service?user_id=me')).status).toBe(404);
    expect((await admin.get('/service?detailed=True&start_date=yesterday')).status).toBe(400);
  });

  test('services are found by a part of the name, taken literally', async () => {
    const id = await admin.addService(user, { name: 'Save 100% on Parking' });
    const find = async (text: string) =>
      (await admin.get(`/service/find-services-by-name?service_name=${encodeURIComponent(text)}`)).body['data'];
    expect(await find('100% ON')).toEqual([
      { id, name: 'Save 100% on Parking', active: true, restricted: true, research_mode: false },
    ]);
    expect(await find('Save%Parking')).toEqual([]);
    expect(await admin.get('/service/find-services-by-name')).toMatchObject({
      status: 400,
      body: plain({ service_name: MISSING }),
    });
  });

  test('unknown services are not found', async () => {
    for (const path of ['', '?detailed=True', '/users', '/api-keys']) {
      expect(await admin.get(`/service/${UNKNOWN}${path}`)).toMatchObject(NO_RESULT);
    }
    for (const verb of ['archive', 'suspend', 'resume']) {
      expect(await admin.post(`/service/${UNKNOWN}/${verb}`)).toMatchObject(NO_RESULT);
    }
  });
});
