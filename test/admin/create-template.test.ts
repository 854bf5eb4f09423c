import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

describe('a new template', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const template = (facts: object = {}) => ({
    name: 'A template',
    template_type: 'sms',
    content: 'Hello ((name))',
    service,
    created_by: user,
    ...facts,
  });
  const create = (facts: object = {}) => admin.post(`/service/${service}/template`, template(facts));

  test('an email can end with a link to unsubscribe, from one version on', async () => {
    const { body } = await create({ template_type: 'email', subject: 'S', has_unsubscribe_link: true });
    const id = String(body['data']?.['id']);
    const current = async () => (await admin.directory.template(service, id))?.hasUnsubscribeLink;
    expect(await current()).toBe(true);
    const changed = await admin.post(`/service/${service}/template/${id}`, { has_unsubscribe_link: false });
    expect(changed.body['data']).toMatchObject({ version: 2 });
    expect(await current()).toBe(false);
    expect((await admin.directory.template(service, id, 1))?.hasUnsubscribeLink).toBe(true);
    expect(await create({ has_unsubscribe_link: 'yes' })).toMatchObject({ status: 400 });
  });

  test('is version 1 of itself, with a redaction that is off', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    const id = body['data']?.['id'];
    expect(body['data']).toEqual({
      id: expect.any(String),
      name: 'A template',
      template_type: 'sms',
      content: 'Hello ((name))',
      subject: null,
      service,
      created_by: user,
      created_at: expect.stringMatching(/\+00:00$/),
      updated_at: null,
      version: 1,
      archived: false,
      hidden: false,
      process_type: 'normal',
      folder: null,
      postage: null,
      reply_to: null,
      reply_to_text: 'GOVUK',
      service_letter_contact: null,
      template_redacted: id,
      redact_personalisation: false,
      broadcast_data: null,
    });
    const { rows } = await admin.pool.query('select version, content from templates_history where id = $1', [id]);
    expect(rows).toEqual([{ version: 1, content: 'Hello ((name))' }]);
  });

  test('of a letter goes second class, with the contact block that it names', async () => {
    const contact = randomUUID();
    await admin.pool.query(
      "insert into service_letter_contacts (id, service_id, contact_block) values ($1, $2, '1 Street')",
      [contact, service],
    );
    const { body } = await create({ template_type: 'letter', subject: '', reply_to: contact });
    expect(body['data']).toMatchObject({
      postage: 'second',
      reply_to: contact,
      reply_to_text: '1 Street',
      subject: '',
    });
    const other = await create({ template_type: 'letter', subject: 'S', reply_to: UNKNOWN });
    expect(other).toMatchObject({
      status: 400,
      body: plain(`letter_contact_id ${UNKNOWN} does not exist in database for service id ${service}`),
    });
  });

  test('lies in a folder of its own service', async () => {
    const folder = randomUUID();
    const values = [folder, service];
    await admin.pool.query("insert into template_folder (id, service_id, name) values ($1, $2, 'A folder')", values);
    expect((await create({ parent_folder_id: folder })).body['data']?.['folder']).toBe(folder);
    expect(await create({ parent_folder_id: UNKNOWN })).toMatchObject({
      status: 400,
      body: plain('parent_folder_id not found'),
    });
  });

  test.each([
    [{ subject: undefined, template_type: 'email' }, ['subject is a required property']],
    [{ template_type: undefined }, ['template_type is a required property', 'subject is a required property']],
    [{ template_type: 'pigeon', subject: 'x' }, ['template_type pigeon is not one of [sms, email, letter, broadcast]']],
    [{ name: 7, content: undefined }, ['name 7 is not of type string', 'content is a required property']],
    [{ service: 'mine' }, ['service is not a valid UUID']],
    [{ postage: 'third' }, ['postage invalid. It must be first, second, europe or rest-of-world.']],
  ])('is refused with %j', async (facts, messages) => {
    const errors = messages.map((message) => ({ error: 'ValidationError', message }));
    expect(await create(facts)).toMatchObject({ status: 400, body: { status_code: 400, errors } });
  });

  test('is refused with a field that nothing is made of', async () => {
    expect(await create({ colour: 'red' })).toMatchObject({ status: 400, body: plain('Unknown field name colour') });
  });

  test('is refused where it is too long, or its type is not switched on, or nobody made it', async () => {
    const tooLong = plain({ content: ['Content has a character count greater than the limit of 918'] });
    expect(await create({ content: 'x'.repeat(919) })).toMatchObject({ status: 400, body: tooLong });
    expect(await create({ content: 'x'.repeat(918) })).toMatchObject({ status: 201 });
    expect(await create({ template_type: 'broadcast' })).toMatchObject({
      status: 403,
      body: plain({ template_type: ['Creating broadcast message templates is not allowed'] }),
    });
    await admin.post(`/service/${service}`, { permissions: ['broadcast'] });
    expect(await create({ template_type: 'broadcast', content: 'x'.repeat(1396) })).toMatchObject({
      status: 400,
      body: tooLong,
    });
    expect(await create({ template_type: 'broadcast', created_by: UNKNOWN })).toMatchObject(NO_RESULT);
    expect(await admin.post(`/service/${UNKNOWN}/template`, template())).toMatchObject(NO_RESULT);
  });
});
