import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BROADCAST_ORGANISATION_ID, NOTIFY_SERVICE_ID } from '../../src/built-in.ts';
import { type AdminBench, PASSWORD, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const MISSING = ['Missing data for required field.'];
const NUMBER_NEEDED = plain('Mobile number must be set if auth_type is set to sms_auth');
const NO_RESULT = { status: 404, body: plain('No result found') };

describe('users', () => {
  let admin: AdminBench;
  beforeAll(async () => {
    admin = await startAdmin();
  });
  afterAll(() => admin?.stop());

  const newUser = {
    name: 'Alex',
    email_address: 'Alex@example.gov.uk',
    mobile_number: '07700 900100',
    password: PASSWORD,
  };

  test('a new user is pending, with what was typed and without a password to be seen', async () => {
    const { status, body } = await admin.post('/user', { ...newUser, platform_admin: true, id: UNKNOWN });
    expect(status).toBe(201);
    expect(body['data']).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Alex',
      email_address: 'Alex@example.gov.uk',
      mobile_number: '07700 900100',
      auth_type: 'sms_auth',
      state: 'pending',
      platform_admin: false,
      can_use_webauthn: false,
      failed_login_count: 0,
      current_session_id: null,
      logged_in_at: null,
      email_access_validated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      password_changed_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
      organisations: [],
      services: [],
      permissions: {},
    });
    expect(body['data']?.['id']).not.toBe(UNKNOWN);
    const { rows } = await admin.pool.query('select _password from users where name = $1', ['Alex']);
    expect(rows[0]._password).not.toContain(PASSWORD);
  });

  test.each([
    [
      { name: undefined, email_address: undefined },
      { name: MISSING, email_address: MISSING },
    ],
    [{ name: '' }, { name: ['Invalid name'] }],
    [{ name: null }, { name: ['Field may not be null.'] }],
    [{ name: 7 }, { name: ['Not a valid string.'] }],
    [{ email_address: 'nobody' }, { email_address: ['Not a valid email address'] }],
    [{ mobile_number: '07700' }, { mobile_number: ['Invalid phone number: Not enough digits'] }],
    [{ mobile_number: '07700 9001000000000' }, { mobile_number: ['Invalid phone number: Too many digits'] }],
    [{ mobile_number: 'phone me' }, { mobile_number: ['Invalid phone number: Must not contain letters or symbols'] }],
    [{ auth_type: 'sorcery' }, { auth_type: ['Not a valid choice.'] }],
    [{ password: undefined }, { password: MISSING }],
    [{ password: null }, { password: MISSING }],
    [{ password: '' }, { password: MISSING }],
    [{ password: undefined, name: '' }, { name: ['Invalid name'] }],
  ])('refuses a new user with %j', async (facts, message) => {
    const reply = await admin.post('/user', { ...newUser, email_address: 'other@example.gov.uk', ...facts });
    expect(reply).toMatchObject({ status: 400, body: plain(message) });
  });

  test('a user who signs in by text needs a number; others do not', async () => {
    const facts = { ...newUser, mobile_number: null };
    expect(await admin.post('/user', { ...facts, email_address: 'a1@example.gov.uk' })).toMatchObject({
      status: 400,
      body: NUMBER_NEEDED,
    });
    for (const auth_type of ['email_auth', 'webauthn_auth']) {
      const email_address = `${auth_type}@example.gov.uk`;
      const { body } = await admin.post('/user', { ...facts, email_address, auth_type });
      expect(body['data']).toMatchObject({ auth_type, can_use_webauthn: auth_type === 'webauthn_auth' });
    }
  });

  test('an address belongs to one user, whatever the letter case', async () => {
    await admin.post('/user', { ...newUser, email_address: 'taken@example.gov.uk' });
    const again = await admin.post('/user', { ...newUser, email_address: 'TAKEN@example.gov.uk' });
    expect(again).toMatchObject({ status: 400, body: plain({ email_address: ['Email address is already in use'] }) });
    const id = await admin.addUser();
    expect(await admin.post(`/user/${id}`, { email_address: 'taken@example.gov.uk' })).toMatchObject({ status: 400 });
  });

  test('a user is found by id, by address in any letter case, and by a part of it taken literally', async () => {
    const id = await admin.addUser({ email_address: 'Jo_Bloggs@find.example.gov.uk' });
    expect((await admin.get(`/user/${id}`)).body['data']?.['id']).toBe(id);
    const found = await admin.post('/user/email', { email: 'jo_bloggs@FIND.example.gov.uk' });
    expect(found.body['data']?.['id']).toBe(id);
    expect((await admin.get('/user/email?email=jo_bloggs@find.example.gov.uk')).body['data']?.['id']).toBe(id);
    const parts = async (email: string) => (await admin.post('/user/find-users-by-email', { email })).body['data'];
    expect(await parts('O_BLOGGS@FIND')).toEqual([
      { id, name: 'Sam Smith', email_address: 'Jo_Bloggs@find.example.gov.uk', mobile_number: '07700 900123' },
    ]);
    for (const wild of ['jo%find', 'jo.bloggs', 'j__bloggs', 'jo\\_']) expect(await parts(wild)).toEqual([]);
    const { body } = await admin.get('/user');
    expect(body['data']?.map((user) => user['id'])).toContain(id);
  });

  test('unknown users are not found', async () => {
    expect(await admin.get(`/user/${UNKNOWN}`)).toMatchObject(NO_RESULT);
    expect(await admin.post('/user/email', { email: 'nobody@example.com' })).toMatchObject(NO_RESULT);
    expect(await admin.get('/user/email?email=nobody@example.com')).toMatchObject(NO_RESULT);
    expect(await admin.get('/user/email')).toMatchObject({
      status: 400,
      body: plain('Invalid request. Email query string param required'),
    });
    for (const path of ['', '/activate', '/archive', '/reset-failed-login-count', '/email-verification']) {
      expect(await admin.post(`/user/${UNKNOWN}${path}`, {})).toMatchObject(NO_RESULT);
    }
    for (const path of [
      '/verify/password',
      '/verify/code',
      '/update-password',
      '/sms-code',
      '/change-email-verification',
    ]) {
      const body = {
        '/verify/password': { password: 'x' },
        '/verify/code': { code: '1', code_type: 'sms' },
        '/update-password': { _password: 'x' },
        '/change-email-verification': { email: 'a@example.com' },
      };
      expect(await admin.post(`/user/${UNKNOWN}${path}`, body[path as keyof typeof body] ?? {})).toMatchObject(
        NO_RESULT,
      );
    }
  });

  test.each([
    ['/user/email', { email: MISSING }, {}],
    ['/user/email', { email: ['Not a valid email address'] }, { email: 'x' }],
    ['/user/find-users-by-email', { email: MISSING }, {}],
    ['/user/find-users-by-email', { email: ['Not a valid string.'] }, { email: 1 }],
    ['/user/reset-password', { email: ['Not a valid email address'] }, { email: 'x' }],
  ])('%s refuses with %j', async (path, message, body) => {
    expect(await admin.post(path, body)).toMatchObject({ status: 400, body: plain(message) });
  });

  describe('an update', () => {
    test('changes what is given', async () => {
      const id = await admin.addUser();
      const { status, body } = await admin.post(`/user/${id}`, {
        name: 'New name',
        mobile_number: null,
        auth_type: 'email_auth',
        email_access_validated_at: '2026-05-04T10:11:12.000000',
      });
      expect(status).toBe(200);
      expect(body['data']).toMatchObject({
        name: 'New name',
        mobile_number: null,
        auth_type: 'email_auth',
        email_access_validated_at: '2026-05-04T10:11:12.000000Z',
      });
    });

    test.each([
      [{ name: '' }, { name: ['Invalid name'] }],
      [{ email_address: 'x' }, { email_address: ['Not a valid email address'] }],
      [{ mobile_number: '07700' }, { mobile_number: ['Invalid phone number: Not enough digits'] }],
      [{ state: 'active' }, { _schema: ['Unknown field name state'] }],
      [{ platform_admin: true }, { _schema: ['Unknown field name platform_admin'] }],
      [{ mobile_number: null }, 'Mobile number must be set if auth_type is set to sms_auth'],
    ])('refuses %j', async (changes, message) => {
      const id = await admin.addUser();
      expect(await admin.post(`/user/${id}`, changes)).toMatchObject({ status: 400, body: plain(message) });
    });

    test('by nobody who is known is not found', async () => {
      const id = await admin.addUser();
      for (const updated_by of [UNKNOWN, 'nobody', 7]) {
        expect(await admin.post(`/user/${id}`, { name: 'x', updated_by })).toMatchObject(NO_RESULT);
      }
    });

    test('by a colleague is told to the user at the new address, else at the new number, once', async () => {
      const colleague = await admin.addUser({ name: 'Manager' });
      const id = await admin.addUser({ name: 'Member' });
      const before = (await admin.messages()).length;
      await admin.post(`/user/${id}`, {
        email_address: 'new@example.gov.uk',
        mobile_number: '07700900200',
        updated_by: colleague,
      });
      await admin.post(`/user/${id}`, { mobile_number: '07700900201', updated_by: colleague });
      await admin.post(`/user/${id}`, { mobile_number: '07700900202' });
      const values = { name: 'Member', servicemanagername: 'Manager', 'email address': 'new@example.gov.uk' };
      expect((await admin.messages()).slice(before)).toMatchObject([
        { template_id: 'c73f1d71-4049-46d5-a647-d013bdeca3f0', recipient: 'new@example.gov.uk', values },
        { template_id: '8a31520f-4751-4789-8ea1-fe54496725eb', recipient: '07700900201', values },
      ]);
      expect(await admin.post(`/user/${id}`, { name: 'x', updated_by: UNKNOWN })).toMatchObject(NO_RESULT);
    });
  });

  test('a user is activated once', async () => {
    const { body } = await admin.post('/user', { ...newUser, email_address: 'once@example.gov.uk' });
    const path = `/user/${body['data']?.['id']}/activate`;
    expect(await admin.post(path)).toMatchObject({ status: 200, body: { data: { state: 'active' } } });
    expect(await admin.post(path)).toMatchObject({ status: 400, body: plain('User already active') });
  });

  test('a wrong password counts, the right one starts the count again', async () => {
    const id = await admin.addUser();
    const verify = (body: object) => admin.post(`/user/${id}/verify/password`, body);
    const count = async () => (await admin.get(`/user/${id}`)).body['data']?.['failed_login_count'];
    const wrong = { status: 400, body: plain({ password: ['Incorrect password'] }) };
    expect(await verify({ password: 'wrong' })).toMatchObject(wrong);
    expect(await verify({ password: 'wrong' })).toMatchObject(wrong);
    expect(await count()).toBe(2);
    expect(await verify({})).toMatchObject({
      status: 400,
      body: plain({ password: ['Required field missing data'] }),
    });
    expect(await verify({ password: PASSWORD })).toMatchObject({ status: 204, body: null });
    expect(await count()).toBe(0);
    await verify({ password: 'wrong' });
    const reset = await admin.post(`/user/${id}/reset-failed-login-count`, {});
    expect(reset).toMatchObject({ status: 200, body: { data: { failed_login_count: 0 } } });
  });

  test('a new password takes the place of the old one', async () => {
    const id = await admin.addUser();
    const before = (await admin.get(`/user/${id}`)).body['data']?.['password_changed_at'] ?? '';
    const changed = await admin.post(`/user/${id}/update-password`, { _password: 'another one' });
    expect(changed.status).toBe(200);
    expect(String(changed.body['data']?.['password_changed_at']) > String(before)).toBe(true);
    expect(await admin.post(`/user/${id}/verify/password`, { password: PASSWORD })).toMatchObject({ status: 400 });
    expect(await admin.post(`/user/${id}/verify/password`, { password: 'another one' })).toMatchObject({ status: 204 });
    expect(await admin.post(`/user/${id}/update-password`, { _password: 'x', name: 'y' })).toMatchObject({
      status: 400,
      body: plain({ _schema: ['Unknown field name name'] }),
    });
    expect(await admin.post(`/user/${id}/update-password`, {})).toMatchObject({
      status: 400,
      body: plain({ _password: MISSING }),
    });
  });

  test('active services and organisations of a user are listed', async () => {
    const id = await admin.addUser();
    const open = await admin.addService(id, { name: 'An open service', restricted: false });
    const closed = await admin.addService(id, { name: 'A closed service' });
    await admin.post(`/service/${closed}/archive`);
    await admin.pool.query('update services set organisation_id = $2 where id = $1', [open, BROADCAST_ORGANISATION_ID]);
    const values = [id, BROADCAST_ORGANISATION_ID];
    await admin.pool.query('insert into user_to_organisation (user_id, organisation_id) values ($1, $2)', values);
    const { body } = await admin.get(`/user/${id}/organisations-and-services`);
    expect(body).toEqual({
      organisations: [
        { id: BROADCAST_ORGANISATION_ID, name: 'Broadcast Services (development)', count_of_live_services: 1 },
      ],
      services: [{ id: open, name: 'An open service', restricted: false, organisation: BROADCAST_ORGANISATION_ID }],
    });
    expect((await admin.get(`/user/${id}`)).body['data']).toMatchObject({
      organisations: [BROADCAST_ORGANISATION_ID],
      services: [open],
      can_use_webauthn: true,
    });
    expect(await admin.get(`/user/${UNKNOWN}/organisations-and-services`)).toMatchObject(NO_RESULT);
  });

  describe('archiving a user', () => {
    test('needs another manager of settings in each active service', async () => {
      const id = await admin.addUser();
      const other = await admin.addUser();
      const service = await admin.addService(id);
      const archive = () => admin.post(`/user/${id}/archive`);
      const needed = {
        status: 400,
        body: plain(
          'User can’t be removed from a service - check all services have another team member with manage_settings',
        ),
      };
      expect(await archive()).toMatchObject(needed);
      await admin.post(`/service/${service}/users/${other}`, { permissions: [{ permission: 'view_activity' }] });
      expect(await archive()).toMatchObject(needed);
      const permissions = [{ permission: 'manage_settings' }];
      await admin.post(`/user/${other}/service/${service}/permission`, { permissions });
      expect(await archive()).toMatchObject({ status: 204, body: null });
    });

    test('ends the memberships and frees the address', async () => {
      const id = await admin.addUser({ email_address: 'leaver@example.gov.uk' });
      expect((await admin.post(`/user/${id}/archive`)).status).toBe(204);
      const { body } = await admin.get(`/user/${id}`);
      expect(body['data']).toMatchObject({
        email_address: expect.stringMatching(/^_archived_\d{4}-\d\d-\d\d_leaver@example\.gov\.uk$/),
        mobile_number: null,
        auth_type: 'email_auth',
        state: 'inactive',
        current_session_id: '00000000-0000-0000-0000-000000000000',
        services: [],
      });
      await admin.addUser({ email_address: 'leaver@example.gov.uk' });
    });
  });

  test('an imported password is known again, and kept under the scheme of new ones from then on', async () => {
    const id = await admin.addUser();
    const imported = '$2b$12$abcdefghijklmnopqrstuu0sDWleciW5uGBGYwxpcgAsh9WK4bWNy';
    await admin.pool.query('update users set _password = $2 where id = $1', [id, imported]);
    const stored = async () =>
      (await admin.pool.query('select _password, password_changed_at::text from users where id = $1', [id])).rows[0];
    const before = await stored();
    const verify = (password: string) => admin.post(`/user/${id}/verify/password`, { password });
    expect((await verify('wrong')).status).toBe(400);
    expect(await stored()).toEqual(before);
    for (let times = 0; times < 2; times += 1) {
      expect((await verify(PASSWORD)).status).toBe(204);
      expect(await stored()).toEqual({ ...before, _password: expect.stringMatching(/^scrypt\$/) });
    }
    expect((await verify('wrong')).status).toBe(400);
  });

  test('an address can be archived, used and archived again on one day, however long it is', async () => {
    const email_address = `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(60)}.${'z'.repeat(60)}.gov.uk`;
    const archived = async () => {
      const id = await admin.addUser({ email_address });
      expect(await admin.post(`/user/${id}/archive`)).toMatchObject({ status: 204 });
      return String((await admin.get(`/user/${id}`)).body['data']?.['email_address']);
    };
    expect(await archived()).toMatch(/^_archived_\d{4}-\d\d-\d\d_xxx/);
    expect(await archived()).toMatch(/^_archived_\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{3}_xxx/);
  });

  test('the built-in user belongs to the built-in service’s database from the start', async () => {
    const { body } = await admin.get(`/service/${NOTIFY_SERVICE_ID}`);
    expect(body['data']).toMatchObject({ name: 'GOV.UK Notify', created_by: '6af522d0-2915-4e52-83a3-3690455a5fe6' });
  });
});
