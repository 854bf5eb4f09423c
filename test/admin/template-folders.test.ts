import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

describe('template folders', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  beforeEach(async () => {
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  const folders = () => `/service/${service}/template-folder`;
  const create = async (name: string, parent_id: unknown = null): Promise<Json> =>
    (await admin.post(folders(), { name, parent_id })).body['data'] as Json;
  const template = async (facts: object = {}) => {
    const body = { name: 'T', template_type: 'sms', content: 'x', service, created_by: user, ...facts };
    return String((await admin.post(`/service/${service}/template`, body)).body['data']?.['id']);
  };
  const parents = async () =>
    Object.fromEntries(
      (await admin.get(folders())).body['template_folders']?.map((f) => [f['name'], f['parent_id']]) ?? [],
    );
  const folderOf = async (id: string) =>
    (await admin.get(`/service/${service}/template/${id}`)).body['data']?.['folder'];

  test('a new one is seen by every active member, and one in it by those who see that', async () => {
    const pending = await admin.addUser();
    await admin.pool.query("update users set state = 'pending' where id = $1", [pending]);
    const colleague = await admin.addUser();
    for (const id of [pending, colleague]) {
      await admin.post(`/service/${service}/users/${id}`, { permissions: [], folder_permissions: [] });
    }
    const { status, body } = await admin.post(folders(), { name: ' Outer ', parent_id: null });
    expect(status).toBe(201);
    const outer = body['data'] as Json;
    expect(outer).toEqual({
      id: expect.any(String),
      name: 'Outer',
      parent_id: null,
      service_id: service,
      users_with_permission: [user, colleague].sort(),
    });
    await admin.post(`${folders()}/${outer['id']}`, { name: 'Outer', users_with_permission: [colleague] });
    expect(await create('Inner', outer['id'])).toMatchObject({
      parent_id: outer['id'],
      users_with_permission: [colleague],
    });
    expect((await admin.get(folders())).body['template_folders']?.map(({ name }) => name)).toEqual(['Inner', 'Outer']);
  });

  test('is refused without a name, or in a folder that the service does not have', async () => {
    const errors = [
      { error: 'ValidationError', message: 'name  is too short' },
      { error: 'ValidationError', message: 'parent_id is a required property' },
    ];
    expect(await admin.post(folders(), { name: '' })).toMatchObject({ status: 400, body: { errors } });
    const elsewhere = await admin.post(`/service/${await admin.addService(user)}/template-folder`, {
      name: 'F',
      parent_id: null,
    });
    for (const parent_id of [UNKNOWN, elsewhere.body['data']?.['id']]) {
      const reply = await admin.post(folders(), { name: 'F', parent_id });
      expect(reply).toMatchObject({ status: 400, body: plain('parent_id not found') });
    }
    expect(await admin.get(`/service/${UNKNOWN}/template-folder`)).toMatchObject(NO_RESULT);
  });

  test('is renamed, and shown to members only', async () => {
    const { id } = await create('Before');
    const renamed = await admin.post(`${folders()}/${id}`, { name: 'After' });
    expect(renamed).toMatchObject({ status: 200, body: { data: { name: 'After', users_with_permission: [user] } } });
    const stranger = await admin.addUser();
    const shown = await admin.post(`${folders()}/${id}`, { name: 'Again', users_with_permission: [stranger] });
    expect(shown).toMatchObject(NO_RESULT);
    expect(await parents()).toEqual({ After: null });
    expect((await admin.post(`${folders()}/${id}`, { name: 'After', users_with_permission: [] })).body['data']).toEqual(
      expect.objectContaining({ users_with_permission: [] }),
    );
    expect(await admin.post(`${folders()}/${UNKNOWN}`, { name: 'x' })).toMatchObject(NO_RESULT);
  });

  test('goes only when it is empty', async () => {
    const { id: outer } = await create('Outer');
    const { id: inner } = await create('Inner', outer);
    const moved = await template({ parent_folder_id: inner });
    const notEmpty = { status: 400, body: plain('Folder is not empty') };
    expect(await admin.remove(`${folders()}/${outer}`, {})).toMatchObject(notEmpty);
    expect(await admin.remove(`${folders()}/${inner}`, {})).toMatchObject(notEmpty);
    await admin.post(`${folders()}/contents`, { templates: [moved], folders: [] });
    for (const id of [inner, outer])
      expect(await admin.remove(`${folders()}/${id}`, {})).toMatchObject({ status: 204 });
    expect(await admin.remove(`${folders()}/${outer}`, {})).toMatchObject(NO_RESULT);
    expect(await parents()).toEqual({});
  });

  test('takes templates and folders, and gives them back', async () => {
    const { id: target } = await create('Target');
    const { id: moved } = await create('Moved');
    const [live, archived] = [await template(), await template()];
    await admin.post(`/service/${service}/template/${archived}`, { archived: true });
    const contents = { templates: [live, archived], folders: [moved] };
    expect(await admin.post(`${folders()}/${target}/contents`, contents)).toMatchObject({ status: 204 });
    expect([await folderOf(live), await folderOf(archived)]).toEqual([target, null]);
    expect(await parents()).toEqual({ Target: null, Moved: target });
    expect(await admin.post(`${folders()}/contents`, contents)).toMatchObject({ status: 204 });
    expect([await folderOf(live), await parents()]).toEqual([null, { Target: null, Moved: null }]);
    expect((await admin.get(`/service/${service}/template/${live}`)).body['data']).toMatchObject({ version: 1 });
  });

  test('a move is made whole or not at all', async () => {
    const { id: outer } = await create('Outer');
    const { id: inner } = await create('Inner', outer);
    const { id: other } = await create('Other');
    const moves: [unknown, object, string][] = [
      [outer, { folders: [other, outer] }, 'You cannot move a folder to itself'],
      [inner, { folders: [other, outer] }, 'You cannot move a folder to one of its subfolders'],
      [outer, { folders: [other, UNKNOWN] }, `No folder found with id ${UNKNOWN} for service ${service}`],
      [
        outer,
        { folders: [other], templates: [UNKNOWN] },
        `Could not move to folder: No template found with id ${UNKNOWN} for service ${service}`,
      ],
    ];
    for (const [target, contents, message] of moves) {
      const reply = await admin.post(`${folders()}/${target}/contents`, { folders: [], templates: [], ...contents });
      expect(reply).toMatchObject({ status: 400, body: plain(message) });
    }
    expect(await parents()).toEqual({ Outer: null, Inner: outer, Other: null });
    const nowhere = await admin.post(`${folders()}/${UNKNOWN}/contents`, { folders: [other], templates: [] });
    expect(nowhere).toMatchObject(NO_RESULT);
  });

  test('two moves at once make no circle', async () => {
    const [{ id: one }, { id: two }] = [await create('One'), await create('Two')] as [Json, Json];
    const replies = await Promise.all([
      admin.post(`${folders()}/${one}/contents`, { folders: [two], templates: [] }),
      admin.post(`${folders()}/${two}/contents`, { folders: [one], templates: [] }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 400]);
  });
});
