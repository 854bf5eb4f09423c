import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

describe('what the path names is looked up before the body is checked', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  test.each([
    ['/user/UNKNOWN', { name: '' }],
    ['/user/UNKNOWN', '{'],
    ['/user/UNKNOWN/verify/password', {}],
    ['/user/UNKNOWN/update-password', {}],
    ['/user/UNKNOWN/sms-code', { to: 7 }],
    ['/user/UNKNOWN/change-email-verification', {}],
    ['/user/UNKNOWN/service/SERVICE/permission', {}],
    ['/user/USER/service/UNKNOWN/permission', {}],
    ['/service/UNKNOWN', { name: null }],
    ['/service/UNKNOWN/users/USER', {}],
    ['/service/SERVICE/users/UNKNOWN', {}],
    ['/service/SERVICE/users/nobody', {}],
    ['/service/SERVICE/invite/UNKNOWN', { status: 'x' }],
    ['/service/UNKNOWN/api-key', {}],
    ['/service/UNKNOWN/template', {}],
    ['/service/SERVICE/template/UNKNOWN', { name: 7 }],
    ['/service/UNKNOWN/email-reply-to', {}],
    ['/service/UNKNOWN/sms-sender', {}],
  ])('%s with %j', async (path, body) => {
    const where = path.replace('UNKNOWN', UNKNOWN).replace('SERVICE', service).replace('USER', user);
    expect(await admin.post(where, body)).toMatchObject(NO_RESULT);
  });

  test('a member is one already, whatever the body', async () => {
    const message = `User id: ${user} already part of service id: ${service}`;
    for (const body of [{}, { permissions: [{ permission: 'unknown' }] }]) {
      expect(await admin.post(`/service/${service}/users/${user}`, body)).toMatchObject({
        status: 400,
        body: plain(message),
      });
    }
  });

  test('templates of a channel that is off are refused before what is wrong with their change', async () => {
    const other = await admin.addService(user);
    const template = { name: 'A', template_type: 'sms', content: 'x', service: other, created_by: user };
    const { body } = await admin.post(`/service/${other}/template`, template);
    await admin.post(`/service/${other}`, { permissions: ['email'] });
    expect(await admin.post(`/service/${other}/template/${body['data']?.['id']}`, { name: 7 })).toMatchObject({
      status: 403,
      body: plain({ template_type: ['Updating text message templates is not allowed'] }),
    });
  });

  test('whoever has five codes gets none, whatever the body, and no other kinds', async () => {
    const someone = await admin.addUser();
    const unknownUrl = expect.stringContaining('The requested URL was not found');
    const other = { status: 404, body: { result: 'error', message: unknownUrl } };
    expect(await admin.post(`/user/${someone}/pigeon-code`, {})).toMatchObject(other);
    for (let sent = 0; sent < 5; sent += 1) await admin.post(`/user/${someone}/sms-code`, { to: '' });
    for (const kind of ['sms', 'email', 'pigeon']) {
      expect(await admin.post(`/user/${someone}/${kind}-code`, { to: 7 })).toMatchObject({ status: 204 });
    }
    expect(await admin.request('POST', `/user/${someone}/pigeon-code`)).toMatchObject({ status: 401 });
  });
});
