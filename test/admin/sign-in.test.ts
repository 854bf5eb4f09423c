import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkUrlToken } from '../../src/content/url-tokens.ts';
import { type AdminBench, type Message, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const SMS_CODE = '36fb0730-6259-4da1-8a80-c8de22ad4246';
const secrets = { secretKey: 'a secret for links', salt: 'a salt for links' };

describe('signing in', () => {
  let admin: AdminBench;
  beforeAll(async () => {
    admin = await startAdmin();
  });
  afterAll(() => admin?.stop());

  const newest = async (): Promise<Message> => {
    const message = (await admin.messages()).at(-1);
    if (!message) throw new Error('Nothing was sent');
    return message;
  };
  /** What the admin application reads in a link: the token between the last slash and the query. */
  const payload = (url: string): unknown => {
    const checked = checkUrlToken(new URL(url).pathname.split('/').at(-1) ?? '', secrets, 60_000);
    return checked.outcome === 'valid' ? JSON.parse(checked.text) : checked;
  };
  const sendSms = async (user: string): Promise<string> => {
    expect(await admin.post(`/user/${user}/sms-code`, { to: null })).toMatchObject({ status: 204 });
    return (await newest()).values['verify_code'] ?? '';
  };
  const verify = (user: string, code: string, code_type = 'sms') =>
    admin.post(`/user/${user}/verify/code`, { code, code_type });
  const notFound = { status: 404, body: plain('Code not found') };
  const failures = async (user: string) => (await admin.get(`/user/${user}`)).body['data']?.['failed_login_count'];

  test('a code comes as a text of the built-in service: five digits, none like the one before', async () => {
    const user = await admin.addUser({ mobile_number: '07700 900321' });
    const code = await sendSms(user);
    expect(code).toMatch(/^(?:(\d)(?!\1)){5}$/);
    expect(await newest()).toMatchObject({ template_id: SMS_CODE, recipient: '07700 900321', reply_to_text: 'GOVUK' });
    await admin.post(`/user/${user}/sms-code`, { to: '07700900999' });
    expect((await newest()).recipient).toBe('07700900999');
  });

  test('a number of a country that wants numbers as senders gets one', async () => {
    const user = await admin.addUser();
    expect(await admin.post(`/user/${user}/sms-code`, { to: '+1 650 253 2222' })).toMatchObject({ status: 204 });
    expect((await newest()).reply_to_text).toBe('07984404008');
  });

  test('a code lets in once, in a new session, and the count of failures starts again', async () => {
    const user = await admin.addUser();
    const code = await sendSms(user);
    expect(await verify(user, 'nonsense')).toMatchObject(notFound);
    expect(await verify(user, code)).toMatchObject({ status: 204, body: null });
    expect((await admin.get(`/user/${user}`)).body['data']).toMatchObject({
      current_session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logged_in_at: expect.stringMatching(/Z$/),
      failed_login_count: 0,
    });
    expect(await verify(user, code)).toMatchObject({ status: 400, body: plain('Code has expired') });
    expect(await failures(user)).toBe(1);
  });

  test('two who come with the same code at once: one gets in', async () => {
    const user = await admin.addUser();
    const code = await sendSms(user);
    const replies = await Promise.all([verify(user, code), verify(user, code)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 400]);
  });

  test('a code is of no use after half an hour, nor as one of the other kind', async () => {
    const user = await admin.addUser();
    const code = await sendSms(user);
    expect(await verify(user, code, 'email')).toMatchObject(notFound);
    expect(await verify(user, code, 'pigeon')).toMatchObject({ status: 404, body: plain('No result found') });
    admin.clock.ahead = 31 * 60_000;
    expect(await verify(user, code)).toMatchObject({ status: 400, body: plain('Code has expired') });
    admin.clock.ahead = 0;
  });

  test('after ten failures no code is right any more, and nothing is counted', async () => {
    const user = await admin.addUser();
    const code = await sendSms(user);
    await admin.pool.query('update users set failed_login_count = 10 where id = $1', [user]);
    expect(await verify(user, code)).toMatchObject(notFound);
    expect(await failures(user)).toBe(10);
  });

  test('a sixth request within half an hour sends nothing, and says nothing', async () => {
    const user = await admin.addUser();
    for (let sent = 0; sent < 5; sent += 1) await sendSms(user);
    const before = (await admin.messages()).length;
    expect(await admin.post(`/user/${user}/sms-code`, { to: 'nonsense' })).toMatchObject({ status: 204 });
    expect(await admin.messages()).toHaveLength(before);
  });

  test('a code by email comes in a link that the admin application can read', async () => {
    const user = await admin.addUser({ email_address: 'link@example.gov.uk', name: 'Lee' });
    const body = { to: null, next: '/services/1', email_auth_link_host: 'https://other.example' };
    expect(await admin.post(`/user/${user}/email-code`, body)).toMatchObject({ status: 204 });
    const { recipient, values } = await newest();
    expect({ recipient, name: values['name'] }).toEqual({ recipient: 'link@example.gov.uk', name: 'Lee' });
    const url = values['url'] ?? '';
    expect(url).toMatch(/^https:\/\/other\.example\/email-auth\/[\w%-]+\?next=%2Fservices%2F1$/);
    const { user_id, secret_code } = payload(url) as { user_id: string; secret_code: string };
    expect(user_id).toBe(user);
    expect(await verify(user, secret_code, 'email')).toMatchObject({ status: 204 });
  });

  test.each([
    ['sms-code', { to: 7 }, 'to 7 is not of type string, null'],
    ['sms-code', { next: 'x' }, 'Additional properties are not allowed (next was unexpected)'],
    ['email-code', { to: 'x@example.com' }, 'to x@example.com is not of type null'],
    ['verify/code', { code: '1' }, 'code_type is a required property'],
  ])('%s refuses %j', async (route, body, message) => {
    const user = await admin.addUser();
    expect(await admin.post(`/user/${user}/${route}`, body)).toMatchObject({
      status: 400,
      body: { status_code: 400, errors: [{ error: 'ValidationError', message }] },
    });
  });

  test('a code is not sent to a number that is none, and there is no other kind of code', async () => {
    const user = await admin.addUser();
    expect(await admin.post(`/user/${user}/sms-code`, { to: '07700' })).toMatchObject({
      status: 400,
      body: plain('Not enough digits'),
    });
    expect(await admin.post(`/user/${user}/pigeon-code`, {})).toMatchObject({ status: 404 });
  });

  test('a new user gets a link that proves the address', async () => {
    const user = await admin.addUser({ email_address: 'prove@example.gov.uk' });
    expect(await admin.post(`/user/${user}/email-verification`, { to: 'ignored@example.com' })).toMatchObject({
      status: 204,
    });
    const { recipient, values } = await newest();
    expect(recipient).toBe('prove@example.gov.uk');
    expect(values['url']).toMatch(/^https:\/\/admin\.example\/verify-email\//);
    expect(payload(values['url'] ?? '')).toEqual({ user_id: user, email: 'prove@example.gov.uk' });
    await admin.post(`/user/${user}/email-verification`, { admin_base_url: 'https://elsewhere.example' });
    expect((await newest()).values['url']).toMatch(/^https:\/\/elsewhere\.example\/verify-email\//);
  });

  test('a new address is proved at that address', async () => {
    const user = await admin.addUser();
    await admin.post(`/user/${user}/change-email-verification`, { email: 'changed@example.gov.uk' });
    const { recipient, values } = await newest();
    expect({ recipient, feedback: values['feedback_url'] }).toEqual({
      recipient: 'changed@example.gov.uk',
      feedback: 'https://admin.example/support',
    });
    expect(payload(values['url'] ?? '')).toEqual({ user_id: user, email: 'changed@example.gov.uk' });
  });

  test('a lost password is reset by a link to the address as typed, which carries the stored one', async () => {
    await admin.addUser({ email_address: 'Forgot@example.gov.uk' });
    expect(await admin.post('/user/reset-password', { email: 'forgot@EXAMPLE.gov.uk' })).toMatchObject({ status: 204 });
    const { recipient, values } = await newest();
    expect(recipient).toBe('forgot@EXAMPLE.gov.uk');
    expect(payload(values['url'] ?? '')).toEqual({
      email: 'Forgot@example.gov.uk',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
    });
    expect(await admin.post('/user/reset-password', { email: 'nobody@example.com' })).toMatchObject({ status: 404 });
  });

  test('someone who registers again is told so, whoever the path names', async () => {
    const path = `/user/${UNKNOWN}/email-already-registered`;
    expect(await admin.post(path, { email: 'again@example.gov.uk' })).toMatchObject({ status: 204 });
    expect(await newest()).toMatchObject({
      recipient: 'again@example.gov.uk',
      values: {
        signin_url: 'https://admin.example/sign-in',
        forgot_password_url: 'https://admin.example/forgot-password',
        feedback_url: 'https://admin.example/support',
      },
    });
    expect(await admin.post(path, {})).toMatchObject({ status: 400 });
  });

  test('no password, code, address or link is written to the log', () => {
    const written = JSON.stringify(admin.log.lines);
    expect(written).not.toMatch(/example\.gov\.uk|horse|email-auth|verify_code/);
  });
});
