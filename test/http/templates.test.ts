import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';
import { addService, addTemplate } from './set-up.ts';

const NOT_FOUND = v2Error(404, 'NoResultFound', 'No result found');

describe('templates', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  test('one is shown with every key', async () => {
    const id = api.templates.email;
    const { status, body } = await api.get(`/v2/template/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      type: 'email',
      name: 'A template',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      updated_at: null,
      created_by: 'demo-user@example.gov.uk',
      version: 1,
      subject: 'Your visit - ((date))',
      body: 'Dear ((name))\n\nBring: ((things))',
      personalisation: { date: { required: true }, name: { required: true }, things: { required: true } },
      postage: null,
      letter_contact_block: null,
    });
  });

  test('a letter has postage and a contact block', async () => {
    const { body } = await api.get(`/v2/template/${api.demo.templates.letter}`);
    expect(body).toMatchObject({ type: 'letter', postage: 'second', letter_contact_block: expect.any(String) });
  });

  test('placeholders are named once, as first written, conditional ones without their text', async () => {
    const id = await addTemplate(api.orm, {
      templateType: 'sms',
      content: '((b)) ((First Name)) ((a??x)) ((first_name))',
    });
    const { body } = await api.get(`/v2/template/${id}`);
    expect(body).toMatchObject({ subject: null });
    expect(Object.keys(JSON.parse(JSON.stringify(body)).personalisation)).toEqual(['b', 'First Name', 'a']);
  });

  test('archived ones are shown, hidden and foreign ones are not', async () => {
    const archived = await addTemplate(api.orm, { templateType: 'sms', content: 'x', archived: true });
    const hidden = await addTemplate(api.orm, {
      templateType: 'letter',
      content: 'x',
      hidden: true,
      postage: 'second',
    });
    const foreign = await addTemplate(api.orm, {
      templateType: 'sms',
      content: 'x',
      serviceId: await addService(api),
    });
    expect((await api.get(`/v2/template/${archived}`)).status).toBe(200);
    for (const id of [hidden, foreign, randomUUID()]) {
      expect(await api.get(`/v2/template/${id}`)).toMatchObject({ status: 404, body: NOT_FOUND });
    }
  });

  test('a version can be asked for; 0 means the latest', async () => {
    const id = api.templates.sms;
    for (const version of ['0', '1', '01']) {
      const reply = await api.get(`/v2/template/${id}/version/${version}`);
      expect(reply).toMatchObject({ status: 200, body: { id, version: 1 } });
    }
    for (const version of ['2', '99999999999999999999']) {
      expect(await api.get(`/v2/template/${id}/version/${version}`)).toMatchObject({ status: 404, body: NOT_FOUND });
    }
  });

  test.each(['/v2/template/x', '/v2/template/x/version/1'])('%s is no id', async (path) => {
    expect(await api.get(path)).toMatchObject({ status: 400, body: validationErrors('id is not a valid UUID') });
  });

  describe('a list', () => {
    test('is ordered by name and then type, without archived and hidden ones', async () => {
      const key = api.demo.apiKeys.normal;
      await addTemplate(api.orm, { templateType: 'email', name: '0 first', subject: 'x', content: 'x' });
      await addTemplate(api.orm, { templateType: 'sms', name: '0 first', content: 'x' });
      await addTemplate(api.orm, { templateType: 'sms', name: '0 first', content: 'x', archived: true });
      const { status, body } = await api.get('/v2/templates', key);
      expect(status).toBe(200);
      expect(body.templates.slice(0, 2)).toMatchObject([
        { name: '0 first', type: 'sms' },
        { name: '0 first', type: 'email' },
      ]);
      expect(body.templates.filter(({ name }) => name === '0 first')).toHaveLength(2);
    });

    test('can be of one type', async () => {
      const { body } = await api.get('/v2/templates?type=letter');
      expect(body.templates).toMatchObject([{ id: api.demo.templates.letter }]);
    });

    test.each([
      ['?type=coconut', 'type coconut is not one of [sms, email, letter]'],
      ['?page=1', 'Additional properties are not allowed (page was unexpected)'],
    ])('%s is refused', async (query, message) => {
      expect(await api.get(`/v2/templates${query}`)).toMatchObject({ status: 400, body: validationErrors(message) });
    });
  });

  describe('a preview', () => {
    const preview = (id: string, body: unknown) => api.post(`/v2/template/${id}/preview`, body);

    test('of an email has HTML, and is answered 200', async () => {
      const id = api.templates.email;
      const { status, body } = await preview(id, {
        personalisation: { name: 'Sam', date: 'today', things: ['a', 'b'] },
        extra: 1,
      });
      expect(status).toBe(200);
      expect(body).toEqual({
        id,
        type: 'email',
        version: 1,
        subject: 'Your visit – today',
        body: 'Dear Sam\n\nBring: \n\n* a\n* b',
        html: expect.stringMatching(/^<p style=.*Dear Sam<\/p>/),
        postage: null,
      });
    });

    test('of a text has neither subject nor HTML', async () => {
      const { body } = await preview(api.templates.sms, { personalisation: { name: 'Sam', date: 'today' } });
      expect(body).toMatchObject({ subject: null, html: null, body: 'Hello Sam, your appointment is on today.' });
    });

    test('of a letter has postage and an escaped subject', async () => {
      const id = await addTemplate(api.orm, {
        templateType: 'letter',
        subject: 'Tea & ((x))',
        content: 'Dear ((x)) & co',
        postage: 'first',
      });
      expect((await preview(id, { personalisation: { x: 'cake' } })).body).toMatchObject({
        subject: 'Tea &amp; cake',
        body: 'Dear cake & co',
        html: null,
        postage: 'first',
      });
    });

    test('needs no body for a template without placeholders, archived or not', async () => {
      const id = await addTemplate(api.orm, { templateType: 'sms', content: 'Hi', archived: true });
      for (const body of ['', '{}', 'null', '[]']) expect((await preview(id, body)).status).toBe(200);
    });

    test('JSON, schema, template and personalisation are looked at in this order', async () => {
      const message = 'Invalid JSON supplied in POST data';
      expect((await preview('x', '{')).body).toEqual(v2Error(400, 'BadRequestError', message));
      expect((await preview('x', { personalisation: [] })).body).toEqual(
        validationErrors('id is not a valid UUID', 'personalisation [] is not of type object'),
      );
      expect((await preview('x', 5)).body).toEqual(validationErrors('5 is not of type object'));
      expect(await preview(randomUUID(), {})).toMatchObject({ status: 404, body: NOT_FOUND });
      expect((await preview(api.templates.email, {})).body).toEqual(
        v2Error(400, 'BadRequestError', 'Missing personalisation: date, name, things'),
      );
    });
  });
});
