import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

describe('security keys', () => {
  let admin: AdminBench;
  beforeAll(async () => {
    admin = await startAdmin();
  });
  afterAll(() => admin?.stop());

  const key = (facts: object = {}) => ({
    name: 'Blue key',
    credential_data: 'AAA',
    registration_response: 'BBB',
    ...facts,
  });

  test('are added, listed, renamed and removed down to the last one', async () => {
    const user = await admin.addUser();
    const path = `/user/${user}/webauthn`;
    const { status, body } = await admin.post(path, key());
    expect(status).toBe(201);
    const first = body['data'];
    expect(first).toEqual({
      id: expect.any(String),
      user_id: user,
      name: 'Blue key',
      credential_data: 'AAA',
      created_at: expect.stringMatching(/\.\d{6}Z$/),
      updated_at: null,
    });
    expect((await admin.get(path)).body).toEqual({ data: [first] });
    expect(await admin.remove(`${path}/${first?.['id']}`)).toMatchObject({
      status: 400,
      body: plain('Cannot delete last remaining webauthn credential for user'),
    });
    expect((await admin.post(`${path}/${first?.['id']}`, { name: 'Red key' })).body['data']).toMatchObject({
      name: 'Red key',
      updated_at: expect.stringMatching(/Z$/),
    });
    await admin.post(path, key({ name: 'Other key' }));
    expect(await admin.remove(`${path}/${first?.['id']}`)).toMatchObject({ status: 204, body: null });
    expect((await admin.get(path)).body['data']?.map(({ name }) => name)).toEqual(['Other key']);
  });

  test('belong to their user', async () => {
    const [user, other] = [await admin.addUser(), await admin.addUser()];
    const id = (await admin.post(`/user/${user}/webauthn`, key())).body['data']?.['id'];
    for (const [whose, which] of [
      [other, id],
      [user, UNKNOWN],
    ]) {
      expect(await admin.post(`/user/${whose}/webauthn/${which}`, { name: 'x' })).toMatchObject(NO_RESULT);
      expect(await admin.remove(`/user/${whose}/webauthn/${which}`)).toMatchObject(NO_RESULT);
    }
    expect(await admin.get(`/user/${UNKNOWN}/webauthn`)).toMatchObject(NO_RESULT);
    expect(await admin.post(`/user/${UNKNOWN}/webauthn`, key())).toMatchObject(NO_RESULT);
  });

  test.each([
    [{ name: '' }, 'name  is too short'],
    [{ credential_data: undefined }, 'credential_data is a required property'],
    [{ colour: 'blue' }, 'Additional properties are not allowed (colour was unexpected)'],
  ])('are refused with %j', async (facts, message) => {
    const user = await admin.addUser();
    expect(await admin.post(`/user/${user}/webauthn`, key(facts))).toMatchObject({
      status: 400,
      body: { status_code: 400, errors: [{ error: 'ValidationError', message }] },
    });
  });

  test.each(['complete', 'verify'])('let in, until five failures, through %s', async (verb) => {
    const user = await admin.addUser();
    const login = (successful: boolean) => admin.post(`/user/${user}/${verb}/webauthn-login`, { successful });
    expect(await login(false)).toMatchObject({ status: 204 });
    expect(await login(true)).toMatchObject({ status: 204, body: null });
    expect((await admin.get(`/user/${user}`)).body['data']).toMatchObject({
      failed_login_count: 0,
      current_session_id: expect.any(String),
    });
    for (let times = 0; times < 5; times += 1) await login(false);
    expect(await login(true)).toMatchObject({ status: 403, body: plain('Maximum login count exceeded') });
    const nobody = await admin.post(`/user/${UNKNOWN}/${verb}/webauthn-login`, { successful: true });
    expect(nobody).toMatchObject(NO_RESULT);
  });
});
