import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { templateFileKey } from '../../src/commands/template-files.ts';
import { DEMO_USER_ID } from '../../src/db/demo-setup.ts';
import { TemplateEmailFile } from '../../src/db/entities/templates.ts';
import { type ApiBench, startApi, v2Error } from './api-bench.ts';
import { addTemplate, withService } from './set-up.ts';

const LINK = String.raw`https://documents\.example/d/[\w-]{22}/[\w-]{22}\?key=[\w-]{43}`;

describe('an email whose template has files', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  const template = (content: string) => addTemplate(api.orm, { templateType: 'email', subject: 'S', content });
  const attach = async (templateId: string, facts: object = {}): Promise<string> => {
    const id = randomUUID();
    await api.orm.em.fork().transactional(async (em) => {
      em.create(TemplateEmailFile, {
        id,
        templateId,
        templateVersion: 1,
        filename: 'form.pdf',
        linkText: null,
        retentionPeriod: 2,
        validateUsersEmail: false,
        pending: false,
        createdById: DEMO_USER_ID,
        ...facts,
      });
    });
    await api.files.store.put(templateFileKey(api.demo.serviceId, id), Buffer.from('%PDF-1.7'));
    return id;
  };
  const post = (template_id: string, more: object = {}) =>
    api.post('/v2/notifications/email', { email_address: 'sam@example.com', template_id, ...more });
  const request = async (id: string) =>
    (await api.pool.query('select document_download_count as files from notification_requests where id = $1', [id]))
      .rows[0];
  const documents = async () => (await api.pool.query('select count(*)::int as n from documents')).rows[0].n;

  test('needs nothing from the caller: each message has a link of its own, and the file can be downloaded', async () => {
    const id = await template('Read ((Form_PDF.pdf)) now');
    await attach(id, { filename: 'form pdf.pdf' });
    const [first, second] = [await post(id), await post(id)];
    expect(first.status).toBe(201);
    expect(first.body.content.body).toMatch(new RegExp(`^Read ${LINK} now$`));
    expect(second.body.content.body).not.toBe(first.body.content.body);
    expect(await request(first.body.id)).toEqual({ files: 1 });
    const { rows } = await api.pool.query('select available_until from documents order by created_at desc limit 1');
    expect(new Date(rows[0].available_until).getTime() - api.files.now).toBeLessThanOrEqual(14 * 86_400_000);
  });

  test('shows the link text that its author chose', async () => {
    const id = await template('Read ((form.pdf))');
    await attach(id, { linkText: 'the form' });
    expect((await post(id)).body.content.body).toMatch(new RegExp(String.raw`^Read \[the form\]\(${LINK}\)$`));
  });

  test('counts them with the files of the personalisation, and takes their places from the caller', async () => {
    const id = await template('((form.pdf)) ((letter))');
    await attach(id);
    const letter = { file: Buffer.from('text').toString('base64') };
    const { body } = await post(id, { personalisation: { letter, FORM_PDF: 'x', 'FORM.pdf': 'mine' } });
    expect(body.content.body).toMatch(new RegExp(`^${LINK} ${LINK}$`));
    expect(await request(body.id)).toEqual({ files: 2 });
  });

  test('is previewed with their names', async () => {
    const id = await template('Read ((FORM.pdf))');
    await attach(id);
    expect((await api.post(`/v2/template/${id}/preview`, {})).body).toMatchObject({ body: 'Read form.pdf' });
  });

  test('is sent without those that its text has no place for, or that are not in use', async () => {
    const id = await template('Nothing to read');
    await attach(id);
    const before = await documents();
    const { body } = await post(id);
    expect(body.content.body).toBe('Nothing to read');
    expect(await request(body.id)).toEqual({ files: null });
    expect(await documents()).toBe(before);
    const waiting = await template('((form.pdf))');
    await attach(waiting, { pending: true });
    expect((await post(waiting)).body).toEqual(v2Error(400, 'BadRequestError', 'Missing personalisation: form.pdf'));
  });

  test('uploads nothing for a message that is refused, or for a simulated recipient', async () => {
    const id = await template('((form.pdf)) ((name))');
    await attach(id);
    const before = await documents();
    expect((await post(id)).body).toEqual(v2Error(400, 'BadRequestError', 'Missing personalisation: name'));
    const simulated = await api.post('/v2/notifications/email', {
      email_address: 'simulate-delivered@notifications.service.gov.uk',
      template_id: id,
      personalisation: { name: 'Sam' },
    });
    expect(simulated.body.content.body).toBe(
      `https://documents.example/services/${api.demo.serviceId}/documents/test-document Sam`,
    );
    expect(await documents()).toBe(before);
  });

  test('is refused without contact details, as their download pages show them', async () => {
    const id = await template('((form.pdf))');
    await attach(id);
    await withService(api, { contact_link: null }, async () => {
      expect((await post(id)).body.errors?.[0]?.message).toContain('Send files by email has not been set up');
    });
  });

  test('a file that is gone from the store sends nothing, and is told to operators', async () => {
    const id = await template('((form.pdf))');
    const file = await attach(id);
    await api.files.store.delete(templateFileKey(api.demo.serviceId, file));
    expect((await post(id)).body).toEqual(v2Error(500, 'Exception', 'Internal server error'));
    expect(api.log.lines).toContainEqual(
      expect.objectContaining({ message: `Template email file ${file} is not in the object store` }),
    );
  });
});
