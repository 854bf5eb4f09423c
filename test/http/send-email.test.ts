import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ScannerUnavailable } from '../../src/virus-scan/virus-scan.ts';
import { EICAR } from '../documents/bench.ts';
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
    const send = (name: object, key?: string) =>
      post({ ...good, personalisation: { ...good.personalisation, name } }, key);
    const documents = async () => (await api.pool.query('select * from documents order by created_at')).rows;
    const daysFromToday = (weeks: number) =>
      new Date(api.files.now + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
    const UNSUPPORTED =
      "Supported types are: '.csv', '.doc', '.docx', '.jpeg', '.jpg', '.json', '.odt', '.pdf', '.png', '.rtf', '.txt', '.xlsx'";

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

    test('a file becomes the link to its download page, wherever its placeholder is', async () => {
      const { status, body } = await send({ ...file, filename: 'a.txt' });
      expect(status).toBe(201);
      const link = /Dear (https:\/\/documents\.example\/d\/[\w-]{22}\/[\w-]{22}\?key=[\w-]{43})\n/.exec(
        body.content.body,
      );
      expect(link).not.toBeNull();
      const row = await stored(body.id);
      expect(row.document_download_count).toBe(1);
      expect(JSON.parse(api.box.open(row.personalisation))).toMatchObject({ name: link?.[1], date: '3 March' });
    });

    test('several files are counted, and each has its own link', async () => {
      const id = await addTemplate(api.orm, { templateType: 'email', subject: 'x', content: '((a))\n((b))' });
      const { body } = await post({ ...good, template_id: id, personalisation: { a: file, b: file } });
      expect(new Set(body.content.body.split('\n')).size).toBe(2);
      expect((await stored(body.id)).document_download_count).toBe(2);
    });

    test('an email without files counts none', async () => {
      expect((await stored((await post(good)).body.id)).document_download_count).toBeNull();
    });

    test.each([
      ['1 week', 1],
      [' 78 WEEKS ', 78],
      [null, 26],
    ])('a retention period of %j is kept', async (retention_period, weeks) => {
      expect((await send({ ...file, retention_period })).status).toBe(201);
      const [{ available }] = (
        await api.pool.query(
          'select available_until::text as available from documents order by created_at desc limit 1',
        )
      ).rows;
      expect(available).toBe(daysFromToday(weeks));
    });

    test.each<[object, string]>([
      [{ file: 'abc' }, 'Document is not base64 encoded'],
      [{ file: '' }, 'Document must not be empty'],
      [{ file: Buffer.alloc(2_098_177).toString('base64') }, 'Uploaded file exceeds file size limit'],
      [{ file: Buffer.from(EICAR).toString('base64') }, 'File did not pass the virus scan'],
      [{ filename: `${'a'.repeat(100)}.txt` }, '`filename` cannot be longer than 100 characters'],
      [{ filename: 'run.exe' }, `Unsupported file type '.exe'. ${UNSUPPORTED}`],
      [{ file: Buffer.from('<html>').toString('base64') }, `Unsupported file type 'text/html'. ${UNSUPPORTED}`],
    ])('an upload that is refused is a bad request, in the words of its check (case %#)', async (fields, message) => {
      const { status, body } = await send({ ...file, ...fields });
      expect([status, body]).toEqual([400, refusal(message)]);
    });

    test('nothing is uploaded before every file has passed its schema', async () => {
      const before = (await documents()).length;
      const id = await addTemplate(api.orm, { templateType: 'email', subject: 'x', content: '((a)) ((b))' });
      const personalisation = { a: file, b: { ...file, filename: 'nodot' } };
      expect((await post({ ...good, template_id: id, personalisation })).status).toBe(400);
      expect(await documents()).toHaveLength(before);
    });

    test('while the scanner is away nothing is sent', async () => {
      const { scan } = api.files;
      api.files.scan = () => Promise.reject(new ScannerUnavailable('away'));
      const { status, body } = await send(file);
      api.files.scan = scan;
      expect([status, body]).toEqual([500, v2Error(500, 'Exception', 'Internal server error')]);
    });

    test('simulated recipients are given a link, and nothing is uploaded', async () => {
      const before = (await documents()).length;
      const { status, body } = await post({
        ...good,
        email_address: 'simulate-delivered@notifications.service.gov.uk',
        personalisation: { ...good.personalisation, name: { ...file, file: 'abc' } },
      });
      expect(status).toBe(201);
      expect(body.content.body).toContain(
        `Dear https://documents.example/services/${api.demo.serviceId}/documents/test-document`,
      );
      expect(await documents()).toHaveLength(before);
    });

    test('a test key uploads as any other', async () => {
      const before = (await documents()).length;
      expect((await send(file, api.demo.apiKeys.test)).status).toBe(201);
      expect(await documents()).toHaveLength(before + 1);
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
