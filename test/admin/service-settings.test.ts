import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const D2 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

let admin: AdminBench;
let user: string;
let service: string;
beforeAll(async () => {
  admin = await startAdmin();
  user = await admin.addUser();
});
beforeEach(async () => {
  service = await admin.addService(user);
});
afterAll(() => admin?.stop());

describe('the guest list', () => {
  const path = () => `/service/${service}/guest-list`;
  const guests = { email_addresses: ['A.Guest@example.com'], phone_numbers: ['07700 900 555', '+33 6 12 34 56 78'] };
  const sorted = (list: { phone_numbers: string[] }) => ({ ...list, phone_numbers: [...list.phone_numbers].sort() });

  test('is replaced as a whole, as typed, and holds at once', async () => {
    const allowed = async () => (await admin.directory.service(service))?.allowedRecipients;
    expect((await admin.get(path())).body).toEqual({ email_addresses: [], phone_numbers: [] });
    expect(await allowed()).not.toContain('A.Guest@example.com');
    expect(await admin.put(path(), guests)).toMatchObject({ status: 204, body: null });
    expect((await admin.get(path())).body).toEqual(sorted(guests));
    expect(await allowed()).toContain('A.Guest@example.com');
    await admin.put(path(), { email_addresses: [], phone_numbers: ['07700900556'] });
    expect((await admin.get(path())).body).toEqual({ email_addresses: [], phone_numbers: ['07700900556'] });
  });

  test.each([
    [{ phone_numbers: ['07700900555', '0770'] }, '0770'],
    [{ email_addresses: ['a@example.com', 'nobody'] }, 'nobody'],
    [{ email_addresses: [''] }, ''],
  ])('stays as it is with %j', async (wrong, value) => {
    await admin.put(path(), guests);
    const message = `Invalid guest list: "${value}" is not a valid email address or phone number`;
    expect(await admin.put(path(), { ...guests, ...wrong })).toMatchObject({ status: 400, body: plain(message) });
    expect((await admin.get(path())).body).toEqual(sorted(guests));
  });

  test('is of a service, and has both lists', async () => {
    expect(await admin.put(`/service/${UNKNOWN}/guest-list`, guests)).toMatchObject(NO_RESULT);
    expect(await admin.get(`/service/${UNKNOWN}/guest-list`)).toMatchObject(NO_RESULT);
    expect(await admin.put(path(), { email_addresses: [] })).toMatchObject({
      status: 400,
      body: plain({ phone_numbers: ['Missing data for required field.'] }),
    });
  });
});

describe('data retention', () => {
  const path = (end = '') => `/service/${service}/data-retention${end}`;
  const add = (notification_type: string, days_of_retention: unknown) =>
    admin.post(path(), { notification_type, days_of_retention });

  test('is set for each type once, and then changed', async () => {
    const { status, body } = await add('sms', 3);
    expect(status).toBe(201);
    const id = body['result']?.['id'];
    expect(body).toEqual({
      result: {
        id: expect.any(String),
        service_id: service,
        service_name: expect.stringMatching(/^Service /),
        notification_type: 'sms',
        days_of_retention: 3,
        created_at: expect.stringMatching(D2),
        updated_at: null,
      },
    });
    expect(await add('sms', 4)).toMatchObject({
      status: 400,
      body: plain('Service already has data retention for sms notification type'),
    });
    expect(await admin.post(path(`/${id}`), { days_of_retention: 5 })).toMatchObject({ status: 204, body: null });
    const changed = { id, days_of_retention: 5, updated_at: expect.stringMatching(D2) };
    expect((await admin.get(path(`/${id}`))).body).toMatchObject(changed);
    expect((await admin.get(path('/notification-type/sms'))).body).toMatchObject(changed);
  });

  test('is listed for emails, texts and letters in this order', async () => {
    for (const type of ['letter', 'sms', 'email']) await add(type, 9);
    const { body } = await admin.get(path());
    expect(body.map(({ notification_type }) => notification_type)).toEqual(['email', 'sms', 'letter']);
  });

  test('what is not there is empty or not found', async () => {
    expect(await admin.get(path(`/${UNKNOWN}`))).toMatchObject({ status: 200, body: {} });
    expect(await admin.get(path('/notification-type/email'))).toMatchObject({ status: 200, body: {} });
    expect(await admin.get(path('/notification-type/pigeon'))).toMatchObject({
      status: 404,
      body: plain('No result found'),
    });
    expect(await admin.post(path(`/${UNKNOWN}`), { days_of_retention: 5 })).toMatchObject({
      status: 404,
      body: plain(`The service data retention for id: ${UNKNOWN} was not found for service: ${service}`),
    });
    const retention = { notification_type: 'sms', days_of_retention: 5 };
    expect(await admin.post(`/service/${UNKNOWN}/data-retention`, retention)).toMatchObject(NO_RESULT);
    expect((await admin.get(`/service/${UNKNOWN}/data-retention`)).body).toEqual([]);
  });

  test('wrong bodies are refused', async () => {
    const errors = [
      { error: 'ValidationError', message: 'days_of_retention x is not of type integer' },
      { error: 'ValidationError', message: 'notification_type pigeon is not one of [sms, letter, email]' },
    ];
    expect(await add('pigeon', 'x')).toMatchObject({ status: 400, body: { status_code: 400, errors } });
    for (const days of [-1, 36_501, 1e300]) expect(await add('sms', days)).toMatchObject(NO_RESULT);
  });

  test('holds at once', async () => {
    const days = async () => (await admin.directory.service(service))?.retentionDays;
    expect(await days()).toEqual({ sms: 7, email: 7, letter: 7 });
    await add('email', 30);
    expect(await days()).toEqual({ sms: 7, email: 30, letter: 7 });
  });
});
