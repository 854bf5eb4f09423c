import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';
import { addTemplate, withoutPermission, withService } from './set-up.ts';

const TEAM = 'Can’t send to this recipient using a team-only API key';

describe('POST /v2/notifications/email', () => {
  let api: ApiBench;
  let good: { email_address: string; template_id: string; personalisation: Record<string, unknown> };
  beforeAll(async () => {
    api = await startApi();
    good = {
      email_address: 'Sam@Example.com',
      template_id: api.templates.email,
      personalisation: { name: 'Sam', date: '3 March', things: ['passport', null, ' bill '] },
    };
  });
  afterAll(() => api?.stop());

  const post = (body: unknown, key?: string) => api.post('/v2/notifications/email', body, key);
  const stored = async (id: string) =>
    (await api.pool.query('select * from notification_requests where id = $1', [id])).rows[0];
  const refusal = (message: string) => v2Error(400, 'BadRequestError', message);

  test('answers 201 with source, subject, sender and links', async () => {
    const { status, body } = await post({ ...good, email_address: ' Sam@Example.com ' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      reference: null,
      content: {
        from_email: 'demo.service@notify.tools',
        subject: 'Your visit – 3 March',
        body: 'Dear Sam\n\nBring: \n\n* passport\n* bill',
        one_click_unsubscribe_url: null,
      },
      uri: `${api.url}/v2/notifications/${body.id}`,
      template: {
        id: good.template_id,
        version: 1,
        uri: `${api.url}/services/${api.demo.serviceId}/templates/${good.template_id}`,
      },
      scheduled_for: null,
      sanitised_content: {},
    });
    expect(await stored(body.id)).toMatchObject({
      recipient: 'Sam@Example.com',
      normalised_to: 'sam@example.com',
      reply_to_text: 'demo-replies@example.gov.uk',
      rate_multiplier: null,
    });
  });

  test('a one-click address is kept and shown', async () => {
    const url = 'https://unsub.example.gov.uk/u?id=77';
    const { body } = await post({ ...good, one_click_unsubscribe_url: url });
    expect(body.content).toMatchObject({ one_click_unsubscribe_url: url });
    expect(await stored(body.id)).toMatchObject({ one_click_unsubscribe_url: url });
  });

  test('untrusted values are sanitised before they are rendered and stored, and the change is told', async () => {
    const { body } = await post({
      ...good,
      personalisation: { ...good.personalisation, Name: 'Sam [x](https://bad.example)', date: 'today' },
      sanitise_content_for: ['na me', 'date', 'unknown', 5],
    });
    expect(body).toMatchObject({
      sanitised_content: { Name: { unsanitised: 'Sam [x](https://bad.example)', sanitised: 'Sam \\[x\\]\\(\\)' } },
    });
    expect(body.content.body).toContain('Dear Sam \\[x\\]\\(\\)');
    const values = JSON.parse(api.box.open((await stored(body.id)).personalisation));
    expect(values.Name).toBe('Sam \\[x\\]\\(\\)');
  });

  test.each<[string, object, string[]]>([
    ['an address', { email_address: 'sam' }, ['email_address Not a valid email address']],
    ['an address of another type', { email_address: null }, ['email_address None is not of type string']],
    ['http', { one_click_unsubscribe_url: 'http://x.example' }, ['one_click_unsubscribe_url is not a valid https url']],
    ['no address', { one_click_unsubscribe_url: 'https not' }, ['one_click_unsubscribe_url is not a valid https url']],
    ['null', { one_click_unsubscribe_url: null }, ['one_click_unsubscribe_url is not a valid https url']],
    ['a reply-to id', { email_reply_to_id: 'x' }, ['email_reply_to_id is not a valid UUID']],
    ['no list', { sanitise_content_for: 'name' }, ['sanitise_content_for name is not of type array, null']],
    [
      'the text sender',
      { sms_sender_id: randomUUID() },
      ['Additional properties are not allowed (sms_sender_id was unexpected)'],
    ],
  ])('schema: %s', async (_, fields, messages) => {
    expect((await post({ ...good, ...fields })).body).toEqual(validationErrors(...messages));
  });

  test('schema: both required properties are asked for', async () => {
    expect((await post({})).body).toEqual(
      validationErrors('email_address is a required property', 'template_id is a required property'),
    );
  });

  test('the permission, the template and its type come in this order', async () => {
    await withoutPermission(api, 'email', async () => {
      expect((await post({ ...good, template_id: randomUUID() })).body).toEqual(
        refusal('Service is not allowed to send emails'),
      );
    });
    expect((await post({ ...good, template_id: randomUUID() })).body).toEqual(refusal('Template not found'));
    expect((await post({ ...good, template_id: api.templates.sms })).body).toEqual(
      refusal('sms template is not suitable for email notification'),
    );
  });

  test('missing personalisation is that of the subject before that of the body', async () => {
    expect((await post({ ...good, personalisation: {} })).body).toEqual(
      refusal('Missing personalisation: date, name, things'),
    );
  });

  test('a body that is one placeholder with nothing in it is empty', async () => {
    const id = await addTemplate(api.orm, { templateType: 'email', subject: 'x', content: '((a))' });
    expect((await post({ ...good, template_id: id, personalisation: { a: ' ' } })).body).toEqual(
      refusal('Your message is empty.'),
    );
  });

  test('an email may have 2000000 bytes', async () => {
    const id = await addTemplate(api.orm, { templateType: 'email', subject: 'x', content: '((a))' });
    const filled = (a: string) => post({ ...good, template_id: id, personalisation: { a } });
    expect((await filled('é'.repeat(1_000_000))).status).toBe(201);
    expect((await filled(`${'é'.repeat(1_000_000)}a`)).body).toEqual(
      refusal('Your message is too long. Emails cannot be longer than 2000000 bytes. Your message is 2000001 bytes.'),
    );
  });

  test('reply-to addresses are those of the service', async () => {
    const id = randomUUID();
    await api.pool.query(
      'insert into service_email_reply_to (id, service_id, email_address, is_default) values ($1, $2, $3, false)',
      [id, api.demo.serviceId, 'other@example.gov.uk'],
    );
    const { body } = await post({ ...good, email_reply_to_id: id });
    expect(await stored(body.id)).toMatchObject({ reply_to_text: 'other@example.gov.uk' });
    const unknown = randomUUID();
    expect((await post({ ...good, email_reply_to_id: unknown }, api.demo.apiKeys.team)).body).toEqual(
      refusal(`email_reply_to_id ${unknown} does not exist in database for service id ${api.demo.serviceId}`),
    );
  });

  test('a team key reaches team members and guests', async () => {
    const { team } = api.demo.apiKeys;
    await api.pool.query(
      `insert into service_whitelist (id, service_id, recipient_type, recipient)
       values ($1, $2, 'email', 'a.guest@example.gov.uk')`,
      [randomUUID(), api.demo.serviceId],
    );
    expect((await post(good, team)).body).toEqual(refusal(TEAM));
    for (const email_address of ['demo-user@example.gov.uk', 'A.GUEST@example.gov.uk']) {
      expect((await post({ ...good, email_address }, team)).status).toBe(201);
    }
  });

  test('simulated addresses leave nothing behind', async () => {
    const email_address = 'Simulate-Delivered-2@notifications.service.gov.uk';
    const { status, body } = await post({ ...good, email_address });
    expect(status).toBe(201);
    expect(await stored(body.id)).toBeUndefined();
  });

  describe('files', () => {
    const file = { file: 'aGVsbG8=', filename: null, confirm_email_before_download: null, retention_period: null };
    const send = (name: object) => post({ ...good, personalisation: { ...good.personalisation, name } });

    test.each<[object, string[]]>([
      [{ file: false }, ['file False is not of type string']],
      [{ filename: 'nodot' }, ['filename `filename` must end with a file extension. For example, filename.csv']],
      [
        { confirm_email_before_download: 'potato' },
        [
          'confirm_email_before_download Unsupported value for confirm_email_before_download: potato. Use a boolean true or false value.',
        ],
      ],
      [
        { retention_period: '9999 weeks' },
        [
          'retention_period Unsupported value for retention_period: 9999 weeks. Supported periods are from 1 to 78 weeks.',
        ],
      ],
      [{ is_csv: true }, ['Do not set a value for `is_csv` if `filename` is set.']],
      [
        { other: 1, file: 5, is_csv: 'bad' },
        [
          'Additional properties are not allowed (other was unexpected)',
          'file 5 is not of type string',
          'is_csv Unsupported value for is_csv: bad. Use a boolean true or false value.',
          'Do not set a value for `is_csv` if `filename` is set.',
        ],
      ],
    ])('%j is refused', async (fields, messages) => {
      expect((await send({ ...file, ...fields })).body).toEqual(validationErrors(...messages));
    });

    test.each(['1 week', ' 78 WEEKS ', '26 weeks'])('a retention period of %j is right', async (retention_period) => {
      expect((await send({ ...file, retention_period })).body).toEqual(
        refusal('Sending files by email is not available'),
      );
    });

    test('contact details are wanted first', async () => {
      await withService(api, { contact_link: null }, async () => {
        expect((await send(file)).body).toEqual(
          refusal(
            'Send files by email has not been set up - add contact details for your service at ' +
              `https://admin.example/services/${api.demo.serviceId}/service-settings/send-files-by-email`,
          ),
        );
      });
    });

    test('an object without a file is a plain value', async () => {
      const { body } = await send({ key: 'value' });
      expect(body.content.body).toContain("Dear {'key': 'value'}");
    });
  });
});
