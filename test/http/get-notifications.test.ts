import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';
import { addService, addTemplate } from './set-up.ts';

const NOT_FOUND = v2Error(404, 'NoResultFound', 'No result found');
const DAY_MS = 86_400_000;

describe('GET /v2/notifications', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
    await api.pool.query(
      "insert into rates (id, valid_from, rate, notification_type) values ($1, now() - interval '1 day', 0.02, 'sms')",
      [randomUUID()],
    );
  });
  afterAll(() => api?.stop());

  const sendSms = async (fields: object = {}, key?: string): Promise<string> => {
    const body = {
      phone_number: '07700 900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    };
    const reply = await api.post('/v2/notifications/sms', { ...body, ...fields }, key);
    expect(reply.status).toBe(201);
    await api.bench.settled(reply.body.id, 'sending.awaitingReceipt');
    return reply.body.id;
  };
  const sendEmail = async (fields: object = {}): Promise<string> => {
    const body = {
      email_address: 'Sam@example.com',
      template_id: api.templates.email,
      personalisation: { name: 'Sam', date: 'today', things: 'bag' },
    };
    const reply = await api.post('/v2/notifications/email', { ...body, ...fields });
    expect(reply.status).toBe(201);
    return reply.body.id;
  };
  const change = (id: string, column: string, value: unknown, table = 'notifications') =>
    api.pool.query(`update ${table} set ${column} = $1 where id = $2`, [value, id]);
  const listed = async (query: string, key?: string): Promise<string[]> =>
    (await api.get(`/v2/notifications${query}`, key)).body.notifications.map(({ id }) => id);

  describe('one', () => {
    test('a text is shown with every key', async () => {
      const id = await sendSms({ reference: 'r1' });
      await api.bench.send(id, { type: 'receipt.delivered', provider: 'mmg' });
      await change(id, 'sent_at', '2026-03-02T17:50:12.004Z');
      await change(id, 'updated_at', '2026-03-02T17:51:00Z');
      const { status, body } = await api.get(`/v2/notifications/${id}`);
      expect(status).toBe(200);
      expect(body).toEqual({
        id,
        reference: 'r1',
        email_address: null,
        phone_number: '07700 900123',
        line_1: null,
        line_2: null,
        line_3: null,
        line_4: null,
        line_5: null,
        line_6: null,
        postcode: null,
        type: 'sms',
        status: 'delivered',
        template: {
          id: api.templates.sms,
          version: 1,
          uri: `${api.url}/v2/template/${api.templates.sms}/version/1`,
        },
        body: 'Hello Sam, your appointment is on today.',
        subject: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        created_by_name: null,
        sent_at: '2026-03-02T17:50:12.004000Z',
        completed_at: '2026-03-02T17:51:00.000000Z',
        scheduled_for: null,
        postage: null,
        one_click_unsubscribe_url: null,
        is_cost_data_ready: true,
        cost_in_pounds: expect.any(Number),
        cost_details: { billable_sms_fragments: 1, international_rate_multiplier: 1, sms_rate: expect.any(Number) },
      });
    });

    test('an email is shown with its subject and costs nothing', async () => {
      const id = await sendEmail({ one_click_unsubscribe_url: 'https://x.example/u' });
      expect((await api.get(`/v2/notifications/${id.toUpperCase()}`)).body).toMatchObject({
        type: 'email',
        status: 'created',
        email_address: 'Sam@example.com',
        phone_number: null,
        subject: 'Your visit – today',
        body: 'Dear Sam\n\nBring: bag',
        completed_at: null,
        one_click_unsubscribe_url: 'https://x.example/u',
        is_cost_data_ready: true,
        cost_in_pounds: 0,
        cost_details: {},
      });
    });

    test('a template with an unsubscribe link gives the address at our API', async () => {
      const template_id = await addTemplate(api.orm, {
        templateType: 'email',
        subject: 'x',
        content: 'x',
        hasUnsubscribeLink: true,
      });
      const id = await sendEmail({ template_id });
      expect((await api.get(`/v2/notifications/${id}`)).body).toMatchObject({
        one_click_unsubscribe_url: `https://api.example/unsubscribe/${id}/sam@example.com`,
      });
    });

    test('costs are not ready while a text has no fragments', async () => {
      const id = await sendSms();
      await change(id, 'state', 'created.backoff');
      await change(id, 'billable_units', 0);
      expect((await api.get(`/v2/notifications/${id}`)).body).toMatchObject({
        status: 'created',
        is_cost_data_ready: false,
        cost_in_pounds: null,
        cost_details: {},
      });
    });

    test('a text costs fragments times multiplier times the rate of its day', async () => {
      const id = await sendSms();
      await change(id, 'billable_units', 3);
      await change(id, 'rate_multiplier', 2, 'notification_requests');
      expect((await api.get(`/v2/notifications/${id}`)).body).toMatchObject({
        cost_in_pounds: 0.12,
        cost_details: { billable_sms_fragments: 3, international_rate_multiplier: 2, sms_rate: 0.02 },
      });
    });

    test('redacted templates hide what was sent', async () => {
      const template_id = await addTemplate(api.orm, { templateType: 'sms', content: 'Hi ((name)) ((x??y))' });
      const id = await sendSms({ template_id, personalisation: { name: 'Sam', x: true } });
      await api.pool.query(
        `insert into template_redacted (template_id, redact_personalisation, updated_by_id)
         values ($1, true, (select created_by_id from services where id = $2))`,
        [template_id, api.demo.serviceId],
      );
      expect((await api.get(`/v2/notifications/${id}`)).body).toMatchObject({ body: 'Hi [hidden] [hidden]' });
    });

    test('the key type does not matter', async () => {
      const id = await sendSms();
      expect((await api.get(`/v2/notifications/${id}`, api.demo.apiKeys.team)).status).toBe(200);
    });

    test.each(['x', 'sms', '5', '%20'])('%s is no id', async (id) => {
      const body = validationErrors('notification_id is not a valid UUID');
      expect(await api.get(`/v2/notifications/${id}`)).toMatchObject({ status: 400, body });
    });

    test('what is unknown, of another service or past retention is not found', async () => {
      const foreign = await sendSms();
      await change(foreign, 'service_id', await addService(api), 'notification_requests');
      const old = await sendSms();
      await change(old, 'created_at', new Date(Date.now() - 9 * DAY_MS));
      for (const id of [randomUUID(), foreign, old]) {
        expect(await api.get(`/v2/notifications/${id}`)).toMatchObject({ status: 404, body: NOT_FOUND });
      }
    });

    test('retention is set per service and channel', async () => {
      const { rows } = await api.pool.query(
        `insert into service_data_retention (id, service_id, notification_type, days_of_retention)
         values ($1, $2, 'sms', 30) returning id`,
        [randomUUID(), api.demo.serviceId],
      );
      const old = await sendSms();
      await change(old, 'created_at', new Date(Date.now() - 20 * DAY_MS));
      expect((await api.get(`/v2/notifications/${old}`)).status).toBe(200);
      await api.pool.query('delete from service_data_retention where id = $1', [rows[0].id]);
      expect((await api.get(`/v2/notifications/${old}`)).status).toBe(404);
    });
  });

  describe('a list', () => {
    const ids: Record<string, string> = {};
    beforeAll(async () => {
      await api.pool.query('truncate notifications, notification_requests');
      ids['sms'] = await sendSms({ reference: 'a b&c' });
      ids['email'] = await sendEmail();
      ids['delivered'] = await sendSms();
      await api.bench.send(ids['delivered'], { type: 'receipt.delivered', provider: 'mmg' });
      ids['failed'] = await sendSms();
      await api.bench.send(ids['failed'], { type: 'receipt.permanent-failure', provider: 'mmg' });
      ids['team'] = await sendSms({ phone_number: '07700900100' }, api.demo.apiKeys.team);
      ids['job'] = await sendSms();
      await change(ids['job'], 'job_id', randomUUID(), 'notification_requests');
    });

    test.each<[string, string[]]>([
      ['', ['failed', 'delivered', 'email', 'sms']],
      ['?include_jobs=true', ['job', 'failed', 'delivered', 'email', 'sms']],
      ['?include_jobs=True', ['job', 'failed', 'delivered', 'email', 'sms']],
      ['?template_type=email', ['email']],
      ['?template_type=email&template_type=sms', ['failed', 'delivered', 'email', 'sms']],
      ['?template_type=letter', []],
      ['?status=delivered', ['delivered']],
      ['?status=received', ['delivered']],
      ['?status=failed', ['failed']],
      ['?status=accepted&status=permanent-failure', ['failed', 'email', 'sms']],
      ['?status=returned-letter', []],
      ['?reference=a+b%26c', ['sms']],
      ['?reference=a+b%26c&reference=other', ['sms']],
      ['?reference=', []],
      ['?reference=%00', []],
    ])('%s finds %j, newest first', async (query, names) => {
      expect(await listed(query)).toEqual(names.map((name) => ids[name]));
    });

    test('shows only what was sent with the same type of key', async () => {
      expect(await listed('', api.demo.apiKeys.team)).toEqual([ids['team']]);
      expect(await listed('', api.demo.apiKeys.test)).toEqual([]);
    });

    test('older_than gives what came before; of an unknown or foreign one nothing', async () => {
      expect(await listed(`?older_than=${ids['delivered']}`)).toEqual([ids['email'], ids['sms']]);
      const { body } = await api.get(`/v2/notifications?older_than=${randomUUID()}`);
      expect(body.notifications).toEqual([]);
      expect(body.links.next).toBeUndefined();
    });

    test('links repeat the parameters in their order; next replaces older_than in place', async () => {
      const query = `?status=accepted&older_than=${ids['failed']}&status=delivered&template_type=sms&reference=a+b%26c`;
      const { body } = await api.get(`/v2/notifications${query}`);
      const link = (older: string | undefined) =>
        `${api.url}/v2/notifications?status=accepted&status=delivered&older_than=${older}&template_type=sms&reference=a+b%26c`;
      expect(body.links).toEqual({ current: link(ids['failed']), next: link(ids['sms']) });
    });

    test('next is there on a short page, and absent on an empty one', async () => {
      const { body } = await api.get('/v2/notifications');
      expect(body.links).toEqual({
        current: `${api.url}/v2/notifications`,
        next: `${api.url}/v2/notifications?older_than=${ids['sms']}`,
      });
      const last = await api.get(`/v2/notifications?older_than=${ids['sms']}`);
      expect(last.body).toEqual({
        notifications: [],
        links: { current: `${api.url}/v2/notifications?older_than=${ids['sms']}` },
      });
    });

    test.each<[string, string[]]>([
      ['?page=1', ['Additional properties are not allowed (page was unexpected)']],
      ['?page_size=1&page=3', ['Additional properties are not allowed (page, page_size were unexpected)']],
      ['?template_type=orange', ['template_type orange is not one of [sms, email, letter]']],
      ['?include_jobs=false', ['include_jobs false is not one of [true, True]']],
      ['?older_than=x', ['older_than is not a valid UUID']],
      [
        '?status=elephant&template_type=orange',
        [
          'template_type orange is not one of [sms, email, letter]',
          'status elephant is not one of [cancelled, created, sending, sent, delivered, pending, failed, technical-failure, temporary-failure, permanent-failure, pending-virus-check, validation-failed, virus-scan-failed, returned-letter, accepted, received]',
        ],
      ],
    ])('%s is refused', async (query, messages) => {
      const body = validationErrors(...messages);
      expect(await api.get(`/v2/notifications${query}`)).toMatchObject({ status: 400, body });
    });

    test('a page has 250, and paging loses none of the same millisecond', async () => {
      const [row] = (await api.pool.query('select * from notifications where id = $1', [ids['sms']])).rows;
      const serviceId = api.demo.serviceId;
      const now = Date.now();
      const made = Array.from({ length: 300 }, () => timeOrderedId(now));
      await api.pool.query(
        `insert into notifications select (jsonb_populate_record(n, jsonb_build_object('id', made, 'created_at', $3::timestamptz, 'reference', null))).*
         from notifications n, unnest($1::uuid[]) made where n.id = $2`,
        [made, row.id, new Date(now)],
      );
      await api.pool.query(
        `insert into notification_requests select (jsonb_populate_record(r, jsonb_build_object('id', made, 'client_reference', 'bulk'))).*
         from notification_requests r, unnest($1::uuid[]) made where r.id = $2`,
        [made, row.id],
      );
      const first = await listed('?reference=bulk');
      expect(first).toHaveLength(250);
      const second = await listed(`?reference=bulk&older_than=${first.at(-1)}`);
      expect(new Set([...first, ...second])).toEqual(new Set(made));
      expect(serviceId).toBe(row.service_id);
    });
  });
});
