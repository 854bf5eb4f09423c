import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SendOutcome } from '../../machines/notification.types.ts';
import { type ApiBench, startApi } from './api-bench.ts';

const SUCCESS = { status: 200, body: { result: 'success' } };
const UNREADABLE = 'The browser (or proxy) sent a request that this server could not understand.';

describe('receipts of text providers', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  beforeEach(() => {
    api.log.clear();
    api.receipts.metrics.length = 0;
  });
  afterAll(() => api?.stop());

  const accept = (billableUnits: number) => {
    api.bench.answer = ({ attempt }): Promise<SendOutcome> =>
      Promise.resolve({ outcome: 'accepted', attempt, provider: 'firetext', providerReference: null, billableUnits });
  };
  const sendSms = async (phone_number = '07700900123'): Promise<string> => {
    const { body } = await api.post('/v2/notifications/sms', {
      phone_number,
      template_id: api.templates.sms,
      personalisation: { name: 'x'.repeat(200), date: 'today' },
    });
    await api.bench.settled(body.id, phone_number.startsWith('+') ? 'sent.awaitingReceipt' : 'sending.awaitingReceipt');
    return body.id;
  };
  const stored = async (id: string) =>
    (await api.pool.query('select * from notifications where id = $1', [id])).rows[0];
  const mmg = (body: unknown, headers = {}) => api.request('POST', '/notifications/sms/mmg', { body, headers });
  const firetext = (fields: Record<string, string>) =>
    api.request('POST', '/notifications/sms/firetext', {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  test('an MMG receipt is applied before it is answered', async () => {
    accept(1);
    const id = await sendSms();
    expect(await mmg({ CID: id, status: 3, substatus: '5' }, { 'content-type': 'text/plain' })).toMatchObject(SUCCESS);
    expect(await stored(id)).toMatchObject({ state: 'delivered', billable_units: 1 });
    expect(api.log.messages()).toContain(
      `MMG callback returned status of delivered(3): Delivered to handset(5) for reference: ${id}`,
    );
    expect(api.receipts.metrics).toEqual(['mmg.delivered']);
  });

  test('a repeated receipt changes nothing and is told as a duplicate', async () => {
    accept(1);
    const id = await sendSms();
    await mmg({ CID: id, status: '3' });
    expect(await mmg({ CID: id, status: '4', substatus: '27' })).toMatchObject(SUCCESS);
    expect(await stored(id)).toMatchObject({ state: 'delivered' });
    expect(api.log.messages()).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^Duplicate callback received for service ${api.demo.serviceId}\\. Notification ID ${id} with type sms sent by ` +
            'firetext\\. New status was temporary-failure, current status is delivered\\. ' +
            'This happened [0-9.]+ seconds after being first set\\.$',
        ),
      ),
    );
    expect(api.receipts.metrics).toEqual(['mmg.delivered']);
  });

  test('fragments are counted from what is stored when none are billed yet', async () => {
    accept(0);
    const id = await sendSms();
    await mmg({ CID: id, status: '3' });
    expect(await stored(id)).toMatchObject({ state: 'delivered', billable_units: 2 });
  });

  test('an unknown status is a technical failure, and an error in the log', async () => {
    const id = await sendSms();
    await mmg({ CID: id, status: '99' });
    expect(await stored(id)).toMatchObject({ state: 'technical-failure' });
    expect(api.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'MMG callback failed: status 99 not found.' }),
    );
  });

  test.each<[Record<string, string>, string]>([
    [{ status: '0' }, 'delivered'],
    [{ status: '1' }, 'permanent-failure'],
    [{ status: '1', code: '101' }, 'permanent-failure'],
    [{ status: '1', code: '102' }, 'temporary-failure'],
    [{ status: '1', code: '555' }, 'permanent-failure'],
    [{ status: '2' }, 'pending'],
  ])('Firetext %j leads to %s', async (fields, state) => {
    accept(1);
    const id = await sendSms();
    expect(await firetext({ reference: id, mobile: '447700900123', ...fields })).toMatchObject(SUCCESS);
    expect(await stored(id)).toMatchObject({ state });
    const reasons = new Map([
      ['101', 'Unknown Subscriber'],
      ['102', 'Absent Subscriber'],
    ]);
    const reason = reasons.get(fields['code'] ?? '');
    expect(api.log.messages().filter((line) => line.startsWith('Updating'))).toEqual(
      reason === undefined ? [] : [`Updating notification id ${id} to status ${state}, reason: ${reason}`],
    );
    const isUnknownCode = fields['code'] === '555';
    expect(api.log.messages().includes('Failure code 555 from Firetext not recognised')).toBe(isUnknownCode);
  });

  test('a Firetext failure without code after pending is temporary', async () => {
    accept(1);
    const id = await sendSms();
    await firetext({ reference: id, status: '2' });
    await firetext({ reference: id, status: '1' });
    expect(await stored(id)).toMatchObject({ state: 'temporary-failure' });
  });

  test('MMG refusing a repeated message id is no failure once an outcome was lost', async () => {
    accept(1);
    const id = await sendSms();
    await api.pool.query('update notifications set version = version + 1, outcome_was_lost = true where id = $1', [id]);
    await mmg({ CID: id, status: '5', substatus: '23' });
    expect(await stored(id)).toMatchObject({ state: 'pending' });
  });

  test('receipts from countries that do not give believable ones are dropped silently', async () => {
    accept(1);
    const id = await sendSms('+1 202 555 0123');
    expect(await mmg({ CID: id, status: '3' })).toMatchObject(SUCCESS);
    expect(await stored(id)).toMatchObject({ state: 'sent.awaitingReceipt' });
    expect(api.log.messages().join()).not.toContain('Duplicate');
  });

  test('unknown and impossible references are answered like any other', async () => {
    const id = randomUUID();
    expect(await mmg({ CID: id, status: '3' })).toMatchObject(SUCCESS);
    expect(await mmg({ CID: 'send-sms-code', status: '3' })).toMatchObject(SUCCESS);
    expect(api.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: `notification not found for id ${id} (update to status delivered)`,
      }),
    );
    expect(api.log.messages()).toContain('MMG callback with invalid reference send-sms-code');
  });

  test.each<[unknown, string[]]>([
    [{}, ['MMG callback failed: status missing', 'MMG callback failed: CID missing']],
    [{ CID: 'x', status: '' }, ['MMG callback failed: status missing']],
    [[], ['MMG callback failed: status missing', 'MMG callback failed: CID missing']],
  ])('MMG %j is incomplete', async (body, message) => {
    expect(await mmg(body)).toMatchObject({ status: 400, body: { result: 'error', message } });
  });

  test('an incomplete Firetext form is refused', async () => {
    const message = ['Firetext callback failed: status missing', 'Firetext callback failed: reference missing'];
    expect(await firetext({})).toMatchObject({ status: 400, body: { result: 'error', message } });
  });

  test('what is no JSON is refused', async () => {
    expect(await mmg('{')).toMatchObject({ status: 400, body: { result: 'error', message: UNREADABLE } });
  });

  test('a receipt that could not be stored is answered 500, so that the provider repeats it', async () => {
    api.overrides = { 'receipts.recordSms': () => Promise.reject(new Error('no database')) };
    const reply = await mmg({ CID: randomUUID(), status: '3' });
    api.overrides = {};
    expect(reply).toMatchObject({ status: 500, body: { result: 'error', message: 'Internal server error' } });
  });

  test('Reach receipts are taken in development', async () => {
    accept(1);
    const id = await sendSms();
    const body = { reference: id, status: 'TODO-d' };
    expect(await api.request('POST', '/notifications/sms/reach', { body })).toMatchObject(SUCCESS);
    expect(await stored(id)).toMatchObject({ state: 'delivered' });
  });
});

describe('receipts where credentials are set and Reach is off', () => {
  let api: ApiBench;
  beforeAll(async () => {
    const credentials = { user: 'mmg', password: 'pass:word' };
    api = await startApi({ takesReachReceipts: false, receiptCredentials: { mmg: credentials, firetext: null } });
  });
  afterAll(() => api?.stop());

  const mmg = (authorization?: string) =>
    api.request('POST', '/notifications/sms/mmg', {
      body: { CID: randomUUID(), status: '3' },
      headers: authorization === undefined ? {} : { authorization },
    });
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  test('the right ones are accepted, wrong or missing ones answered 401', async () => {
    expect(await mmg(basic('mmg:pass:word'))).toMatchObject(SUCCESS);
    for (const wrong of [undefined, basic('mmg:other'), 'Bearer x', 'Basic']) {
      const reply = await mmg(wrong);
      expect(reply.status).toBe(401);
      expect(reply.headers.get('www-authenticate')).toBe('Basic');
    }
  });

  test('Reach is unknown', async () => {
    expect(await api.request('POST', '/notifications/sms/reach', { body: {} })).toMatchObject({ status: 404 });
  });
});
