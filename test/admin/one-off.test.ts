import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

let admin: AdminBench;
let user: string;
let service: string;
let template: string;
beforeAll(async () => {
  admin = await startAdmin();
  user = await admin.addUser();
});
beforeEach(async () => {
  service = await admin.addService(user, { restricted: false });
  template = await addTemplate();
});
afterAll(() => admin?.stop());

const addTemplate = async (facts: object = {}) => {
  const body = { name: 'T', template_type: 'sms', content: 'Hello ((name))', service, created_by: user, ...facts };
  return String((await admin.post(`/service/${service}/template`, body)).body['data']?.['id']);
};
const path = (end = '') => `/service/${service}/notifications${end}`;
const list = async (query = ''): Promise<Json> => (await admin.get(path(query))).body;
const ids = (body: Json) => body['notifications']?.map(({ id }) => id);

describe('a one-off message', () => {
  const send = (facts: object = {}) =>
    admin.post(`/service/${service}/send-notification`, {
      template_id: template,
      to: '07700 900123',
      created_by: user,
      personalisation: { name: 'Sam' },
      ...facts,
    });

  test('is a notification of the user, from the default sender', async () => {
    const { status, body } = await send();
    expect([status, body]).toEqual([201, { id: expect.any(String) }]);
    const sent = (await admin.get(path(`/${body['id']}`))).body;
    expect(sent).toMatchObject({
      to: '07700 900123',
      normalised_to: '447700900123',
      key_type: 'normal',
      api_key: null,
      created_by: { id: user, name: 'Sam Smith' },
      personalisation: { name: 'Sam' },
      reply_to_text: 'GOVUK',
    });
    expect(ids(await list())).toEqual([body['id']]);
    expect(ids(await list('?include_one_off=False'))).toEqual([]);
  });

  test('is sent with the sender that is chosen', async () => {
    const sender = await admin.post(`/service/${service}/sms-sender`, { sms_sender: 'OTHER', is_default: false });
    const text = await send({ sender_id: sender.body['id'] });
    expect((await admin.get(path(`/${text.body['id']}`))).body['reply_to_text']).toBe('OTHER');
    const replyTo = { email_address: 'reply@example.gov.uk', is_default: true };
    const replyToId = (await admin.post(`/service/${service}/email-reply-to`, replyTo)).body['data']?.['id'];
    template = await addTemplate({ template_type: 'email', subject: 'S' });
    const email = await send({ to: 'someone@example.com', sender_id: replyToId });
    expect((await admin.get(path(`/${email.body['id']}`))).body).toMatchObject({
      to: 'someone@example.com',
      notification_type: 'email',
      reply_to_text: 'reply@example.gov.uk',
    });
    expect(await send({ to: 'someone@example.com', sender_id: UNKNOWN })).toMatchObject({
      status: 400,
      body: plain('Reply to email address not found'),
    });
  });

  test.each([
    [{ personalisation: {} }, 'Missing personalisation: name'],
    [{ to: '' }, "Recipient can't be empty"],
    [{ to: '0770' }, 'Not enough digits'],
    [{ sender_id: UNKNOWN }, 'SMS sender not found'],
  ])('is refused with %j', async (facts, message) => {
    expect(await send(facts)).toMatchObject({ status: 400, body: plain(message) });
  });

  test('is refused where it is too long', async () => {
    expect(await send({ personalisation: { name: 'x'.repeat(913) } })).toMatchObject({
      status: 400,
      body: plain(
        'Your message is too long. Text messages cannot be longer than 918 characters. Your message is 919 characters long.',
      ),
    });
  });

  test('abroad needs the permission, and other users may not send', async () => {
    await admin.post(`/service/${service}`, { permissions: ['sms'] });
    expect(await send({ to: '+33612345678' })).toMatchObject({
      status: 400,
      body: plain('Cannot send to international mobile numbers'),
    });
    const stranger = await admin.addUser({ name: 'Alex' });
    const name = (await admin.get(`/service/${service}`)).body['data']?.['name'];
    expect(await send({ created_by: stranger })).toMatchObject({
      status: 400,
      body: plain(`Can’t create notification - Alex is not part of the "${name}" service`),
    });
    expect(await send({ created_by: UNKNOWN })).toMatchObject(NO_RESULT);
    expect(await send({ template_id: UNKNOWN })).toMatchObject(NO_RESULT);
    await admin.post(`/service/${service}/template/${template}`, { archived: true });
    expect(await send()).toMatchObject({ status: 400, body: plain('Template has been deleted') });
  });

  test('counts against the day’s limit when it is stored, and not before', async () => {
    await admin.post(`/service/${service}`, { sms_message_limit: 1 });
    expect((await send({ to: 'nobody' })).status).toBe(400);
    expect((await send()).status).toBe(201);
    expect(await send()).toMatchObject({ status: 429, body: plain('Exceeded send limits (1) for today') });
  });

  test('is a letter where the template is one, with its own reference and the postage of its country', async () => {
    template = await addTemplate({ template_type: 'letter', subject: 'S', postage: 'first' });
    const letter = (...lines: string[]) => {
      const address = Object.fromEntries(lines.map((line, index) => [`address_line_${index + 1}`, line]));
      return send({ to: lines[0], personalisation: { name: 'Sam', reference: 'mine', ...address } });
    };
    const { status, body } = await letter('Sam', '1 Street', 'sw1a1aa');
    expect(status).toBe(201);
    expect(admin.letters.at(-1)).toMatchObject({
      id: body['id'],
      recipient: 'Sam\n1 Street\nSW1A 1AA',
      postage: 'first',
      keyType: 'normal',
      createdById: user,
      clientReference: 'mine',
      reference: expect.stringMatching(/^[0-9A-Z]{16}$/),
    });
    expect((await letter('Sam', '1 Rue', 'France')).status).toBe(201);
    expect(admin.letters.at(-1)).toMatchObject({ postage: 'europe' });
    await admin.post(`/service/${service}`, { permissions: ['letter'] });
    expect(await letter('Sam', '1 Rue', 'France')).toMatchObject({
      status: 400,
      body: plain('Must be a real UK postcode'),
    });
    expect(await letter('Sam', 'SW1A 1AA')).toMatchObject({ body: plain('Address must be at least 3 lines') });
  });

  test('in trial mode goes to members and not to the guest list', async () => {
    await admin.post(`/service/${service}`, { restricted: true });
    const guests = { email_addresses: [], phone_numbers: ['07700900555'] };
    await admin.put(`/service/${service}/guest-list`, guests);
    expect((await send({ to: '07700900123' })).status).toBe(201);
    expect(await send({ to: '07700900555' })).toMatchObject({
      status: 400,
      body: plain(
        'Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode',
      ),
    });
  });
});
