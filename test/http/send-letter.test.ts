import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ObjectStoreError } from '../../src/object-store/object-store.ts';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';
import { addService, addTemplate, withoutPermission, withService } from './set-up.ts';

const PATH = '/v2/notifications/letter';
const refusal = (message: string) => v2Error(400, 'BadRequestError', message);

describe('POST /v2/notifications/letter', () => {
  let api: ApiBench;
  let template: string;
  const address = { address_line_1: 'Sam Bird', address_line_2: '9 Low Road', address_line_3: 'SW1A 1AA' };
  let good: { template_id: string; personalisation: Record<string, unknown> };
  beforeAll(async () => {
    api = await startApi();
    template = await addTemplate(api.orm, {
      templateType: 'letter',
      subject: 'Your licence, ((name))',
      content: 'Dear ((name))\n\nIt costs ((amount)).',
      postage: 'second',
    });
    good = { template_id: template, personalisation: { ...address, name: 'Sam', amount: '£5' } };
  });
  afterAll(() => api?.stop());

  const post = (body: unknown, key?: string) => api.post(PATH, body, key);
  const withAddress = (lines: Record<string, unknown>) => ({
    ...good,
    personalisation: { name: 'Sam', amount: '£5', ...lines },
  });

  describe('from a template', () => {
    test('is answered with its escaped subject, its filled body and no postage', async () => {
      const personalisation = { ...good.personalisation, name: 'Sam & Co' };
      const { status, body } = await post({ ...good, personalisation, reference: 'batch 7' });
      expect([status, body]).toEqual([
        201,
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          reference: 'batch 7',
          uri: `${api.url}/v2/notifications/${body.id}`,
          template: {
            id: template,
            version: 1,
            uri: `${api.url}/services/${api.demo.serviceId}/templates/${template}`,
          },
          scheduled_for: null,
          content: { subject: 'Your licence, Sam &amp; Co', body: 'Dear Sam & Co\n\nIt costs £5.' },
        },
      ]);
    });

    test.each([
      [{}, ['template_id is a required property', 'personalisation is a required property']],
      [
        { template_id: 'x', personalisation: 'y', reference: 5 },
        [
          'template_id is not a valid UUID',
          'personalisation y is not of type object',
          'reference 5 is not of type string',
        ],
      ],
      [
        { template_id: randomUUID(), personalisation: {}, postage: 'first', scheduled_for: null },
        ['Additional properties are not allowed (postage, scheduled_for were unexpected)'],
      ],
      [
        { template_id: randomUUID(), personalisation: {}, reference: 'a'.repeat(1001) },
        [`reference ${'a'.repeat(1001)} is too long`],
      ],
      [[1], ['[1] is not of type object']],
    ])('%j is refused by its schema', async (body, messages) => {
      expect(await post(body)).toMatchObject({ status: 400, body: validationErrors(...messages) });
    });

    test('a body that is no JSON is refused', async () => {
      expect(await post('{')).toMatchObject({ status: 400, body: refusal('Invalid JSON supplied in POST data') });
    });

    test('without the permission nothing else is looked at', async () => {
      await withoutPermission(api, 'letter', async () => {
        expect((await post({ ...good, template_id: randomUUID() })).body).toEqual(
          refusal('Service is not allowed to send letters'),
        );
      });
    });

    test('the template must be a letter of the service, and not be deleted', async () => {
      const template_id = async (facts: object) =>
        addTemplate(api.orm, { templateType: 'letter', content: 'x', subject: 'y', ...facts });
      expect((await post({ ...good, template_id: randomUUID() })).body).toEqual(refusal('Template not found'));
      const foreign = await template_id({ serviceId: await addService(api) });
      expect((await post({ ...good, template_id: foreign })).body).toEqual(refusal('Template not found'));
      const hidden = await template_id({ hidden: true });
      expect((await post({ ...good, template_id: hidden })).body).toEqual(refusal('Template not found'));
      expect((await post({ ...good, template_id: api.templates.sms })).body).toEqual(
        refusal('sms template is not suitable for letter notification'),
      );
      const archived = await template_id({ archived: true });
      expect((await post({ ...good, template_id: archived })).body).toEqual(refusal('Template has been deleted'));
    });

    test('a QR code that is too long is told before what is missing, with its size', async () => {
      const template_id = await addTemplate(api.orm, {
        templateType: 'letter',
        subject: 's',
        content: 'qr: ((link))\n\n((missing))',
      });
      const link = `https://example.gov.uk/${'a'.repeat(600)}`;
      const { body } = await post({ template_id, personalisation: { ...address, link } });
      expect(body).toEqual({
        status_code: 400,
        errors: [
          {
            error: 'ValidationError',
            message: 'Cannot create a usable QR code - the link is too long',
            data: link,
            num_bytes: link.length,
            max_bytes: 504,
          },
        ],
      });
    });

    test('missing personalisation is named, that of the contact block first', async () => {
      const { rows } = await api.pool.query('select id from service_letter_contacts where service_id = $1', [
        api.demo.serviceId,
      ]);
      const template_id = await addTemplate(api.orm, {
        templateType: 'letter',
        subject: '((About what))',
        content: '((name))',
      });
      for (const table of ['templates', 'templates_history']) {
        await api.pool.query(`update ${table} set service_letter_contact_id = $1 where id = $2`, [
          rows[0].id,
          template_id,
        ]);
      }
      await api.pool.query("update service_letter_contacts set contact_block = '((office))\nLondon' where id = $1", [
        rows[0].id,
      ]);
      expect((await post({ template_id, personalisation: { Name: 'Sam' } })).body).toEqual(
        refusal('Missing personalisation: office, About what'),
      );
    });

    test('an empty message is refused', async () => {
      const template_id = await addTemplate(api.orm, { templateType: 'letter', subject: 's', content: '((body))' });
      expect((await post({ template_id, personalisation: { body: ' ' } })).body).toEqual(
        refusal('Your message is empty.'),
      );
    });

    test('a file is refused before the key is looked at', async () => {
      const personalisation = { ...good.personalisation, name: { file: 'aGk=' } };
      expect((await post({ ...good, personalisation }, api.demo.apiKeys.team)).body).toEqual(
        refusal('Can only send a file by email'),
      );
    });

    test('a team key is refused before the address is read', async () => {
      const { status, body } = await post(withAddress({}), api.demo.apiKeys.team);
      expect([status, body]).toEqual([403, v2Error(403, 'BadRequestError', 'Cannot send letters with a team api key')]);
    });

    test('in trial mode only a test key passes', async () => {
      await withService(api, { restricted: true }, async () => {
        const message = 'Cannot send letters when service is in trial mode';
        expect(await post(withAddress({}))).toMatchObject({
          status: 403,
          body: v2Error(403, 'BadRequestError', message),
        });
        expect(await post(good, api.demo.apiKeys.test)).toMatchObject({ status: 201 });
      });
    });

    const lines = (...given: string[]) =>
      Object.fromEntries(given.map((line, index) => [`address_line_${index + 1}`, line]));
    const eight = lines('1', '2', '3', '4', '5', '6', '7\nSW1A 1AA');
    test.each([
      [{}, 'Address must be at least 3 lines'],
      [lines('a', 'SW1A 1AA'), 'Address must be at least 3 lines'],
      [
        { 'address line 1': 'Sam', Address_Line_2: 'Road', addressLine3: 'SW1A 1AA' },
        'Address must be at least 3 lines',
      ],
      [{ ...lines('a', 'b'), address_line_7: '', postcode: 'SW1A 1AA' }, 'Address must be at least 3 lines'],
      [eight, 'Address must be no more than 7 lines'],
      [
        lines('*', 'b', 'SW1A 1AA'),
        'The first 2 lines of the address must both include at least one alphanumeric character',
      ],
      [lines('a', 'b', 'BFPO 1', 'France'), 'The last line of a BFPO address must not be a country.'],
      [lines('a', 'b', 'c'), 'Last line of address must be a real UK postcode or another country'],
      [
        lines('[a', 'b', 'SW1A 1AA'),
        'Address lines must not start with any of the following characters: @ ( ) = [ ] ” \\ / , < >',
      ],
      [lines('Sam', 'no fixed abode', 'SW1A 1AA'), 'Must be a real address'],
    ])('%j: %s', async (personalisation, message) => {
      expect(await post(withAddress(personalisation))).toMatchObject({ status: 400, body: validationErrors(message) });
    });

    test.each([
      ['a postcode of its own', { address_line_1: 'a', address_line_2: 'b', postcode: 'sw1a1aa' }],
      ['seven lines', { address_line_1: 'a', address_line_2: 'b', address_line_7: 'SW1A 1AA', postcode: 'nonsense' }],
      ['an address abroad', { address_line_1: 'a', address_line_2: 'b', address_line_3: 'Deutschland' }],
    ])('%s is an address', async (_what, personalisation) => {
      expect(await post(withAddress(personalisation))).toMatchObject({ status: 201 });
    });

    test('without the permission for it, another country is no last line', async () => {
      await withoutPermission(api, 'international_letters', async () => {
        expect((await post(withAddress(lines('a', 'b', 'France')))).body).toEqual(
          validationErrors('Must be a real UK postcode'),
        );
      });
    });
  });

  describe('as a PDF', () => {
    const pdf = { reference: 'batch-7/0001', content: Buffer.from('%PDF-1.4').toString('base64') };

    test('is answered with its id, reference and postage, and nothing more', async () => {
      const { status, body } = await post(pdf);
      expect([status, body]).toEqual([201, { id: expect.any(String), reference: 'batch-7/0001', postage: 'second' }]);
      const reference = 'r'.repeat(2000);
      expect(await post({ ...pdf, reference, postage: 'economy' })).toMatchObject({
        status: 201,
        body: { reference, postage: 'economy' },
      });
    });

    test('where the file cannot be stored there is no letter', async () => {
      const { put } = api.letters.store;
      const count = async () => (await api.pool.query('select count(*)::int from letters')).rows;
      const before = await count();
      api.letters.store.put = () => Promise.reject(new ObjectStoreError('full'));
      expect(await post(pdf)).toMatchObject({ status: 500 });
      api.letters.store.put = put;
      expect(await count()).toEqual(before);
    });

    test.each([
      [
        { content: 'aGk=', template_id: randomUUID(), personalisation: {} },
        [
          'reference is a required property',
          'Additional properties are not allowed (personalisation, template_id were unexpected)',
        ],
      ],
      [{ reference: 'r', content: null }, ['content None is not of type string']],
      [
        { reference: 'r', content: 'aGk=', postage: 'europe' },
        ['postage invalid. It must be either first, second or economy.'],
      ],
      [{ reference: 'r', content: 'aGk=', postage: 2 }, ['postage 2 is not of type string']],
    ])('%j is refused by its schema', async (body, messages) => {
      expect(await post(body)).toMatchObject({ status: 400, body: validationErrors(...messages) });
    });

    test.each(['hi', 'a', 'aGk', 'aGk=ü'])('%j is no base64', async (content) => {
      expect((await post({ ...pdf, content })).body).toEqual(
        refusal('Cannot decode letter content (invalid base64 encoding)'),
      );
    });

    test('characters outside the alphabet are skipped', async () => {
      expect(await post({ ...pdf, content: ' aG\nk*=' })).toMatchObject({ status: 201 });
    });

    test('permission, team key and trial mode are looked at before the file', async () => {
      const bad = { ...pdf, content: 'hi' };
      await withoutPermission(api, 'letter', async () => {
        expect((await post(bad)).body).toEqual(refusal('Service is not allowed to send letters'));
      });
      expect((await post(bad, api.demo.apiKeys.team)).body).toEqual(
        v2Error(403, 'BadRequestError', 'Cannot send letters with a team api key'),
      );
      await withService(api, { restricted: true }, async () => {
        expect((await post(bad)).body).toEqual(
          v2Error(403, 'BadRequestError', 'Cannot send letters when service is in trial mode'),
        );
      });
    });
  });

  test('authentication comes before everything', async () => {
    expect(await api.request('POST', PATH, { body: good })).toMatchObject({ status: 401 });
  });
});

describe('limits on letters', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  test('one request costs one token, and is not read when there is none', async () => {
    await withService(api, { rate_limit: 6 }, async () => {
      const statuses = [await api.post(PATH, '{'), await api.post(PATH, '{'), await api.post(PATH, '{')].map(
        ({ status }) => status,
      );
      expect(statuses).toEqual([400, 400, 429]);
    });
  });

  test('the daily limit comes before the body, too; a test key in trial mode has that of live services', async () => {
    await withService(api, { letter_message_limit: 0, rate_limit: 1_000_000_000 }, async () => {
      const body = v2Error(429, 'TooManyRequestsError', 'Exceeded send limits (letter: 0) for today');
      expect(await api.post(PATH, '{')).toMatchObject({ status: 429, body });
      expect(await api.post(PATH, '{', api.demo.apiKeys.test)).toMatchObject({ status: 429, body });
    });
    await withService(api, { letter_message_limit: 0, restricted: true }, async () => {
      expect(await api.post(PATH, '{', api.demo.apiKeys.test)).toMatchObject({ status: 400 });
    });
  });
});

describe('GET /v2/notifications/{notification_id}/pdf', () => {
  let api: ApiBench;
  let id: string;
  beforeAll(async () => {
    api = await startApi();
    const { body } = await api.post('/v2/notifications/sms', {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    });
    id = body.id;
    await api.bench.settled(id, 'sending.awaitingReceipt');
  });
  afterAll(() => api?.stop());

  const pdf = (of: string) => api.get(`/v2/notifications/${of}/pdf`);

  test('an id that is none, and one that is unknown', async () => {
    expect((await pdf('x')).body).toEqual(validationErrors('notification_id is not a valid UUID'));
    expect(await pdf(randomUUID())).toMatchObject({
      status: 404,
      body: v2Error(404, 'NoResultFound', 'No result found'),
    });
  });

  test('a text is no letter', async () => {
    expect((await pdf(id)).body).toEqual(refusal('Notification is not a letter'));
  });
});
