import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type AdminBench, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

describe('cancelling a letter', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  let template: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
  });
  beforeEach(async () => {
    service = await admin.addService(user);
    const body = { name: 'L', template_type: 'letter', subject: 'S', content: 'x', service, created_by: user };
    template = String((await admin.post(`/service/${service}/template`, body)).body['data']?.['id']);
    await admin.post(`/service/${service}/data-retention`, { notification_type: 'letter', days_of_retention: 3000 });
  });
  afterAll(() => admin?.stop());

  const store = async (createdAt: string, state = 'created.ready') => {
    const id = timeOrderedId(Date.parse(createdAt));
    await admin.pool.query(
      `insert into letters (id, version, state, trail, service_id, key_type, is_precompiled, fakes_delivery, created_at,
         postage, attempts, billable_units, wake_at)
       values ($1, 1, $2, '', $3, 'normal', false, false, $4, 'second', 1, 1, now() + interval '1 day')`,
      [id, state, service, createdAt],
    );
    await admin.pool.query(
      `insert into letter_requests (id, service_id, template_id, template_version, reference, recipient,
         requested_postage, request_id) values ($1, $2, $3, 1, 'AAAABBBBCCCC0001', 'A', 'second', '')`,
      [id, service, template],
    );
    return id;
  };
  const cancel = (id: string) => admin.post(`/service/${service}/notifications/${id}/cancel`, {});
  /** Sets the clock of the program. */
  const at = (now: string) => {
    admin.clock.ahead = Date.parse(now) - Date.now();
  };

  test('works until 17:30 London of the day that it was made on', async () => {
    const id = await store('2026-07-01T10:00:00Z');
    at('2026-07-01T16:29:00Z');
    expect(await cancel(id)).toMatchObject({ status: 200, body: { id, status: 'cancelled' } });
    expect(await cancel(id)).toMatchObject({ status: 400, body: plain('This letter has already been cancelled.') });
  });

  test.each([
    ['2026-07-01T10:00:00Z', '2026-07-01T16:31:00Z', 'today'],
    ['2026-07-01T10:00:00Z', '2026-07-02T08:00:00Z', 'on 1 July'],
    ['2026-07-01T17:00:00Z', '2026-07-03T08:00:00Z', 'on 2 July'],
  ])('made at %s and asked for at %s comes too late', async (made, now, day) => {
    const id = await store(made);
    at(now);
    const message = `It’s too late to cancel this letter. Printing started ${day} at 5.30pm`;
    expect(await cancel(id)).toMatchObject({ status: 400, body: plain(message) });
  });

  test('is for letters that are not yet printed, and for nothing else', async () => {
    at('2026-07-01T12:00:00Z');
    const sending = await store('2026-07-01T10:00:00Z', 'sending');
    const message = 'We could not cancel this letter. Letter status: sending, created_at: 2026-07-01 10:00:00.000000';
    expect(await cancel(sending)).toMatchObject({ status: 400, body: plain(message) });
    expect(await cancel(UNKNOWN)).toMatchObject({ status: 404, body: plain('Notification not found') });
    const text = { name: 'T', template_type: 'sms', content: 'x', service, created_by: user };
    const { body } = await admin.post(`/service/${service}/template`, text);
    admin.clock.ahead = 0;
    const sent = await admin.post(`/service/${service}/send-notification`, {
      template_id: body['data']?.['id'],
      to: '07700900123',
      created_by: user,
    });
    expect(await cancel(String(sent.body['id']))).toMatchObject({
      status: 400,
      body: plain('Notification cannot be cancelled - only letters can be cancelled'),
    });
  });
});
