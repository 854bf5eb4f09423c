import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

let admin: AdminBench;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin?.stop());

describe('email branding', () => {
  test('has its name as its text where none is given', async () => {
    const { status, body } = await admin.post('/email-branding', { name: 'Department', logo: 'crest.png' });
    expect(status).toBe(201);
    const branding = body['data'];
    expect(branding).toEqual({
      id: expect.any(String),
      name: 'Department',
      text: 'Department',
      colour: null,
      logo: 'crest.png',
      brand_type: 'org',
    });
    expect((await admin.get(`/email-branding/${branding?.['id']}`)).body).toEqual({ email_branding: branding });
    const silent = { name: 'Silent', text: null, colour: '#ffffff', brand_type: 'both' };
    expect((await admin.post('/email-branding', silent)).body['data']).toMatchObject(silent);
    const listed = (await admin.get('/email-branding')).body['email_branding'];
    expect(listed?.map(({ name }) => name)).toEqual(expect.arrayContaining(['Department', 'NHS', 'Silent']));
    expect(await admin.post('/email-branding', { name: 'Silent' })).toMatchObject({
      status: 400,
      body: plain({ name: ['Name already in use'] }),
    });
  });

  test('is changed for the services that chose it at once', async () => {
    const { body } = await admin.post('/email-branding', { name: 'Before', colour: '#000000' });
    const id = body['data']?.['id'];
    const service = await admin.addService(await admin.addUser());
    await admin.post(`/service/${service}`, { email_branding: id });
    const chosen = async () => (await admin.directory.service(service))?.emailBranding;
    expect(await chosen()).toMatchObject({ name: 'Before', colour: '#000000' });
    const changed = await admin.post(`/email-branding/${id}`, { name: 'After', colour: '' });
    expect(changed).toMatchObject({ status: 200, body: { data: { name: 'After', text: 'After', colour: null } } });
    expect(await chosen()).toMatchObject({ name: 'After', text: 'After', colour: null });
    expect((await admin.post(`/email-branding/${id}`, { text: '' })).body['data']).toMatchObject({ text: null });
  });

  test('is refused where it is wrong or unknown', async () => {
    expect(await admin.post('/email-branding', { brand_type: 'loud' })).toMatchObject({
      status: 400,
      body: {
        errors: [
          { message: 'brand_type loud is not one of [org, both, org_banner]' },
          { message: 'name is a required property' },
        ],
      },
    });
    expect(await admin.get(`/email-branding/${UNKNOWN}`)).toMatchObject(NO_RESULT);
    expect(await admin.post(`/email-branding/${UNKNOWN}`, { name: 'x' })).toMatchObject(NO_RESULT);
  });
});

describe('letter branding', () => {
  test('is bare, and answered with 201 when it is made and when it is changed', async () => {
    const { status, body } = await admin.post('/letter-branding', { name: 'Crest', filename: 'crest' });
    expect([status, body]).toEqual([201, { id: expect.any(String), name: 'Crest', filename: 'crest' }]);
    const changed = await admin.post(`/letter-branding/${body['id']}`, { name: 'Crest', filename: 'new-crest' });
    expect(changed).toMatchObject({ status: 201, body: { id: body['id'], filename: 'new-crest' } });
    expect((await admin.get(`/letter-branding/${body['id']}`)).body).toEqual(changed.body);
    await admin.post('/letter-branding', { name: 'Arms', filename: 'arms' });
    const names = (await admin.get('/letter-branding')).body.map(({ name }) => name ?? '');
    expect(names).toEqual(expect.arrayContaining(['Arms', 'Crest']));
    expect(names).toEqual([...names].sort());
  });

  test('has a name and a file that no other has', async () => {
    await admin.post('/letter-branding', { name: 'Taken', filename: 'taken' });
    expect(await admin.post('/letter-branding', { name: 'Taken', filename: 'free' })).toMatchObject({
      status: 400,
      body: plain({ name: ['Name already in use'] }),
    });
    expect(await admin.post('/letter-branding', { name: 'Free', filename: 'taken' })).toMatchObject({
      status: 400,
      body: plain({ filename: ['Filename already in use'] }),
    });
    const changes = { name: 'x', filename: 'x' };
    expect(await admin.post(`/letter-branding/${UNKNOWN}`, changes)).toMatchObject(NO_RESULT);
    expect(await admin.get(`/letter-branding/${UNKNOWN}`)).toMatchObject(NO_RESULT);
  });
});
