import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { templateFileKey } from '../../src/commands/template-files.ts';
import { EICAR } from '../documents/bench.ts';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const LINK = /^https:\/\/documents\.example\/d\/[\w-]{22}\/[\w-]{22}\?key=[\w-]{43}$/;

describe('files of an email template', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const addTemplate = async (facts: object = {}): Promise<string> => {
    const template = { name: 'T', template_type: 'email', subject: 'S', content: 'Read ((form.pdf))', ...facts };
    const { body } = await admin.post(`/service/${service}/template`, { service, created_by: user, ...template });
    return String(body['data']?.['id']);
  };
  const at = (template: string, rest = '', owner = service) =>
    `/service/${owner}/templates/${template}/template_email_files${rest}`;
  const facts = (more: object = {}) => ({
    filename: 'form.pdf',
    retention_period: 4,
    validate_users_email: false,
    created_by_id: user,
    file: Buffer.from('%PDF-1.7').toString('base64'),
    ...more,
  });
  const attach = (template: string, more: object = {}) => admin.post(at(template), facts(more));
  const versionOf = async (template: string) =>
    (await admin.get(`/service/${service}/template/${template}`)).body['data']?.['version'];
  const filesOf = async (template: string) => (await admin.directory.template(service, template))?.files;

  test('a file is stored, and its template has a new version', async () => {
    const template = await addTemplate();
    const { status, body } = await attach(template, { link_text: 'the form' });
    expect(status).toBe(201);
    expect(body['data']).toEqual({
      id: expect.any(String),
      template_id: template,
      template_version: 2,
      filename: 'form.pdf',
      link_text: 'the form',
      retention_period: 4,
      validate_users_email: false,
      pending: false,
      created_at: expect.stringMatching(/\+00:00$/),
      created_by_id: user,
      updated_at: null,
      archived_at: null,
      archived_by_id: null,
      version: 1,
    });
    const id = String(body['data']?.['id']);
    expect(await versionOf(template)).toBe(2);
    expect(await admin.files.store.head(templateFileKey(service, id))).toMatchObject({ sizeBytes: 8 });
    expect(await filesOf(template)).toEqual([
      { id, filename: 'form.pdf', linkText: 'the form', retentionWeeks: 4, isConfirmed: false },
    ]);
    expect((await admin.get(at(template))).body['data']).toEqual([body['data']]);
    expect((await admin.get(at(template, `/${id}`))).body).toEqual(body);
  });

  test('a file that was put into the object store before needs no content', async () => {
    const template = await addTemplate();
    const id = randomUUID();
    const { file: _, ...rest } = facts({ id });
    expect(await admin.post(at(template), rest)).toMatchObject({
      status: 400,
      body: plain({ file: ['Missing data for required field.'] }),
    });
    await admin.files.store.put(templateFileKey(service, id), Buffer.from('%PDF-1.7'));
    expect(await admin.post(at(template), rest)).toMatchObject({ status: 201, body: { data: { id } } });
  });

  test('a pending file goes with no email until it is taken into use', async () => {
    const template = await addTemplate();
    const id = (await attach(template, { pending: true })).body['data']?.['id'];
    expect(await versionOf(template)).toBe(1);
    expect(await filesOf(template)).toEqual([]);
    const changed = await admin.post(at(template, `/${id}`), { link_text: 'it', pending: true });
    expect(changed.body['data']).toMatchObject({ link_text: 'it', pending: true, template_version: 1, version: 1 });
    const live = await admin.post(at(template, `/${id}`), { pending: false });
    expect(live.body['data']).toMatchObject({ pending: false, template_version: 2, version: 1 });
    expect(await versionOf(template)).toBe(2);
    expect(await filesOf(template)).toMatchObject([{ linkText: 'it' }]);
    expect(await admin.post(at(template, `/${id}`), { pending: true })).toMatchObject({
      status: 400,
      body: plain({ pending: ['A file in use cannot become pending'] }),
    });
  });

  test('a change is a new version of file and template, no change is none', async () => {
    const template = await addTemplate();
    const id = (await attach(template)).body['data']?.['id'];
    const same = await admin.post(at(template, `/${id}`), { retention_period: 4, link_text: '' });
    expect(same.body['data']).toMatchObject({ version: 1, template_version: 2, link_text: null });
    const other = await admin.post(at(template, `/${id}`), { retention_period: 5, validate_users_email: true });
    expect(other).toMatchObject({
      status: 200,
      body: { data: { retention_period: 5, version: 2, template_version: 3 } },
    });
    const { rows } = await admin.pool.query(
      'select version, retention_period from template_email_files_history where id = $1 order by version',
      [id],
    );
    expect(rows).toEqual([
      { version: 1, retention_period: 4 },
      { version: 2, retention_period: 5 },
    ]);
    expect(await filesOf(template)).toMatchObject([{ retentionWeeks: 5, isConfirmed: true }]);
  });

  test('an archived file is gone for good, and its name is free', async () => {
    const template = await addTemplate();
    const id = (await attach(template)).body['data']?.['id'];
    const archive = () => admin.post(at(template, `/${id}/archive`), { archived_by_id: user });
    const { status, body } = await archive();
    expect(status).toBe(200);
    expect(body['data']).toMatchObject({ archived_at: expect.any(String), archived_by_id: user, template_version: 3 });
    expect((await archive()).body).toEqual(body);
    expect(await filesOf(template)).toEqual([]);
    expect((await admin.get(at(template))).body).toEqual({ data: [] });
    expect(await admin.post(at(template, `/${id}`), { retention_period: 9 })).toMatchObject(NO_RESULT);
    expect((await attach(template)).status).toBe(201);
  });

  test('names are compared as placeholders are', async () => {
    const template = await addTemplate();
    await attach(template, { filename: 'my form.pdf' });
    expect(await attach(template, { filename: 'My_Form.PDF' })).toMatchObject({
      status: 400,
      body: plain(`File named My_Form.PDF already exists for template id ${template}`),
    });
  });

  test.each([
    [{ filename: 'run.exe' }, { file: [expect.stringContaining("Unsupported file type '.exe'")] }],
    [{ file: 'abc' }, { file: ['Document is not base64 encoded'] }],
    [{ file: '' }, { file: ['Document must not be empty'] }],
    [{ file: Buffer.from(EICAR).toString('base64') }, { file: ['File did not pass the virus scan'] }],
    [{ file: Buffer.alloc(2_098_177).toString('base64') }, { file: ['Uploaded file exceeds file size limit'] }],
  ])('what recipients could not be sent is refused', async (more, message) => {
    const template = await addTemplate();
    expect(await attach(template, more)).toMatchObject({ status: 400, body: plain(message) });
    expect(await versionOf(template)).toBe(1);
  });

  test.each([
    [{ retention_period: 79 }, 'retention_period Unsupported value for retention_period.'],
    [{ retention_period: '4' }, 'retention_period Unsupported value for retention_period.'],
    [{ filename: undefined }, 'filename is a required property'],
    [{ created_by_id: 'x' }, 'created_by_id is not a valid UUID'],
    [{ validate_users_email: 1 }, 'validate_users_email 1 is not of type boolean'],
  ])('%j is refused', async (more, message) => {
    const { status, body } = await attach(await addTemplate(), more);
    expect(status).toBe(400);
    expect(body['errors']?.map((error: Json) => error['message'])).toEqual([expect.stringContaining(message)]);
  });

  test('only email templates of a service that sends emails have files', async () => {
    const text = await addTemplate({ template_type: 'sms' });
    expect(await attach(text)).toMatchObject({
      status: 400,
      body: plain('Cannot add an email file to a non-email template'),
    });
    const template = await addTemplate();
    await admin.pool.query("delete from service_permissions where service_id = $1 and permission = 'email'", [service]);
    expect(await attach(template)).toMatchObject({
      status: 400,
      body: plain('Updating email templates is not allowed'),
    });
    await admin.pool.query("insert into service_permissions (service_id, permission) values ($1, 'email')", [service]);
  });

  test('unknown templates, files, users and other services are not found', async () => {
    const template = await addTemplate();
    const id = (await attach(template)).body['data']?.['id'];
    const other = await admin.addService(user);
    expect(await attach(UNKNOWN)).toMatchObject(NO_RESULT);
    expect(await attach(template, { filename: 'b.pdf', created_by_id: UNKNOWN })).toMatchObject(NO_RESULT);
    expect(await admin.post(at(template, `/${UNKNOWN}`), {})).toMatchObject(NO_RESULT);
    expect(await admin.get(at(template, `/${id}`, other))).toMatchObject(NO_RESULT);
    expect(await admin.post(at(template, `/${id}`, other), {})).toMatchObject(NO_RESULT);
  });

  test('another file under an id that is taken changes nothing', async () => {
    const template = await addTemplate();
    const id = String((await attach(template)).body['data']?.['id']);
    const again = { id, filename: 'other.pdf', file: Buffer.from('%PDF-1.7 another').toString('base64') };
    expect(await attach(template, again)).toMatchObject({
      status: 400,
      body: plain({ id: ['A file with this id already exists'] }),
    });
    expect(await admin.files.store.head(templateFileKey(service, id))).toMatchObject({ sizeBytes: 8 });
    expect(await versionOf(template)).toBe(2);
  });

  test('a message that a member sends has a link in its place', async () => {
    const template = await addTemplate();
    await attach(template, { link_text: 'the form' });
    await admin.post(`/service/${service}`, { contact_link: 'https://contact.example' });
    const member = (await admin.get(`/user/${user}`)).body['data']?.['email_address'];
    const sent = await admin.post(`/service/${service}/send-notification`, {
      template_id: template,
      to: member,
      created_by: user,
    });
    expect(sent.status).toBe(201);
    const message = (await admin.messages()).at(-1);
    const text = message?.values['form.pdf'] ?? '';
    expect(text).toMatch(/^\[the form\]\(/);
    expect(text.slice('[the form]('.length, -1)).toMatch(LINK);
  });
});
