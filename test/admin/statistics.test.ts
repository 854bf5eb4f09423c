import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const _MISSING = ['Missing data for required field.'];
const _NO_RESULT = { status: 404, body: plain('No result found') };
const ZEROS = { requested: 0, delivered: 0, failed: 0 };

describe('messages of a service', () => {
  let admin: AdminBench;
  let user: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  afterAll(() => admin?.stop());

  describe('statistics', () => {
    let id: string;
    beforeAll(async () => {
      id = await admin.addService(user);
      const day = 86_400_000;
      const sent = [
        ['sms', 'delivered', 'normal', 0],
        ['sms', 'temporary-failure', 'team', 0],
        ['sms', 'delivered', 'test', 0],
        ['email', 'sending', 'normal', 0],
        ['email', 'delivered', 'normal', 3],
        ['email', 'delivered', 'normal', 9],
      ] as const;
      for (const [type, state, keyType, daysAgo] of sent) {
        const at = Date.now() - daysAgo * day;
        const message = timeOrderedId(at);
        await admin.pool.query(
          `insert into notifications (id, version, state, wake_at, trail, service_id, notification_type, key_type,
             international, receipts_believed, created_at, attempts, outcome_was_lost, billable_units)
           values ($1, 1, $2, now() + interval '1 hour', '', $3, $4, $5, false, true, $6, 1, false, 1)`,
          [message, state, id, type, keyType, new Date(at)],
        );
        await admin.pool.query(
          `insert into notification_requests (id, service_id, template_id, template_version, recipient, normalised_to,
             request_id) values ($1, $2, $3, 1, '', '', '')`,
          [message, id, randomUUID()],
        );
      }
    });

    test('count a week of messages by default, or so many days, or today; test keys’ never', async () => {
      const of = async (query: string) => (await admin.get(`/service/${id}/statistics${query}`)).body['data'];
      const sms = { requested: 2, delivered: 1, failed: 1 };
      expect(await of('')).toEqual({ sms, email: { requested: 2, delivered: 1, failed: 0 }, letter: ZEROS });
      expect(await of('?limit_days=30')).toMatchObject({ email: { requested: 3, delivered: 2, failed: 0 } });
      expect(await of('?today_only=True')).toMatchObject({ sms, email: { requested: 1, delivered: 0, failed: 0 } });
      expect(await admin.get(`/service/${id}/statistics?limit_days=x`)).toMatchObject({ status: 400 });
      expect((await admin.get(`/service/${UNKNOWN}/statistics`)).body['data']).toEqual({
        sms: ZEROS,
        email: ZEROS,
        letter: ZEROS,
      });
    });

    test('come with a service that is asked for in detail', async () => {
      const { body } = await admin.get(`/service/${id}?detailed=True&today_only=True`);
      expect(body['data']).toMatchObject({
        id,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/),
        updated_at: null,
        go_live_at: null,
        letter_contacts: [],
        complaints: [],
        data_retention: [],
        service_broadcast_settings: null,
        statistics: { email: { requested: 1, delivered: 0, failed: 0 } },
      });
      for (const absent of ['created_by', 'permissions', 'email_from', 'rate_limit', 'message_limit', 'inbound_api']) {
        expect(body['data']).not.toHaveProperty(absent);
      }
    });

    test('come with every service in the platform’s list, test keys’ unless they are left out', async () => {
      const item = async (query: string) =>
        (await admin.get(`/service?detailed=True${query}`)).body['data']?.find((each) => each['id'] === id);
      expect(await item('&include_from_test_key=False')).toEqual({
        id,
        name: expect.any(String),
        active: true,
        restricted: true,
        research_mode: false,
        created_at: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
        notification_type: 'email',
        statistics: {
          sms: { requested: 2, delivered: 1, failed: 1 },
          email: { requested: 1, delivered: 0, failed: 0 },
          letter: ZEROS,
        },
      });
      expect((await item(''))?.['statistics']?.['sms']).toEqual({ requested: 3, delivered: 2, failed: 1 });
      const past = await item('&start_date=2020-01-01&end_date=2020-01-02');
      expect(past).toMatchObject({ notification_type: null, statistics: { sms: ZEROS } });
    });
  });
});
