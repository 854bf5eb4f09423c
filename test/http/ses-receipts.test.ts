import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { type SesEvent, sesEvent } from '../../src/providers/receipts/ses.ts';
import type { SnsVerification } from '../../src/providers/sns.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { request } from '../support/notification-bench.ts';
import { type ApiBench, startApi } from './api-bench.ts';

const SUCCESS = { status: 200, body: { result: 'success' } };
const MINUTE_MS = 60_000;

describe('SES events', () => {
  let api: ApiBench;
  let verification: SnsVerification;
  const confirmed: string[] = [];
  beforeAll(async () => {
    api = await startApi({
      sns: {
        verify: async () => verification,
        confirmSubscription: async (url) => {
          confirmed.push(url);
        },
      },
    });
  });
  beforeEach(() => api.log.clear());
  afterAll(() => api?.stop());

  const email = async (reference: string | null): Promise<string> => {
    const id = timeOrderedId(Date.now());
    const input = { ...api.bench.input(), serviceId: api.demo.serviceId, notificationType: 'email' as const };
    await api.bench.runtime.start(NOTIFICATION, id, input, { ...request, serviceId: api.demo.serviceId });
    if (reference !== null) await accepted(id, reference);
    return id;
  };
  const accepted = (id: string, reference: string) =>
    api.pool.query(
      "update notifications set version = version + 1, state = 'sending.awaitingReceipt', reference = $2 where id = $1",
      [id, reference],
    );
  const stateOf = async (id: string) =>
    (await api.pool.query('select state from notifications where id = $1', [id])).rows[0].state;
  const parked = async (reference: string) =>
    (await api.pool.query('select receipt from parked_receipts where reference = $1', [reference])).rows;

  const event = (messageId: string, fields: object = {}, minutesAgo = 0): object => ({
    notificationType: 'Delivery',
    mail: {
      messageId,
      timestamp: new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString(),
      destination: ['sam@example.com'],
    },
    ...fields,
  });
  const bounce = (bounceType: string) => ({
    notificationType: 'Bounce',
    bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'sam@example.com' }] },
  });
  const complaint = {
    notificationType: 'Complaint',
    complaint: { feedbackId: 'feedback-1', complaintFeedbackType: 'abuse', timestamp: '2026-03-02T11:00:00.000Z' },
  };
  const deliver = (message: object) => {
    verification = {
      outcome: 'verified',
      message: {
        type: 'Notification',
        messageId: 'm',
        topicArn: 't',
        timestamp: '',
        subject: null,
        message: JSON.stringify(message),
      },
    };
    return api.request('POST', '/notifications/email/ses', { body: '{}', headers: { 'content-type': 'text/plain' } });
  };

  test.each([
    [{}, 'delivered'],
    [bounce('Permanent'), 'permanent-failure'],
    [bounce('Transient'), 'temporary-failure'],
    [bounce('Undetermined'), 'temporary-failure'],
  ])('%j leads to %s, and names no recipient in the log', async (fields, state) => {
    const reference = randomUUID();
    const id = await email(reference);
    expect(await deliver(event(reference, fields))).toMatchObject(SUCCESS);
    expect(await stateOf(id)).toBe(state);
    expect(JSON.stringify(api.log.lines)).not.toContain('sam@');
  });

  test('bounces and complaints are told as SES wrote them, less what names the recipient', async () => {
    const [bounced, complained] = [randomUUID(), randomUUID()];
    const [id] = [await email(bounced), await email(complained)];
    await deliver({ ...event(bounced, bounce('Permanent')), mail: { messageId: bounced, destination: ['sam@x'] } });
    const told = { ...complaint, complaint: { ...complaint.complaint, feedbackId: complained } };
    await deliver({ ...event(complained, told), mail: { messageId: complained, destination: ['sam@x'] } });
    expect(api.log.messages()).toEqual(
      expect.arrayContaining([
        `SES bounce for notification ID ${id}: ${JSON.stringify({
          notificationType: 'Bounce',
          mail: { messageId: bounced },
          bounce: { bounceType: 'Permanent' },
        })}`,
        `Complaint from SES: ${JSON.stringify({
          notificationType: 'Complaint',
          mail: { messageId: complained },
          complaint: told.complaint,
        })}`,
      ]),
    );
  });

  test('a complaint that names no message is refused, with an error in the log', async () => {
    expect(await deliver({ ...complaint, mail: {} })).toMatchObject(SUCCESS);
    expect(api.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'Complaint from SES failed to get reference from message' }),
    );
  });

  test('the reference of an earlier attempt is known as well', async () => {
    const id = await email(randomUUID());
    const reference = randomUUID();
    await api.pool.query(
      'insert into notification_attempt (provider_reference, notification_id, attempt) values ($1, $2, 1)',
      [reference, id],
    );
    await deliver(event(reference));
    expect(await stateOf(id)).toBe('delivered');
  });

  test('a second event is told as a duplicate', async () => {
    const reference = randomUUID();
    const id = await email(reference);
    await deliver(event(reference));
    await deliver(event(reference, bounce('Permanent')));
    expect(await stateOf(id)).toBe('delivered');
    expect(api.log.messages().join()).toContain(`Duplicate callback received for service ${api.demo.serviceId}`);
  });

  test('an event that overtakes its reference is parked, and matched when the reference is stored', async () => {
    const reference = randomUUID();
    const id = await email(null);
    expect(await deliver(event(reference, {}, 29))).toMatchObject(SUCCESS);
    expect(await parked(reference)).toHaveLength(1);
    await api.matchParked(reference);
    expect(await parked(reference)).toHaveLength(1);
    await accepted(id, reference);
    await Promise.all([api.matchParked(reference), api.matchParked(reference)]);
    expect(await stateOf(id)).toBe('delivered');
    expect(await parked(reference)).toEqual([]);
  });

  test('a reference that is stored while its event is being parked is matched at once', async () => {
    const reference = randomUUID();
    const id = await email(null);
    const original = api.pool.query.bind(api.pool);
    await original(
      `create function store_reference() returns trigger language plpgsql as $$ begin
         update notifications set version = version + 1, state = 'sending.awaitingReceipt', reference = new.reference where id = '${id}';
         return new; end $$`,
    );
    await original(
      'create trigger parking before insert on parked_receipts for each row execute function store_reference()',
    );
    await deliver(event(reference));
    await original('drop trigger parking on parked_receipts');
    expect(await stateOf(id)).toBe('delivered');
    expect(await parked(reference)).toEqual([]);
  });

  test.each([
    ['older than 30 minutes', 31],
    ['without a time', Number.NaN],
  ])('an event %s with an unknown reference is dropped', async (_, minutesAgo) => {
    const reference = randomUUID();
    const mail = Number.isNaN(minutesAgo) ? { mail: { messageId: reference } } : {};
    await deliver({ ...event(reference, {}, minutesAgo || 0), ...mail });
    expect(await parked(reference)).toEqual([]);
    expect(api.log.messages()).toContain(`notification not found for reference: ${reference} (update to delivered)`);
  });

  test('a complaint is stored once and leaves the status alone', async () => {
    const reference = randomUUID();
    const id = await email(reference);
    await deliver(event(reference, complaint));
    await deliver(event(reference, complaint));
    const { rows } = await api.pool.query('select * from complaints where notification_id = $1', [id]);
    expect(rows).toMatchObject([
      {
        service_id: api.demo.serviceId,
        ses_feedback_id: 'feedback-1',
        complaint_type: 'abuse',
        complaint_date: new Date('2026-03-02T11:00:00.000Z'),
      },
    ]);
    expect(await stateOf(id)).toBe('sending.awaitingReceipt');
  });

  test('a complaint whose date is none is stored without it', async () => {
    const reference = randomUUID();
    const id = await email(reference);
    const odd = { ...complaint, complaint: { feedbackId: 'odd\u0000', timestamp: 'yesterday' } };
    expect(await deliver(event(reference, odd))).toMatchObject(SUCCESS);
    const { rows } = await api.pool.query('select complaint_date from complaints where notification_id = $1', [id]);
    expect(rows).toEqual([{ complaint_date: null }]);
  });

  test('an event of an unknown kind is an error in the log and answered all the same', async () => {
    expect(await deliver(event('x', { notificationType: 'Open' }))).toMatchObject(SUCCESS);
    expect(api.log.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  test('what SNS did not sign is refused; what cannot be checked now is to be repeated', async () => {
    verification = { outcome: 'refused', reason: 'x' };
    expect(await api.request('POST', '/notifications/email/ses', { body: '{}' })).toMatchObject({ status: 403 });
    verification = { outcome: 'unavailable', reason: 'x' };
    expect(await api.request('POST', '/notifications/email/ses', { body: '{' })).toMatchObject({ status: 503 });
  });

  test('a subscription is confirmed, the end of one is only noted', async () => {
    const envelope = { messageId: 'm', topicArn: 't', timestamp: '', subscribeUrl: 'https://sns/confirm' };
    for (const type of ['SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const) {
      verification = { outcome: 'verified', message: { type, ...envelope } };
      expect(await api.request('POST', '/notifications/email/ses', { body: '{}' })).toMatchObject(SUCCESS);
    }
    expect(confirmed).toEqual(['https://sns/confirm']);
  });

  test('an event that could not be stored is answered 500', async () => {
    api.overrides = { 'receipts.recordSes': () => Promise.reject(new Error('no database')) };
    expect((await deliver(event('x'))).status).toBe(500);
    api.overrides = {};
  });

  test('an event handed over directly is applied in the same way', async () => {
    const reference = randomUUID();
    const id = await email(reference);
    const direct: SesEvent = sesEvent(event(reference));
    expect(await api.recordSes(direct)).toEqual({ outcome: 'recorded' });
    expect(await stateOf(id)).toBe('delivered');
  });
});
