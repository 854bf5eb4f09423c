import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };

let admin: AdminBench;
let user: string;
let service: string;
let template: string;
beforeAll(async () => {
  admin = await startAdmin();
  user = await admin.addUser();
});
beforeEach(async () => {
  service = await admin.addService(user, { restricted: false });
  template = await addTemplate();
});
afterAll(() => admin?.stop());

const addTemplate = async (facts: object = {}) => {
  const body = { name: 'T', template_type: 'sms', content: 'Hello ((name))', service, created_by: user, ...facts };
  return String((await admin.post(`/service/${service}/template`, body)).body['data']?.['id']);
};
const path = (end = '') => `/service/${service}/notifications${end}`;
const list = async (query = ''): Promise<Json> => (await admin.get(path(query))).body;
const ids = (body: Json) => body['notifications']?.map(({ id }) => id);

type Stored = {
  type: string;
  status: string;
  keyType: string;
  to: string;
  normalised: string;
  reference: string | null;
  age: number;
};

describe('a service’s notifications', () => {
  const start = Date.now();
  let tick = 0;
  const store = async (facts: Partial<Stored> = {}) => {
    const stored = {
      type: 'sms',
      status: 'delivered',
      keyType: 'normal',
      to: '07700 900123',
      normalised: '447700900123',
      reference: null,
      age: 0,
      ...facts,
    };
    // Ids of one millisecond are in no order.
    tick += 1;
    const at = start + tick - stored.age * 86_400_000;
    const id = timeOrderedId(at);
    await admin.pool.query(
      `insert into notifications (id, version, state, trail, service_id, notification_type, key_type, international,
         receipts_believed, created_at, attempts, outcome_was_lost, billable_units, wake_at)
       values ($1, 1, $2, '', $3, $4, $5, false, true, $6, 1, false, 1, now() + interval '1 day')`,
      [id, stored.status, service, stored.type, stored.keyType, new Date(at)],
    );
    await admin.pool.query(
      `insert into notification_requests (id, service_id, template_id, template_version, recipient, normalised_to,
         client_reference, personalisation, rate_multiplier, request_id) values ($1, $2, $3, 1, $4, $5, $6, $7, 1, '')`,
      [
        id,
        service,
        template,
        stored.to,
        stored.normalised,
        stored.reference,
        admin.box.seal(JSON.stringify({ name: 'Sam' })),
      ],
    );
    return id;
  };

  test('are shown whole, with the template’s version that they were sent with', async () => {
    const id = await store({ reference: 'mine' });
    await admin.post(`/service/${service}/template/${template}`, { content: 'Bye ((name))' });
    const one = (await admin.get(path(`/${id}`))).body;
    expect(one).toEqual({
      id,
      to: '07700 900123',
      normalised_to: '447700900123',
      notification_type: 'sms',
      status: 'delivered',
      key_type: 'normal',
      key_name: null,
      api_key: null,
      service,
      job: null,
      job_row_number: null,
      template: {
        id: template,
        version: 1,
        name: 'T',
        template_type: 'sms',
        content: 'Hello ((name))',
        subject: null,
        redact_personalisation: false,
        is_precompiled_letter: false,
      },
      created_by: null,
      personalisation: { name: 'Sam' },
      reference: null,
      client_reference: 'mine',
      reply_to_text: null,
      billable_units: 1,
      international: false,
      phone_prefix: null,
      rate_multiplier: 1,
      postage: null,
      document_download_count: null,
      sent_by: null,
      created_at: expect.stringMatching(/\+00:00$/),
      sent_at: null,
      updated_at: null,
    });
    expect(await list()).toEqual({ notifications: [one], page_size: 50, links: {} });
    await admin.post(`/service/${service}/template/${template}`, { redact_personalisation: true, created_by: user });
    expect((await admin.get(path(`/${id}`))).body['personalisation']).toEqual({});
    expect(await admin.get(path(`/${UNKNOWN}`))).toMatchObject(NO_RESULT);
    expect(await admin.get(`/service/${UNKNOWN}/notifications/${id}`)).toMatchObject(NO_RESULT);
  });

  test('come newest first in pages that say what others there are', async () => {
    const stored: string[] = [];
    for (let index = 0; index < 5; index++) stored.unshift(await store());
    const first = await list('?page_size=2&status=delivered');
    expect([ids(first), first['page_size']]).toEqual([stored.slice(0, 2), 2]);
    const at = path('?page_size=2&status=delivered');
    expect(first['links']).toEqual({ next: `${at}&page=2` });
    const second = await list('?page_size=2&status=delivered&page=2');
    expect(ids(second)).toEqual(stored.slice(2, 4));
    expect(second['links']).toEqual({ prev: `${at}&page=1`, next: `${at}&page=3` });
    expect((await list('?page_size=2&count_pages=False'))['links']).toEqual({});
    expect(ids(await list('?page_size=2&page=3'))).toEqual(stored.slice(4));
    expect((await admin.get(path('?page_size=2&page=4'))).status).toBe(404);
  });

  test('are filtered', async () => {
    const old = await store({ age: 3 });
    const tested = await store({ keyType: 'test' });
    const email = await store({ type: 'email', status: 'sending' });
    const failed = await store({ status: 'permanent-failure' });
    const asked: [string, string[]][] = [
      ['', [failed, email, old]],
      ['?include_from_test_key=True', [failed, email, tested, old]],
      ['?limit_days=1', [failed, email]],
      ['?template_type=email', [email]],
      ['?template_type=email&template_type=sms&limit_days=1', [failed, email]],
      ['?status=failed', [failed]],
      ['?status=accepted&status=delivered', [email, old]],
      ['?status=received', []],
    ];
    for (const [query, expected] of asked) expect([query, ids(await list(query))]).toEqual([query, expected]);
    expect(ids((await admin.post(path(), { status: ['failed'], limit_days: 1 })).body)).toEqual([failed]);
  });

  test('are searched for by recipient and reference', async () => {
    const one = await store({ reference: 'Case_7' });
    const other = await store({ type: 'email', to: 'A.B@example.com', normalised: 'a.b@example.com' });
    await store({ keyType: 'test', reference: 'Case_7' });
    const search = async (body: object) => ids((await admin.post(path(), body)).body);
    expect(await search({ to: '07700 (900)-123', template_type: ['sms'] })).toEqual([one]);
    expect(await search({ to: '900123', template_type: ['sms'] })).toEqual([one]);
    expect(await search({ to: 'A.B@Example', template_type: ['email'] })).toEqual([other]);
    expect(await search({ to: 'case_7' })).toEqual([one]);
    expect(await search({ to: '%' })).toEqual([]);
    expect(await search({ to: '900123', template_type: ['email'] })).toEqual([]);
    const found = (await admin.post(path(), { to: '' })).body;
    expect([ids(found), Object.keys(found)]).toEqual([
      [other, one],
      ['notifications', 'links'],
    ]);
  });

  test('are rows of a spreadsheet where that is asked for', async () => {
    const id = await store({ status: 'temporary-failure' });
    await admin.pool.query("update notifications set created_at = '2026-07-01 12:00:00Z' where id = $1", [id]);
    await admin.post(`/service/${service}/data-retention`, { notification_type: 'sms', days_of_retention: 3000 });
    expect((await list('?format_for_csv=True'))['notifications']).toEqual([
      {
        row_number: '',
        recipient: '07700 900123',
        client_reference: '',
        template_name: 'T',
        template_type: 'sms',
        job_name: '',
        status: 'Phone not accepting messages right now',
        created_at: '2026-07-01 13:00:00',
        created_by_name: null,
        created_by_email_address: null,
      },
    ]);
  });

  test.each([
    ['?page=x', { page: ['Not a valid integer.'] }],
    ['?page_size=0', { page_size: ['Not a positive integer'] }],
    ['?older_than=x', { older_than: ['Not a valid UUID.'] }],
    ['?template_type=pigeon', { template_type: { '0': { template_type: ['Not a valid choice.'] } } }],
  ])('are refused with %s', async (query, message) => {
    expect(await admin.get(path(query))).toMatchObject({ status: 400, body: plain(message) });
  });
});
