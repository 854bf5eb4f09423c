import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isoDate, toLondonTime } from '../../src/content/london-time.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type AdminBench, startAdmin, tokenOf } from './admin-bench.ts';

describe('letters that came back', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  let template: string;
  let key: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  beforeEach(async () => {
    service = await admin.addService(user, { restricted: false });
    const body = { name: 'L', template_type: 'letter', subject: 'S', content: 'x', service, created_by: user };
    template = String((await admin.post(`/service/${service}/template`, body)).body['data']?.['id']);
    await admin.addKey(service, user);
    key = String((await admin.get(`/service/${service}/api-keys`)).body['apiKeys']?.[0]?.['id']);
  });
  afterAll(() => admin?.stop());

  const today = () => isoDate(toLondonTime(new Date()));
  const store = async (reference: string, facts: { user?: string } = {}) => {
    const id = timeOrderedId(Date.now());
    await admin.pool.query(
      `insert into letters (id, version, state, trail, service_id, key_type, is_precompiled, fakes_delivery, created_at,
         postage, attempts, billable_units, wake_at)
       values ($1, 1, 'delivered.kept', '', $2, 'normal', false, false, now(), 'second', 1, 1, now() + interval '1 day')`,
      [id, service],
    );
    await admin.pool.query(
      `insert into letter_requests (id, service_id, template_id, template_version, api_key_id, created_by_id, reference,
         recipient, client_reference, requested_postage, request_id)
       values ($1, $2, $3, 1, $4, $5, $6, 'A', 'mine', 'second', '')`,
      [id, service, template, facts.user === undefined ? key : null, facts.user ?? null, reference],
    );
    return id;
  };
  const record = (references: unknown) => admin.post('/letters/returned', { references });
  const at = (path: string) => admin.get(`/service/${service}/${path}`);

  test('are told so, reported to their service and owed a callback; unknown ones count for nothing', async () => {
    const id = await store('AAAABBBBCCCC0001');
    const references = ['AAAABBBBCCCC0001', 'UNKNOWN000000000'];
    expect(await record(references)).toMatchObject({ status: 200, body: { references } });
    expect(admin.returned).toEqual([id]);
    expect(admin.owed).toEqual([
      {
        callbackType: 'returned_letter',
        serviceId: service,
        body: expect.objectContaining({
          notification_id: id,
          reference: 'mine',
          sent_by: 'API',
          template_id: template,
        }),
      },
    ]);
    expect((await at('returned-letter-summary')).body).toEqual([{ returned_letter_count: 1, reported_at: today() }]);
    await record(['AAAABBBBCCCC0001']);
    expect((await at('returned-letter-summary')).body).toEqual([{ returned_letter_count: 1, reported_at: today() }]);
  });

  test('are listed by the day of their report', async () => {
    const first = await store('AAAABBBBCCCC0002');
    const second = await store('AAAABBBBCCCC0003', { user });
    await record(['AAAABBBBCCCC0002', 'AAAABBBBCCCC0003']);
    const { body } = await at(`returned-letters?reported_at=${today()}`);
    const found = body.find(({ notification_id }) => notification_id === first);
    expect(found).toEqual({
      notification_id: first,
      client_reference: 'mine',
      reported_at: today(),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
      template_name: 'L',
      template_id: template,
      template_version: 1,
      user_name: 'API',
      email_address: 'API',
      original_file_name: null,
      job_row_number: null,
      uploaded_letter_file_name: null,
    });
    expect(body.find(({ notification_id }) => notification_id === second)).toMatchObject({
      client_reference: null,
      user_name: 'Sam Smith',
    });
    expect((await at('returned-letters?reported_at=2020-01-01')).body).toEqual([]);
    for (const date of ['', 'x', '2026-02-31'])
      expect((await at(`returned-letters?reported_at=${date}`)).status).toBe(400);
  });

  test('are counted over a week; the last of all is told of', async () => {
    expect((await at('returned-letter-statistics')).body).toEqual({
      returned_letter_count: 0,
      most_recent_report: null,
    });
    await store('AAAABBBBCCCC0004');
    await record(['AAAABBBBCCCC0004']);
    const most_recent_report = `${today()} 00:00:00.000000`;
    expect((await at('returned-letter-statistics')).body).toEqual({ returned_letter_count: 1, most_recent_report });
    await admin.pool.query('update returned_letters set reported_at = reported_at - 7 where service_id = $1', [
      service,
    ]);
    expect((await at('returned-letter-statistics')).body).toMatchObject({ returned_letter_count: 0 });
  });

  test('wrong references, and callers who may not, are told so as the public API tells it', async () => {
    const wrong = (message: string) => ({
      status: 400,
      body: { status_code: 400, errors: [{ error: 'ValidationError', message }] },
    });
    expect(await record(['too short'])).toMatchObject(wrong('references too short does not match ^[0-9A-Z]{16}$'));
    expect(await admin.post('/letters/returned', {})).toMatchObject(wrong('references is a required property'));
    expect((await record([])).status).toBe(400);
    const token = tokenOf({ iss: 'notify-admin' }, 'not a secret of ours');
    expect(await admin.request('POST', '/letters/returned', { token, body: {} })).toMatchObject({
      status: 403,
      body: { status_code: 403, errors: [{ error: 'AuthError' }] },
    });
  });
});
