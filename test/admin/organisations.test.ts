import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BROADCAST_ORGANISATION_ID } from '../../src/built-in.ts';
import { type AdminBench, newService, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const CITY = '11111111-1111-4111-8111-111111111111';
const PARKS = '22222222-2222-4222-8222-222222222222';
const CLOSED = '33333333-3333-4333-8333-333333333333';

const NO_RESULT = { status: 404, body: plain('No result found') };

describe('organisations', () => {
  let admin: AdminBench;
  beforeAll(async () => {
    admin = await startAdmin();
    await admin.pool.query(
      `insert into organisation (id, name, active, organisation_type, agreement_signed, agreement_signed_at) values
         ($1, 'City', true, 'local', true, '2022-04-21T10:11:12Z'), ($2, 'Parks', true, 'local', null, null),
         ($3, 'A closed one', false, 'other', null, null)`,
      [CITY, PARKS, CLOSED],
    );
    await admin.pool.query(
      `insert into domain (domain, organisation_id) values ('city.gov.uk', $1), ('parks.city.gov.uk', $2)`,
      [CITY, PARKS],
    );
    const creator = await admin.addUser({ email_address: 'mayor@city.gov.uk' });
    await admin.addService(creator, { restricted: false });
    await admin.addService(creator);
  });
  afterAll(() => admin?.stop());

  test('are listed with the active ones first, then by name', async () => {
    const { status, body } = await admin.get('/organisations');
    expect(status).toBe(200);
    expect(body.map(({ id }) => id)).toEqual([BROADCAST_ORGANISATION_ID, CITY, PARKS, CLOSED]);
    expect(body[1]).toEqual({
      id: CITY,
      name: 'City',
      active: true,
      count_of_live_services: 1,
      domains: ['city.gov.uk'],
      organisation_type: 'local',
    });
  });

  test('are shown one by one, with the time of the agreement as in HTTP headers', async () => {
    expect((await admin.get(`/organisations/${CITY}`)).body).toEqual({
      id: CITY,
      name: 'City',
      active: true,
      crown: null,
      organisation_type: 'local',
      domains: ['city.gov.uk'],
      count_of_live_services: 1,
      agreement_signed: true,
      agreement_signed_at: 'Thu, 21 Apr 2022 10:11:12 GMT',
      agreement_signed_by_id: null,
      agreement_signed_version: null,
      agreement_signed_on_behalf_of_name: null,
      agreement_signed_on_behalf_of_email_address: null,
      email_branding_id: null,
      letter_branding_id: null,
      request_to_go_live_notes: null,
      notes: null,
      purchase_order_number: null,
      billing_contact_names: null,
      billing_contact_email_addresses: null,
      billing_reference: null,
    });
    expect(await admin.get(`/organisations/${UNKNOWN}`)).toMatchObject({ status: 404, body: plain('No result found') });
  });

  test.each([
    ['city.gov.uk', CITY],
    ['CITY.GSI.GOV.UK', CITY],
    ['roads.city.gov.uk', CITY],
    ['parks.city.gov.uk', PARKS],
    ['rose.parks.city.gov.uk', PARKS],
  ])('own %s by their longest domain', async (domain, id) => {
    expect((await admin.get(`/organisations/by-domain?domain=${domain}`)).body['id']).toBe(id);
  });

  test('that own no such domain are a 404; no domain, or an address, is a 400', async () => {
    for (const domain of ['velocity.gov.uk', 'gov.uk', '%25']) {
      const reply = await admin.get(`/organisations/by-domain?domain=${domain}`);
      expect(reply).toMatchObject({ status: 404, body: { message: expect.stringMatching(/^The requested URL/) } });
    }
    for (const query of ['', '?domain=', '?domain=a@city.gov.uk']) {
      expect(await admin.get(`/organisations/by-domain${query}`)).toMatchObject({
        status: 400,
        body: plain('The browser (or proxy) sent a request that this server could not understand.'),
      });
    }
  });
});

describe('changing organisations', () => {
  let admin: AdminBench;
  let user: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser({ name: 'Signer', email_address: 'signer@example.gov.uk' });
  });
  afterAll(() => admin?.stop());

  const rows = async (sql: string, ...values: unknown[]) => (await admin.pool.query(sql, values)).rows;
  const invalid = (message: string) => ({
    status: 400,
    body: { status_code: 400, errors: [{ error: 'ValidationError', message }] },
  });
  const add = async (facts: object = {}) => {
    const organisation = { name: `Organisation ${Math.random()}`, crown: false, organisation_type: 'local', ...facts };
    return String((await admin.post('/organisations', organisation)).body['id']);
  };

  test('a new one has what was asked for', async () => {
    const asked = {
      name: 'Harbours',
      crown: true,
      organisation_type: 'central',
      agreement_signed: false,
      active: null,
    };
    const { status, body } = await admin.post('/organisations', asked);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...asked, active: true, domains: [], count_of_live_services: 0 });
    expect(await admin.post('/organisations', asked)).toMatchObject({
      status: 400,
      body: plain('Organisation name already exists'),
    });
  });

  test.each([
    [{ name: undefined }, 'name is a required property'],
    [{ crown: null }, 'crown None is not of type boolean'],
    [
      { organisation_type: 'nhs' },
      'organisation_type nhs is not one of [central, local, nhs_central, nhs_local, nhs_gp, emergency_service, school_or_college, other]',
    ],
  ])('a new one with %j is refused', async (facts, message) => {
    const asked = { name: 'Piers', crown: true, organisation_type: 'central', ...facts };
    expect(await admin.post('/organisations', asked)).toMatchObject(invalid(message));
  });

  test('an update changes what is given; domains are replaced, in lower case', async () => {
    const id = await add();
    const update = (changes: object) => admin.post(`/organisations/${id}`, changes);
    expect(await update({ notes: 'N', domains: ['Old.gov.uk', 'other.gov.uk'] })).toMatchObject({
      status: 204,
      body: null,
    });
    expect(await update({ domains: ['NEW.gov.uk'], agreement_signed_at: '2022-04-21 10:11:12.123456' })).toMatchObject({
      status: 204,
    });
    expect((await admin.get(`/organisations/${id}`)).body).toMatchObject({
      notes: 'N',
      domains: ['new.gov.uk'],
      agreement_signed_at: 'Thu, 21 Apr 2022 10:11:12 GMT',
    });
    const other = await add({ name: 'Lighthouses' });
    expect(await update({ name: 'Lighthouses' })).toMatchObject({ body: plain('Organisation name already exists') });
    expect(await admin.post(`/organisations/${other}`, { domains: ['new.gov.uk'] })).toMatchObject({
      status: 400,
      body: plain('Domain already exists'),
    });
    expect(await admin.post(`/organisations/${UNKNOWN}`, {})).toMatchObject({
      status: 404,
      body: plain('Organisation not found'),
    });
    expect(await update({ email_branding_id: UNKNOWN })).toMatchObject(NO_RESULT);
    expect((await update({ organisation_type: null })).status).toBe(400);
    expect((await update({ agreement_signed_at: 'soon' })).body['errors']?.[0]).toMatchObject({
      message: expect.stringMatching(/^agreement_signed_at datetime format is invalid/),
    });
  });

  test('type and crown are copied to its services, brandings to those without; each has a new version', async () => {
    const id = await add();
    const [branding] = await rows('select id from email_branding');
    const [one, two] = [await admin.addService(user), await admin.addService(user)];
    for (const service_id of [one, two]) {
      expect(await admin.post(`/organisations/${id}/service`, { service_id })).toMatchObject({ status: 204 });
    }
    const update = { organisation_type: 'central', crown: true, email_branding_id: branding.id };
    await admin.post(`/organisations/${id}`, update);
    for (const service of [one, two]) {
      const history = 'select version, organisation_type, crown from services_history where id = $1 order by version';
      expect(await rows(history, service)).toEqual([
        { version: 1, organisation_type: 'local', crown: false },
        { version: 2, organisation_type: 'local', crown: false },
        { version: 3, organisation_type: 'central', crown: true },
      ]);
      expect((await admin.get(`/service/${service}`)).body['data']?.['email_branding']).toBe(branding.id);
    }
    const { body } = await admin.get(`/organisations/${id}/services`);
    expect(body.map((service) => service['id']).sort()).toEqual([one, two].sort());
    expect(body[0]).toEqual({
      id: expect.any(String),
      name: expect.any(String),
      active: true,
      restricted: true,
      research_mode: false,
    });
  });

  test('a new one has no other columns', async () => {
    for (const unknown of [{ domains: ['a.gov.uk'] }, { logo: 'x' }]) {
      const [name] = Object.keys(unknown);
      expect(
        await admin.post('/organisations', { name: 'N', crown: true, organisation_type: 'other', ...unknown }),
      ).toMatchObject({ status: 400, body: plain(`Unknown field name ${name}`) });
    }
  });

  test('brandings make no version of services that have their own', async () => {
    const organisation = await add();
    const [ownBranding, without] = [await admin.addService(user), await admin.addService(user)];
    for (const service_id of [ownBranding, without])
      await admin.post(`/organisations/${organisation}/service`, { service_id });
    const { body } = await admin.post('/email-branding', { name: 'A branding', brand_type: 'org' });
    const email_branding_id = String(body['data']?.['id']);
    await admin.post(`/service/${ownBranding}`, { email_branding: email_branding_id });
    await admin.post(`/organisations/${organisation}`, { email_branding_id });
    const versions = async (id: string) => (await rows('select version from services where id = $1', id))[0]?.version;
    expect([await versions(ownBranding), await versions(without)]).toEqual([3, 3]);
  });

  test('a service that joins has the allowance of its type', async () => {
    const id = await add({ organisation_type: 'central' });
    const service = String((await admin.post('/service', newService(user))).body['data']?.['id']);
    await admin.post(`/organisations/${id}/service`, { service_id: service.toUpperCase() });
    expect(
      await rows('select free_sms_fragment_limit as n from annual_billing where service_id = $1', service),
    ).toEqual([{ n: 40_000 }]);
    expect(await admin.post(`/organisations/${id}/service`, {})).toMatchObject(
      invalid('service_id is a required property'),
    );
    expect(await admin.post(`/organisations/${id}/service`, { service_id: UNKNOWN })).toMatchObject(NO_RESULT);
    expect(await admin.post(`/organisations/${UNKNOWN}/service`, { service_id: service })).toMatchObject(NO_RESULT);
    expect(await admin.get(`/organisations/${UNKNOWN}/services`)).toMatchObject(NO_RESULT);
  });

  test('who signs the agreement gets a receipt, and so does the person it is signed for', async () => {
    const id = await add({ name: 'Canals' });
    const before = (await admin.messages()).length;
    const signed = { agreement_signed: true, agreement_signed_by_id: user };
    await admin.post(`/organisations/${id}`, signed);
    await admin.post(`/organisations/${id}`, {
      ...signed,
      agreement_signed_on_behalf_of_name: 'Boss',
      agreement_signed_on_behalf_of_email_address: 'boss@example.gov.uk',
    });
    expect((await admin.messages()).slice(before)).toMatchObject([
      {
        template_id: '4fd2e43c-309b-4e50-8fb8-1955852d9d71',
        recipient: 'signer@example.gov.uk',
        values: {
          mou_link: 'https://admin.example/agreement/non-crown.pdf',
          org_name: 'Canals',
          org_dashboard_link: `https://admin.example/organisations/${id}`,
          signed_by_name: 'Signer',
        },
      },
      { template_id: '522b6657-5ca5-4368-a294-6b527703bd0b', recipient: 'boss@example.gov.uk' },
      {
        template_id: 'c20206d5-bf03-4002-9a90-37d5032d9e84',
        recipient: 'signer@example.gov.uk',
        values: { on_behalf_of_name: 'Boss' },
      },
    ]);
  });

  test('members are added, listed and removed', async () => {
    const id = await add();
    const path = `/organisations/${id}/users/${user}`;
    expect(await admin.remove(path)).toMatchObject({ status: 404, body: plain('User not found') });
    expect((await admin.post(path, {})).body['data']?.['organisations']).toContain(id);
    expect(await admin.post(path, {})).toMatchObject({ status: 400 });
    const listed = async () => (await admin.get(`/organisations/${id}/users`)).body['data']?.map((each) => each['id']);
    expect(await listed()).toEqual([user]);
    expect(await admin.remove(path)).toMatchObject({ status: 204, body: null });
    expect(await listed()).toEqual([]);
    expect(await admin.post(`/organisations/${id}/users/${UNKNOWN}`, {})).toMatchObject(NO_RESULT);
    expect(await admin.remove(`/organisations/${UNKNOWN}/users/${user}`)).toMatchObject(NO_RESULT);
    expect((await admin.get(`/organisations/${UNKNOWN}/users`)).body).toEqual({ data: [] });
  });

  test('invitations are sent, named by their link, and answered', async () => {
    const id = await add({ name: 'Bridges' });
    const asked = { email_address: 'guest@example.gov.uk', invited_by: user };
    const { status, body } = await admin.post(`/organisation/${id}/invite`, asked);
    expect(status).toBe(201);
    const invite = body['data']?.['id'];
    expect(body['data']).toEqual({
      id: expect.any(String),
      organisation: id,
      invited_by: user,
      email_address: 'guest@example.gov.uk',
      status: 'pending',
      created_at: expect.stringMatching(/\.\d{6}Z$/),
    });
    const message = (await admin.messages()).at(-1);
    expect(message).toMatchObject({
      template_id: '203566f0-d835-47c5-aa06-932439c86573',
      recipient: 'guest@example.gov.uk',
      reply_to_text: 'signer@example.gov.uk',
      values: { user_name: 'Signer', organisation_name: 'Bridges' },
    });
    const token = message?.values['url']?.replace('https://admin.example/organisation-invitation/', '');
    for (const path of [`check/${token}`, `${token}`, `${invite}`]) {
      expect((await admin.get(`/invite/organisation/${path}`)).body['data']?.['id']).toBe(invite);
    }
    expect((await admin.get(`/organisation/${id}/invite`)).body['data']).toEqual([body['data']]);
    expect((await admin.get(`/organisation/${id}/invite/${invite}`)).body['data']).toEqual(body['data']);
    const answered = await admin.post(`/organisation/${id}/invite/${invite}`, { status: 'accepted' });
    expect(answered).toMatchObject({ status: 200, body: { data: { status: 'accepted' } } });
    expect(await admin.post(`/organisation/${id}/invite/${invite}`, { status: 'x' })).toMatchObject(
      invalid('status x is not one of [pending, accepted, cancelled]'),
    );
    expect(await admin.get(`/organisation/${id}/invite/x`)).toMatchObject(NO_RESULT);
    expect(await admin.post(`/organisation/${UNKNOWN}/invite`, asked)).toMatchObject(NO_RESULT);
    expect(await admin.post(`/organisation/${id}/invite`, { ...asked, email_address: 'x' })).toMatchObject(
      invalid('email_address Not a valid email address'),
    );
    expect((await admin.get('/invite/organisation/check/x')).body['message']?.['invitation']).toMatch(
      /^Something’s wrong/,
    );
    await admin.pool.query('update users set platform_admin = true where id = $1', [user]);
    await admin.post(`/organisation/${id}/invite`, asked);
    expect((await admin.messages()).at(-1)?.values['user_name']).toBe('The GOV.UK Notify team');
  });

  test('what is done in the admin application is kept', async () => {
    const event = { event_type: 'sucessful_login', data: { ip_address: '127.0.0.1', browser_fingerprint: 'x' } };
    const { status, body } = await admin.post('/events', event);
    expect(status).toBe(201);
    expect(body['data']).toEqual({ id: expect.any(String), created_at: expect.stringMatching(/\+00:00$/), ...event });
    expect(await rows('select event_type, data from events')).toEqual([event]);
    expect(await admin.post('/events', { data: [] })).toMatchObject({
      status: 400,
      body: plain({ event_type: ['Missing data for required field.'], data: ['Not a valid mapping type.'] }),
    });
  });
});
