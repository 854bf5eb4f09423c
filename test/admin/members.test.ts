import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const permissions = (...names: string[]) => names.map((permission) => ({ permission }));

describe('members of a service', () => {
  let admin: AdminBench;
  let owner: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    owner = await admin.addUser();
    service = await admin.addService(owner);
  });
  afterAll(() => admin?.stop());

  const addFolder = async (serviceId = service): Promise<string> => {
    const id = randomUUID();
    await admin.pool.query("insert into template_folder (id, service_id, name) values ($1, $2, 'A folder')", [
      id,
      serviceId,
    ]);
    return id;
  };
  const foldersOf = async (user: string) => {
    const sql = 'select template_folder_id as id from user_folder_permissions where user_id = $1';
    return (await admin.pool.query(sql, [user])).rows.map(({ id }) => id);
  };
  const allowed = async (user: string) => (await admin.get(`/user/${user}`)).body['data']?.['permissions']?.[service];

  test('a user is added with permissions and those of the folders that there are', async () => {
    const user = await admin.addUser();
    const folder = await addFolder();
    const body = {
      permissions: permissions('send_texts', 'view_activity'),
      folder_permissions: [folder, UNKNOWN, 'nonsense'],
    };
    const added = await admin.post(`/service/${service}/users/${user}`, body);
    expect(added).toMatchObject({ status: 201, body: { data: { id: service } } });
    expect(await allowed(user)).toEqual(['send_texts', 'view_activity']);
    expect(await foldersOf(user)).toEqual([folder]);
    expect(await admin.post(`/service/${service}/users/${user}`, body)).toMatchObject({
      status: 400,
      body: plain(`User id: ${user} already part of service id: ${service}`),
    });
    const { body: listed } = await admin.get(`/service/${service}/users`);
    expect(listed['data']?.map((member) => member['id'])).toEqual([owner, user]);
  });

  test('a member may be written to by a service in trial mode at once, and a former one may not', async () => {
    const user = await admin.addUser({ email_address: 'writable@example.gov.uk' });
    const recipients = async () => (await admin.directory.service(service))?.teamRecipients;
    expect(await recipients()).not.toContain('writable@example.gov.uk');
    await admin.post(`/service/${service}/users/${user}`, { permissions: [] });
    expect(await recipients()).toContain('writable@example.gov.uk');
    await admin.post(`/user/${user}`, { email_address: 'moved@example.gov.uk' });
    expect(await recipients()).toContain('moved@example.gov.uk');
    await admin.remove(`/service/${service}/users/${user}`);
    expect(await recipients()).not.toContain('moved@example.gov.uk');
  });

  test.each([
    [{}, 'permissions is a required property'],
    [{ permissions: [{}] }, 'permissions permission is a required property'],
    [{ permissions: [], folder_permissions: [7] }, 'folder_permissions 7 is not of type string'],
    [{ permissions: [], more: 1 }, 'Additional properties are not allowed (more was unexpected)'],
  ])('refuses %j', async (body, message) => {
    const user = await admin.addUser();
    const expected = { status: 400, body: { status_code: 400, errors: [{ error: 'ValidationError', message }] } };
    expect(await admin.post(`/service/${service}/users/${user}`, body)).toMatchObject(expected);
    expect(await admin.post(`/user/${owner}/service/${service}/permission`, body)).toMatchObject(expected);
  });

  test('permissions and folders are replaced together, or not at all', async () => {
    const user = await admin.addUser();
    const [one, two] = [await addFolder(), await addFolder()];
    const elsewhere = await addFolder(await admin.addService(owner));
    await admin.post(`/service/${service}/users/${user}`, {
      permissions: permissions('send_texts'),
      folder_permissions: [one],
    });
    const set = (body: object) => admin.post(`/user/${user}/service/${service}/permission`, body);

    expect(await set({ permissions: permissions('send_emails') })).toMatchObject({ status: 204, body: null });
    expect([await allowed(user), await foldersOf(user)]).toEqual([['send_emails'], [one]]);
    expect(await set({ permissions: permissions('send_letters'), folder_permissions: [two] })).toMatchObject({
      status: 204,
    });
    expect([await allowed(user), await foldersOf(user)]).toEqual([['send_letters'], [two]]);

    for (const folder of [UNKNOWN, elsewhere, 'nonsense']) {
      const reply = await set({ permissions: permissions('manage_users'), folder_permissions: [one, folder] });
      expect(reply).toMatchObject(NO_RESULT);
    }
    expect(await set({ permissions: permissions('rule_the_world') })).toMatchObject(NO_RESULT);
    expect([await allowed(user), await foldersOf(user)]).toEqual([['send_letters'], [two]]);
  });

  test('unknown people, services and permissions are not found', async () => {
    const user = await admin.addUser();
    const body = { permissions: permissions('send_texts') };
    for (const path of [
      `/service/${service}/users/${UNKNOWN}`,
      `/service/${service}/users/nobody`,
      `/service/${UNKNOWN}/users/${user}`,
      `/user/${user}/service/${service}/permission`,
      `/user/${owner}/service/${UNKNOWN}/permission`,
    ]) {
      expect(await admin.post(path, body)).toMatchObject(NO_RESULT);
    }
    const magic = { permissions: permissions('magic') };
    expect(await admin.post(`/service/${service}/users/${user}`, magic)).toMatchObject(NO_RESULT);
    expect(await admin.remove(`/service/${service}/users/${UNKNOWN}`)).toMatchObject(NO_RESULT);
    expect(await admin.remove(`/service/${service}/users/nobody`)).toMatchObject(NO_RESULT);
  });

  test('a member is removed with permissions and folders, but never the only one', async () => {
    const own = await admin.addService(owner);
    const user = await admin.addUser();
    const path = `/service/${own}/users/${user}`;
    expect(await admin.remove(path)).toMatchObject({ status: 404, body: plain('User not found') });
    const folder = await addFolder(own);
    await admin.post(path, { permissions: permissions('send_texts'), folder_permissions: [folder] });
    expect(await admin.remove(path, { user_id: user })).toMatchObject({ status: 204, body: null });
    expect((await admin.get(`/user/${user}`)).body['data']).toMatchObject({ services: [], permissions: {} });
    expect(await admin.remove(`/service/${own}/users/${owner}`)).toMatchObject({
      status: 400,
      body: plain('You cannot remove the only user for a service'),
    });
  });

  test('the same user who is added twice at once is added once; permissions set at once do not mix', async () => {
    const user = await admin.addUser();
    const body = { permissions: permissions('send_texts') };
    const added = await Promise.all([1, 2].map(() => admin.post(`/service/${service}/users/${user}`, body)));
    expect(added.map(({ status }) => status).sort()).toEqual([201, 400]);
    const sets = [
      ['send_texts', 'send_emails'],
      ['send_texts', 'view_activity'],
    ];
    const path = `/user/${user}/service/${service}/permission`;
    const set = await Promise.all(sets.map((names) => admin.post(path, { permissions: permissions(...names) })));
    expect(set.map(({ status }) => status)).toEqual([204, 204]);
    expect(sets).toContainEqual(await allowed(user));
  });

  test('of two members who are removed at once, one stays', async () => {
    const own = await admin.addService(owner);
    const user = await admin.addUser();
    await admin.post(`/service/${own}/users/${user}`, { permissions: [] });
    const replies = await Promise.all([owner, user].map((member) => admin.remove(`/service/${own}/users/${member}`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 400]);
  });
});

describe('invitations to a service', () => {
  let admin: AdminBench;
  let inviter: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    inviter = await admin.addUser({ name: 'Inviter', email_address: 'inviter@example.gov.uk' });
    service = await admin.addService(inviter, { name: 'Inviting service' });
  });
  afterAll(() => admin?.stop());

  const invitation = (facts: object = {}) => ({
    service,
    email_address: 'guest@example.gov.uk',
    from_user: inviter,
    created_by: inviter,
    permissions: 'send_texts,view_activity',
    ...facts,
  });
  const invite = async (facts: object = {}) =>
    String((await admin.post(`/service/${service}/invite`, invitation(facts))).body['data']?.['id']);
  const newest = async () => (await admin.messages()).at(-1);

  test('an invitation is stored and sent; answers go to the inviter', async () => {
    const reply = await admin.post(`/service/${service}/invite`, invitation({ invite_link_host: 'https://a.example' }));
    const invite = {
      id: expect.any(String),
      service,
      from_user: inviter,
      email_address: 'guest@example.gov.uk',
      permissions: 'send_texts,view_activity',
      folder_permissions: [],
      auth_type: 'sms_auth',
      status: 'pending',
      created_at: expect.stringMatching(/\+00:00$/),
    };
    expect(reply).toMatchObject({ status: 201, body: { data: invite } });
    expect(await newest()).toEqual({
      template_id: '4f46df42-f795-4cc4-83bb-65ca312f49cc',
      recipient: 'guest@example.gov.uk',
      reply_to_text: 'inviter@example.gov.uk',
      values: {
        user_name: 'Inviter',
        service_name: 'Inviting service',
        url: expect.stringMatching(/^https:\/\/a\.example\/invitation\/[\w%-]+$/),
      },
    });
    const { body } = await admin.get(`/service/${service}/invite`);
    expect(body['data']).toEqual([invite]);
  });

  test('a broadcast service invites with a message of its own', async () => {
    const broadcasting = await admin.addService(inviter, { permissions: ['broadcast'] });
    await invite({ service: broadcasting });
    expect(await newest()).toMatchObject({ template_id: '46152f7c-6901-41d5-8590-a5624d0d4359' });
  });

  test('its link names it for two days', async () => {
    const id = await invite();
    const token = (await newest())?.values['url']?.split('/').at(-1) ?? '';
    expect(token).toMatch(/%2E/);
    for (const spelling of [token, encodeURIComponent(token), token.replaceAll('%2E', '.')]) {
      expect((await admin.get(`/invite/service/check/${spelling}`)).body['data']?.['id']).toBe(id);
      expect((await admin.get(`/invite/service/${spelling}`)).body['data']?.['id']).toBe(id);
    }
    admin.clock.ahead = 2 * 86_400_000 + 2000;
    const expired = await admin.get(`/invite/service/check/${token}`);
    admin.clock.ahead = 0;
    expect(expired).toMatchObject({
      status: 400,
      body: plain({
        invitation:
          'Your invitation to GOV.UK Notify has expired. Please ask the person that invited you to send you another one',
      }),
    });
    await admin.pool.query('delete from invited_users where id = $1', [id]);
    expect(await admin.get(`/invite/service/check/${token}`)).toMatchObject(NO_RESULT);
    expect(await admin.get('/invite/service/check/nonsense')).toMatchObject({
      status: 400,
      body: plain({
        invitation: 'Something’s wrong with this link. Make sure you’ve copied the whole thing.',
      }),
    });
  });

  test('any status may follow any other', async () => {
    const id = await invite();
    for (const path of [`/service/${service}/invite/${id}`, `/invite/service/${id}`]) {
      expect((await admin.get(path)).body['data']).toMatchObject({ id, status: 'pending' });
    }
    for (const status of ['cancelled', 'accepted', 'pending']) {
      expect(await admin.post(`/service/${service}/invite/${id}`, { status })).toMatchObject({
        status: 200,
        body: { data: { id, status } },
      });
    }
    expect(await admin.post(`/service/${service}/invite/${id}`, { created_by: inviter })).toMatchObject({
      status: 200,
      body: { data: { id, status: 'pending' } },
    });
    expect(await admin.post(`/service/${service}/invite/${id}`, { status: 'lost' })).toMatchObject({
      status: 400,
      body: plain({ status: ['Not a valid choice.'] }),
    });
  });

  test.each([
    [{ email_address: 'x' }, { email_address: ['Not a valid email address'] }],
    [{ email_address: undefined }, { email_address: ['Missing data for required field.'] }],
    [{ auth_type: 'x' }, { auth_type: ['Not a valid choice.'] }],
  ])('refuses %j', async (facts, message) => {
    const reply = await admin.post(`/service/${service}/invite`, invitation(facts));
    expect(reply).toMatchObject({ status: 400, body: plain(message) });
  });

  test('unknown services, people and invitations are not found', async () => {
    expect(await admin.post(`/service/x/invite`, invitation({ service: UNKNOWN }))).toMatchObject(NO_RESULT);
    expect(await admin.post(`/service/x/invite`, invitation({ from_user: UNKNOWN }))).toMatchObject(NO_RESULT);
    for (const path of [
      `/service/${service}/invite/${UNKNOWN}`,
      `/service/${service}/invite/x`,
      `/invite/service/${UNKNOWN}`,
    ]) {
      expect(await admin.get(path)).toMatchObject(NO_RESULT);
    }
    expect(await admin.post(`/service/x/invite/x`, { status: 'accepted' })).toMatchObject(NO_RESULT);
    expect((await admin.get(`/service/${UNKNOWN}/invite`)).body).toEqual({ data: [] });
  });
});
