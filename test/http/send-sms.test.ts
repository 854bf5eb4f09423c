import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';
import { addService, addTemplate, withoutPermission, withService } from './set-up.ts';

const TRIAL =
  'Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode';
const TEAM = 'Can’t send to this recipient using a team-only API key';

describe('POST /v2/notifications/sms', () => {
  let api: ApiBench;
  let good: { phone_number: string; template_id: string; personalisation: object };
  beforeAll(async () => {
    api = await startApi();
    good = {
      phone_number: '07700 900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: '3 March' },
    };
  });
  afterAll(() => api?.stop());

  const post = (body: unknown, key?: string) => api.post('/v2/notifications/sms', body, key);
  const postTemplate = (template_id: string, personalisation: unknown = {}, key?: string) =>
    post({ phone_number: '07700 900123', template_id, personalisation }, key);
  const stored = async (id: string) =>
    (
      await api.pool.query(
        'select n.*, r.* from notifications n join notification_requests r on r.id = n.id where n.id = $1',
        [id],
      )
    ).rows[0];

  test('answers 201 with the finished text and links', async () => {
    const { status, body } = await post({ ...good, phone_number: ' 07700 900123​ ', reference: 'case-1042' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      reference: 'case-1042',
      content: { body: 'Hello Sam, your appointment is on 3 March.', from_number: 'DEMO' },
      uri: `${api.url}/v2/notifications/${body.id}`,
      template: {
        id: good.template_id,
        version: 1,
        uri: `${api.url}/services/${api.demo.serviceId}/templates/${good.template_id}`,
      },
      scheduled_for: null,
    });
    const row = await stored(body.id);
    expect(row).toMatchObject({
      recipient: '07700 900123',
      normalised_to: '447700900123',
      client_reference: 'case-1042',
      reply_to_text: 'DEMO',
      phone_prefix: '44',
      rate_multiplier: 1,
      international: false,
      key_type: 'normal',
      job_id: null,
    });
    expect(JSON.parse(api.box.open(row.personalisation))).toEqual(good.personalisation);
  });

  test('the content type is ignored, and a template id may be spelled in any way', async () => {
    const spelled = { ...good, template_id: `urn:uuid:{${good.template_id.toUpperCase()}}` };
    const options = { key: api.demo.apiKeys.normal, body: spelled, headers: { 'content-type': 'text/plain' } };
    expect(await api.request('POST', '/v2/notifications/sms', options)).toMatchObject({ status: 201 });
  });

  test('the same request again sends again', async () => {
    const [first, second] = [await post(good), await post(good)];
    expect(first.body.id).not.toBe(second.body.id);
  });

  test.each<[string, string | Uint8Array]>([
    ['an empty body', ''],
    ['no JSON', '{'],
    ['a NaN', '{"phone_number": NaN}'],
    ['invalid UTF-8', Uint8Array.from([0x22, 0xff, 0x22])],
    ['nesting without end', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('%s is invalid JSON', async (_, body) => {
    const reply = await api.request('POST', '/v2/notifications/sms', { key: api.demo.apiKeys.normal, body });
    const expected = v2Error(400, 'BadRequestError', 'Invalid JSON supplied in POST data');
    expect(reply).toMatchObject({ status: 400, body: expected });
  });

  test.each(['null', 'false', '0', '""', '[]', '{}'])('%s counts as an empty object', async (body) => {
    expect((await post(body)).body).toEqual(
      validationErrors('phone_number is a required property', 'template_id is a required property'),
    );
  });

  test.each<[string, object, string[]]>([
    ['a list', ['a'], ['[a] is not of type object']],
    ['a number that is no text', { phone_number: 5 }, ['phone_number 5 is not of type string']],
    ['letters in a number', { phone_number: '07890x32109' }, ['phone_number Must not contain letters or symbols']],
    ['a short number', { phone_number: '12345' }, ['phone_number Not enough digits']],
    ['an empty number', { phone_number: '' }, ['phone_number Not enough digits']],
    ['a long number', { phone_number: '0772345678910' }, ['phone_number Too many digits']],
    [
      'a number that is none',
      { phone_number: '0772345678' },
      ['phone_number Number is not valid – double check the phone number you entered'],
    ],
    ['a country without rate', { phone_number: '+850 2 381 2345' }, ['phone_number Not a valid country prefix']],
    ['a template id', { template_id: 'x' }, ['template_id is not a valid UUID']],
    ['a template id with a newline', { template_id: `${randomUUID()}\n` }, ['template_id is not a valid UUID']],
    ['a template id of another type', { template_id: 5 }, ['template_id is not a valid UUID']],
    ['personalisation', { personalisation: 'not_a_dict' }, ['personalisation not_a_dict is not of type object']],
    ['null personalisation', { personalisation: null }, ['personalisation None is not of type object']],
    [
      'listed personalisation',
      { personalisation: ["it's", 1.5, true, null, { k: 'v' }] },
      ['personalisation ["its", 1.5, True, None, {k: v}] is not of type object'],
    ],
    ['a long reference', { reference: 'a'.repeat(1001) }, [`reference ${'a'.repeat(1001)} is too long`]],
    ['a null reference', { reference: null }, ['reference None is not of type string']],
    ['a sender id', { sms_sender_id: 'x' }, ['sms_sender_id is not a valid UUID']],
    ['a number as time', { scheduled_for: 5 }, ['scheduled_for 5 is not of type string, null']],
    ['a time gone by', { scheduled_for: '2020-01-01T10:00:00Z' }, ['scheduled_for datetime can not be in the past']],
    [
      'a time far ahead',
      { scheduled_for: '2120-01-01' },
      ['scheduled_for datetime can only be 24 hours in the future'],
    ],
    [
      'no time',
      { scheduled_for: 'tomorrow' },
      [
        'scheduled_for datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601',
      ],
    ],
    ['one additional property', { x: 1 }, ['Additional properties are not allowed (x was unexpected)']],
    [
      'the email sender',
      { email_reply_to_id: randomUUID() },
      ['Additional properties are not allowed (email_reply_to_id was unexpected)'],
    ],
    [
      'several additional properties',
      { sort: 1, page: 2 },
      ['Additional properties are not allowed (page, sort were unexpected)'],
    ],
  ])('schema: %s', async (_, fields, messages) => {
    const document = Array.isArray(fields) ? fields : { ...good, ...fields };
    expect((await post(document)).body).toEqual(validationErrors(...messages));
  });

  test('schema: all failures are told, by property, then missing ones, then additional ones', async () => {
    const { body } = await post({ zebra: 1, scheduled_for: 5, reference: 5, personalisation: 5, phone_number: 'x' });
    expect(body).toEqual(
      validationErrors(
        'phone_number Must not contain letters or symbols',
        'personalisation 5 is not of type object',
        'reference 5 is not of type string',
        'scheduled_for 5 is not of type string, null',
        'template_id is a required property',
        'Additional properties are not allowed (zebra was unexpected)',
      ),
    );
  });

  test.each([null, new Date(Date.now() + 3_600_000).toISOString()])('scheduled_for %s is ignored', async (time) => {
    expect(await post({ ...good, scheduled_for: time })).toMatchObject({ status: 201, body: { scheduled_for: null } });
  });

  test('a service without the permission is refused before its template is looked for', async () => {
    await withoutPermission(api, 'sms', async () => {
      expect((await postTemplate(randomUUID())).body).toEqual(
        v2Error(400, 'BadRequestError', 'Service is not allowed to send text messages'),
      );
    });
  });

  test('templates that are not there, of another service or hidden are not found', async () => {
    const foreign = await addTemplate(api.orm, { templateType: 'sms', content: 'x', serviceId: await addService(api) });
    const hidden = await addTemplate(api.orm, { templateType: 'sms', content: 'x', hidden: true });
    for (const id of [randomUUID(), foreign, hidden]) {
      expect((await postTemplate(id)).body).toEqual(v2Error(400, 'BadRequestError', 'Template not found'));
    }
  });

  test('the template is of the right type before it is archived', async () => {
    const archived = { archived: true, content: '((x))', subject: 'x' };
    const email = await addTemplate(api.orm, { ...archived, templateType: 'email' });
    const sms = await addTemplate(api.orm, { content: '((x))', archived: true, templateType: 'sms' });
    expect((await postTemplate(email)).body).toEqual(
      v2Error(400, 'BadRequestError', 'email template is not suitable for sms notification'),
    );
    expect((await postTemplate(sms)).body).toEqual(v2Error(400, 'BadRequestError', 'Template has been deleted'));
  });

  test('missing personalisation is named in the order and spelling of the template', async () => {
    const id = await addTemplate(api.orm, {
      templateType: 'sms',
      content: '((b)) ((First Name)) ((a??x)) ((c)) ((d))',
    });
    const { body } = await postTemplate(id, { a: null, first_name: 'x', C: '', d: [] });
    expect(body).toEqual(v2Error(400, 'BadRequestError', 'Missing personalisation: b, a'));
  });

  test('a message without anything to send is refused', async () => {
    const id = await addTemplate(api.orm, { templateType: 'sms', content: '((a))' });
    expect((await postTemplate(id, { a: '' })).body).toEqual(v2Error(400, 'BadRequestError', 'Your message is empty.'));
  });

  test('a file is refused', async () => {
    const { body } = await post({ ...good, personalisation: { ...good.personalisation, name: { file: 'x' } } });
    expect(body).toEqual(v2Error(400, 'BadRequestError', 'Can only send a file by email'));
  });

  test('a message may have 918 characters', async () => {
    const id = await addTemplate(api.orm, { templateType: 'sms', content: '((a))' });
    expect((await postTemplate(id, { a: '€'.repeat(918) })).status).toBe(201);
    expect((await postTemplate(id, { a: 'a'.repeat(919) })).body).toEqual(
      v2Error(
        400,
        'BadRequestError',
        'Your message is too long. Text messages cannot be longer than 918 characters. Your message is 919 characters long.',
      ),
    );
  });

  test('the chosen sender is used, and a number among senders is normalised', async () => {
    const id = randomUUID();
    await api.pool.query(
      `insert into service_sms_senders (id, sms_sender, service_id, is_default) values ($1, '07123123123', $2, false)`,
      [id, api.demo.serviceId],
    );
    const { body } = await post({ ...good, sms_sender_id: id });
    expect(body.content).toMatchObject({ from_number: '447123123123' });
    expect(await stored(body.id)).toMatchObject({ reply_to_text: '447123123123' });
  });

  test('an unknown sender is refused before the recipient is looked at', async () => {
    const id = randomUUID();
    const { body } = await post({ ...good, sms_sender_id: id }, api.demo.apiKeys.team);
    expect(body).toEqual(
      v2Error(
        400,
        'BadRequestError',
        `sms_sender_id ${id} does not exist in database for service id ${api.demo.serviceId}`,
      ),
    );
  });

  describe('recipients', () => {
    test('a team key reaches the team and nobody else', async () => {
      const { team } = api.demo.apiKeys;
      expect((await post({ ...good, phone_number: '+44 7700 900100' }, team)).status).toBe(201);
      expect((await post(good, team)).body).toEqual(v2Error(400, 'BadRequestError', TEAM));
    });

    test('in trial mode a live key reaches the team and the guest list, a test key everybody', async () => {
      const { normal, test: testKey } = api.demo.apiKeys;
      await api.pool.query(
        `insert into service_whitelist (id, service_id, recipient_type, recipient) values ($1, $2, 'mobile', '07700900222')`,
        [randomUUID(), api.demo.serviceId],
      );
      await withService(api, { restricted: true }, async () => {
        expect((await post(good, normal)).body).toEqual(v2Error(400, 'BadRequestError', TRIAL));
        expect((await post({ ...good, phone_number: '07700900222' }, normal)).status).toBe(201);
        expect((await post(good, testKey)).status).toBe(201);
      });
    });

    test('simulated numbers get the same answer and leave nothing behind', async () => {
      const { status, body } = await post({ ...good, phone_number: '+447700900000' });
      expect(status).toBe(201);
      expect(await stored(body.id)).toBeUndefined();
      expect(await api.get(`/v2/notifications/${body.id}`)).toMatchObject({ status: 404 });
      expect((await post({ ...good, phone_number: '07700900111' }, api.demo.apiKeys.team)).body).toEqual(
        v2Error(400, 'BadRequestError', TEAM),
      );
    });

    test('international numbers want a permission; those of Crown dependencies do not', async () => {
      await withoutPermission(api, 'international_sms', async () => {
        expect((await post({ ...good, phone_number: '+33 6 12 34 56 78' })).body).toEqual(
          v2Error(400, 'BadRequestError', 'Cannot send to international mobile numbers'),
        );
        const jersey = await post({ ...good, phone_number: '07797 900123' });
        expect(await stored(jersey.body.id)).toMatchObject({ international: true, phone_prefix: '44' });
      });
      const france = await post({ ...good, phone_number: '+33 6 12 34 56 78' });
      expect(await stored(france.body.id)).toMatchObject({ international: true, phone_prefix: '33' });
    });

    test('landlines want a permission', async () => {
      await withoutPermission(api, 'sms_to_uk_landlines', async () => {
        expect((await post({ ...good, phone_number: '0117 496 0860' })).body).toEqual(
          v2Error(400, 'InvalidPhoneError', 'Not a UK mobile number'),
        );
      });
      expect((await post({ ...good, phone_number: '0117 496 0860' })).status).toBe(201);
    });
  });

  test('characters that the database refuses are taken out', async () => {
    const { body } = await post({
      ...good,
      reference: 'a\u0000b',
      personalisation: { name: '\ud800', date: 'x\u0000' },
    });
    expect(await stored(body.id)).toMatchObject({ client_reference: 'ab' });
  });

  test('a message that could not be stored is answered 500', async () => {
    const { rows } = await api.pool.query('select count(*)::int as n from notifications');
    api.overrides = { 'notifications.sendSms': () => Promise.reject(new Error('lost')) };
    expect(await post(good)).toMatchObject({ status: 500 });
    api.overrides = {};
    expect((await api.pool.query('select count(*)::int as n from notifications')).rows).toEqual(rows);
  });
});
