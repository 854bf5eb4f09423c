import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const REDACTED = `select redact_personalisation as redacted from template_redacted where template_id = $1`;

describe('templates', () => {
  let admin: AdminBench;
  let user: string;
  let other: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    other = await admin.addUser({ name: 'Alex Jones' });
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const create = async (facts: object = {}, owner = service): Promise<Json> => {
    const template = { name: 'T', template_type: 'sms', content: 'Hello ((name))', created_by: user, ...facts };
    return (await admin.post(`/service/${owner}/template`, { service: owner, ...template })).body['data'] as Json;
  };
  const at = (id: unknown, owner = service) => `/service/${owner}/template/${id}`;
  const history = async (id: unknown) =>
    (
      await admin.pool.query(
        'select version, content, created_by_id as author from templates_history where id = $1 order by version',
        [id],
      )
    ).rows;

  test('are listed by name, whole or in brief, without those that are archived', async () => {
    const owner = await admin.addService(user);
    for (const name of ['b', 'a', 'gone']) await create({ name }, owner);
    const { body: all } = await admin.get(at('', owner).slice(0, -1));
    const gone = all['data']?.find(({ name }) => name === 'gone')?.['id'];
    await admin.post(at(gone, owner), { archived: true });
    const whole = (await admin.get(`/service/${owner}/template`)).body['data'];
    expect(whole?.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(whole?.[0]).toMatchObject({ content: 'Hello ((name))', version: 1, reply_to_text: 'GOVUK' });
    const brief = (await admin.get(`/service/${owner}/template?detailed=False`)).body['data'];
    expect(brief?.[0]).toEqual({
      id: whole?.[0]?.['id'],
      name: 'a',
      template_type: 'sms',
      folder: null,
      content: null,
    });
    expect((await admin.get(at(gone, owner))).body['data']).toMatchObject({ archived: true, version: 2 });
    expect((await admin.get(`/service/${UNKNOWN}/template`)).body).toEqual({ data: [] });
  });

  test('a change is a new version with its author, and the old version is kept', async () => {
    const { id } = await create();
    const { status, body } = await admin.post(at(id), { name: 'New', content: 'Bye', created_by: other });
    expect(status).toBe(200);
    expect(body['data']).toMatchObject({ id, name: 'New', content: 'Bye', version: 2, created_by: other });
    expect(body['data']?.['updated_at']).toMatch(/\+00:00$/);
    expect(await history(id)).toEqual([
      { version: 1, content: 'Hello ((name))', author: user },
      { version: 2, content: 'Bye', author: other },
    ]);
    const { body: first } = await admin.get(`${at(id)}/version/1`);
    expect(first['data']).toMatchObject({
      name: 'T',
      content: 'Hello ((name))',
      version: 1,
      created_by: { id: user, name: 'Sam Smith', email_address: expect.any(String) },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
      broadcast_messages: [],
    });
    expect(first['data']).not.toHaveProperty('folder');
    const versions = (await admin.get(`${at(id)}/versions`)).body['data'];
    expect(versions?.map(({ version }) => version)).toEqual([2, 1]);
  });

  test('what changes nothing makes no version', async () => {
    const { id } = await create();
    const same = { name: 'T', content: 'Hello ((name))', subject: null, archived: false, process_type: 'normal' };
    const reply = await admin.post(at(id), { ...same, created_by: other });
    expect(reply).toMatchObject({ status: 200, body: { data: { version: 1, created_by: user } } });
    expect(await history(id)).toHaveLength(1);
  });

  test('of two changes that start from one version, one is made and the other refused', async () => {
    const { id } = await create();
    const lock = await admin.pool.connect();
    try {
      await lock.query('begin');
      await lock.query('select from templates where id = $1 for update', [id]);
      const replies = ['one', 'two'].map((content) => admin.post(at(id), { content }));
      const waiting = `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await admin.pool.query(waiting)).rows[0].count < 2) await sleep(10);
      await lock.query('commit');
      const answered = await Promise.all(replies);
      expect(answered.map(({ status }) => status).sort()).toEqual([200, 409]);
      const refused = answered.find(({ status }) => status === 409);
      expect(refused?.body).toEqual(plain('The template was changed by someone else at the same time'));
      const made = answered.findIndex(({ status }) => status === 200);
      expect((await history(id)).map(({ content }) => content)).toEqual(['Hello ((name))', ['one', 'two'][made]]);
    } finally {
      lock.release();
    }
  });

  test('many changes at once lose none of those that are answered with 200', async () => {
    const { id } = await create();
    const contents = Array.from({ length: 12 }, (_, index) => `text ${index}`);
    const replies = await Promise.all(contents.map((content) => admin.post(at(id), { content })));
    const made = contents.filter((_, index) => replies[index]?.status === 200);
    expect(replies.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const kept = await history(id);
    expect(
      kept
        .slice(1)
        .map(({ content }) => content)
        .sort(),
    ).toEqual(made.sort());
    expect(kept.map(({ version }) => version)).toEqual(kept.map((_, index) => index + 1));
  });

  test('archiving takes one out of its folder', async () => {
    const folder = await admin.post(`/service/${service}/template-folder`, { name: 'F', parent_id: null });
    const folderId = folder.body['data']?.['id'];
    const { id, folder: before } = await create({ parent_folder_id: folderId });
    expect(before).toBe(folderId);
    const { body } = await admin.post(at(id), { archived: true, created_by: user });
    expect(body['data']).toMatchObject({ archived: true, folder: null, version: 2 });
  });

  test('redaction is for good, needs an author, and makes no version', async () => {
    const { id } = await create();
    expect(await admin.post(at(id), { redact_personalisation: true, name: 'Ignored' })).toMatchObject({
      status: 400,
      body: plain({ created_by: ['Field is required'] }),
    });
    for (const _ of [1, 2]) {
      const reply = await admin.post(at(id), { redact_personalisation: true, created_by: user });
      expect(reply).toMatchObject({ status: 200, body: null });
      expect(reply.headers.get('content-type')).toBe('application/json');
    }
    expect((await admin.pool.query(REDACTED, [id])).rows).toEqual([{ redacted: true }]);
    expect((await admin.get(at(id))).body['data']).toMatchObject({
      name: 'T',
      version: 1,
      redact_personalisation: true,
    });
  });

  test('a letter can have another contact block, or none, and only one of its service', async () => {
    const { id } = await create({ template_type: 'letter', subject: 'S' });
    const contact = (
      await admin.post(`/service/${service}/letter-contact`, { contact_block: '1 St', is_default: true })
    ).body['data']?.['id'];
    const changed = await admin.post(at(id), { reply_to: contact, name: 'Ignored', created_by: other });
    expect(changed.body['data']).toMatchObject({
      name: 'T',
      version: 2,
      reply_to: contact,
      service_letter_contact: contact,
      reply_to_text: '1 St',
      created_by: user,
    });
    expect((await admin.post(at(id), { reply_to: null })).body['data']).toMatchObject({ version: 3, reply_to: null });
    expect(await admin.post(at(id), { reply_to: UNKNOWN })).toMatchObject({
      status: 400,
      body: plain(`letter_contact_id ${UNKNOWN} does not exist in database for service id ${service}`),
    });
    const email = await create({ template_type: 'email', subject: 'S' });
    expect(await admin.post(at(email['id']), { reply_to: UNKNOWN })).toMatchObject({
      body: plain(`email_reply_to_id ${UNKNOWN} does not exist in database for service id ${service}`),
    });
    const { id: text } = await create();
    expect(await admin.post(at(text), { reply_to: UNKNOWN })).toMatchObject({
      body: plain(`sms_sender_id ${UNKNOWN} does not exist in database for service id ${service}`),
    });
  });

  test('postage is changed like any other value', async () => {
    const { id } = await create({ template_type: 'letter', subject: 'S' });
    expect((await admin.post(at(id), { postage: 'first' })).body['data']).toMatchObject({
      postage: 'first',
      version: 2,
    });
    const messages = ['postage invalid. It must be first, second, europe or rest-of-world.'];
    expect(await admin.post(at(id), { postage: 'third' })).toMatchObject({
      status: 400,
      body: { status_code: 400, errors: messages.map((message) => ({ error: 'ValidationError', message })) },
    });
  });

  test('changes are refused where they are wrong', async () => {
    const { id } = await create();
    const { id: email } = await create({ template_type: 'email', subject: 'S' });
    const tooLong = plain({ content: ['Content has a character count greater than the limit of 918'] });
    expect(await admin.post(at(id), { content: 'x'.repeat(919) })).toMatchObject({ status: 400, body: tooLong });
    for (const subject of ['', '  ', null]) {
      expect(await admin.post(at(email), { subject })).toMatchObject({
        status: 400,
        body: plain({ subject: ['Invalid template subject'] }),
      });
    }
    expect(await admin.post(at(id), { content: 'x', created_by: UNKNOWN })).toMatchObject(NO_RESULT);
    expect(await admin.post(at(UNKNOWN), { content: 'x' })).toMatchObject(NO_RESULT);
    expect(await admin.get(at(UNKNOWN))).toMatchObject(NO_RESULT);
    expect(await admin.get(at(id, await admin.addService(user)))).toMatchObject(NO_RESULT);
    expect(await admin.get(`${at(id)}/version/2`)).toMatchObject(NO_RESULT);
    expect(await admin.get(`${at(id)}/version/99999999999`)).toMatchObject(NO_RESULT);
    expect((await admin.get(`${at(UNKNOWN)}/versions`)).body).toEqual({ data: [] });

    const owner = await admin.addService(user);
    const { id: letter } = await create({ template_type: 'letter', subject: 'S' }, owner);
    await admin.post(`/service/${owner}`, { permissions: ['sms'] });
    expect(await admin.post(at(letter, owner), { name: 'x' })).toMatchObject({
      status: 403,
      body: plain({ template_type: ['Updating letter templates is not allowed'] }),
    });
  });

  test('are previewed with what the query says', async () => {
    const { id } = await create({
      template_type: 'email',
      subject: 'For ((name))',
      content: 'Dear ((name)), ((thing))',
    });
    const { status, body } = await admin.get(`${at(id)}/preview?name=Sam&thing=x`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, subject: 'For Sam', content: 'Dear Sam, x', version: 1 });
    expect(await admin.get(`${at(id)}/preview`)).toMatchObject({
      status: 400,
      body: plain({ template: ['Missing personalisation: name, thing'] }),
    });
    expect(await admin.get(`${at((await create())['id'])}/preview?name=Sam`)).toMatchObject({ status: 400 });
    expect(await admin.get(`${at(UNKNOWN)}/preview`)).toMatchObject(NO_RESULT);
  });

  test('the one of precompiled letters is made once, and is hidden', async () => {
    const owner = await admin.addService(user);
    const path = `/service/${owner}/template/precompiled`;
    const replies = await Promise.all([1, 2, 3].map(() => admin.get(path)));
    const [id, ...others] = replies.map(({ body }) => body['id']);
    expect(others).toEqual([id, id]);
    expect(replies[0]?.body).toMatchObject({
      name: 'Pre-compiled PDF',
      subject: 'Pre-compiled PDF',
      content: '',
      hidden: true,
      postage: 'second',
      template_type: 'letter',
      created_by: '6af522d0-2915-4e52-83a3-3690455a5fe6',
    });
    expect(await admin.get(at(id, owner))).toMatchObject(NO_RESULT);
    expect(await admin.post(at(id, owner), { name: 'x' })).toMatchObject(NO_RESULT);
    expect((await admin.get(`/service/${owner}/template`)).body).toEqual({ data: [] });
    expect(await admin.get(`/service/${UNKNOWN}/template/precompiled`)).toMatchObject(NO_RESULT);
  });

  test('a change is in force at once', async () => {
    const { id } = await create();
    const current = () => admin.directory.template(service, String(id));
    expect(await current()).toMatchObject({ version: 1 });
    await admin.post(at(id), { content: 'Bye' });
    expect(await current()).toMatchObject({ version: 2, content: 'Bye' });
    await admin.post(at(id), { archived: true });
    expect(await current()).toMatchObject({ archived: true });
    await admin.post(at(id), { redact_personalisation: true, created_by: user });
    expect(await current()).toMatchObject({ redactPersonalisation: true });
  });
});
