import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const MMG = '0c595163-461f-4fa3-92b3-b04add774c63';

let admin: AdminBench;
let user: string;
let service: string;
beforeAll(async () => {
  admin = await startAdmin();
  user = await admin.addUser();
  service = await admin.addService(user, { name: 'Complained about' });
});
afterAll(() => admin?.stop());

describe('providers', () => {
  test('are listed by type and priority with the fragments of this month', async () => {
    const sent = async (keyType: string, units: number, multiplier: number) => {
      const id = timeOrderedId(Date.now());
      await admin.pool.query(
        `insert into notifications (id, version, state, trail, service_id, notification_type, key_type, international,
           receipts_believed, created_at, attempts, outcome_was_lost, sent_by, billable_units)
         values ($1, 1, 'delivered', '', $2, 'sms', $3, false, true, now(), 1, false, 'mmg', $4)`,
        [id, service, keyType, units],
      );
      await admin.pool.query(
        `insert into notification_requests (id, service_id, template_id, template_version, recipient, normalised_to,
           rate_multiplier, request_id) values ($1, $2, $3, 1, '', '', $4, '')`,
        [id, service, UNKNOWN, multiplier],
      );
    };
    await sent('normal', 2, 3);
    await sent('team', 1, 1);
    await sent('test', 5, 1);
    const { body } = await admin.get('/provider-details');
    const providers = body['provider_details'];
    expect(providers?.map(({ identifier }) => identifier)).toEqual(['ses', 'reach', 'mmg', 'firetext', 'dvla']);
    expect(providers?.[2]).toEqual({
      id: MMG,
      display_name: 'MMG',
      identifier: 'mmg',
      priority: 10,
      notification_type: 'sms',
      active: true,
      updated_at: null,
      supports_international: true,
      created_by_name: null,
      current_month_billable_sms: 7,
    });
  });

  test('a change is a new version with its author', async () => {
    const { status, body } = await admin.post(`/provider-details/${MMG}`, { priority: 30, created_by: user });
    expect(status).toBe(200);
    const changed = body['provider_details'];
    expect(changed).toMatchObject({
      id: MMG,
      priority: 30,
      version: 2,
      created_by: { id: user, name: 'Sam Smith' },
      updated_at: expect.stringMatching(/\+00:00$/),
    });
    expect((await admin.get(`/provider-details/${MMG}`)).body).toEqual({ provider_details: changed });
    const versions = (await admin.get(`/provider-details/${MMG}/versions`)).body['data'];
    expect(versions?.map(({ version, priority }) => [version, priority])).toEqual([
      [2, 30],
      [1, 10],
    ]);
    const listed = (await admin.get('/provider-details')).body['provider_details']?.find(({ id }) => id === MMG);
    expect(listed).toMatchObject({ updated_at: expect.stringMatching(/ GMT$/), created_by_name: 'Sam Smith' });
  });

  test('other changes are refused', async () => {
    expect(await admin.post(`/provider-details/${MMG}`, { priority: 1, identifier: 'x' })).toMatchObject({
      status: 400,
      body: plain({ identifier: ['Not permitted to be updated'] }),
    });
    expect((await admin.post(`/provider-details/${MMG}`, { version: 7, identifier: 'x' })).body).toEqual(
      plain({ version: ['Not permitted to be updated'], identifier: ['Not permitted to be updated'] }),
    );
    for (const changes of [{ created_by: UNKNOWN }, { priority: 'x' }, { priority: -1 }, { active: 'x' }]) {
      expect(await admin.post(`/provider-details/${MMG}`, changes)).toMatchObject(NO_RESULT);
    }
    expect(await admin.post(`/provider-details/${UNKNOWN}`, { priority: 1 })).toMatchObject(NO_RESULT);
    expect((await admin.get(`/provider-details/${UNKNOWN}`)).body).toEqual({ provider_details: {} });
    expect((await admin.get(`/provider-details/${UNKNOWN}/versions`)).body).toEqual({ data: [] });
  });
});

describe('complaints', () => {
  const complain = (createdAt: string, feedbackId: string | null = null) =>
    admin.pool.query(
      `insert into complaints (id, notification_id, service_id, ses_feedback_id, complaint_type, complaint_date, created_at)
       values ($1, $2, $3, $4, 'abuse', $5, $5)`,
      [randomUUID(), UNKNOWN, service, feedbackId, createdAt],
    );
  const count = async (query: string) => (await admin.get(`/complaint/count-by-date-range${query}`)).body;

  test('are listed newest first, in pages that say what others there are', async () => {
    expect((await admin.get('/complaint')).body).toEqual({ complaints: [], links: {} });
    for (let day = 1; day <= 30; day++) await complain(`2026-06-${String(day).padStart(2, '0')}T12:00:00Z`);
    for (let day = 1; day <= 29; day++) await complain(`2026-04-${String(day).padStart(2, '0')}T12:00:00Z`, 'feedback');
    const { complaints, links } = (await admin.get('/complaint')).body;
    expect(complaints).toHaveLength(50);
    expect(complaints?.[0]).toEqual({
      id: expect.any(String),
      notification_id: UNKNOWN,
      service_id: service,
      service_name: 'Complained about',
      ses_feedback_id: 'None',
      complaint_type: 'abuse',
      complaint_date: '2026-06-30T12:00:00.000000Z',
      created_at: '2026-06-30T12:00:00.000000Z',
    });
    expect(links).toEqual({ next: '/complaint?page=2', last: '/complaint?page=2' });
    const second = (await admin.get('/complaint?page=2')).body;
    expect([second['complaints']?.length, second['links']]).toEqual([9, { prev: '/complaint?page=1' }]);
    expect(second['complaints']?.[0]).toMatchObject({ ses_feedback_id: 'feedback' });
    expect(await admin.get('/complaint?page=3')).toMatchObject({ status: 404 });
  });

  test('are counted by London’s days', async () => {
    expect(await count('')).toBe(0);
    await complain('2026-05-03T23:30:00Z');
    expect(await count('?start_date=2026-05-04&end_date=2026-05-04')).toBe(1);
    expect(await count('?start_date=2026-05-03&end_date=2026-05-03')).toBe(0);
    expect(await count('?start_date=2026-04-01&end_date=2026-06-30')).toBe(60);
    expect(await admin.get('/complaint/count-by-date-range?start_date=x')).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'start_date time data x does not match format %Y-%m-%d' }] },
    });
  });
});
