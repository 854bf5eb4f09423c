import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import { storedToday } from '../../src/limits/stored-today.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { type ApiBench, startApi } from '../http/api-bench.ts';
import { addService } from '../http/set-up.ts';

const TOMORROW_MS = 86_400_000;

async function storeLetter({ pool, templates }: ApiBench, serviceId: string, keyType: string): Promise<void> {
  const id = timeOrderedId(Date.now());
  await pool.query(
    `insert into letters (id, version, state, trail, service_id, key_type, is_precompiled, fakes_delivery, created_at,
      postage, attempts, billable_units) values ($1, 1, 'cancelled', '', $2, $3, false, false, now(), 'second', 0, 0)`,
    [id, serviceId, keyType],
  );
  await pool.query(
    `insert into letter_requests (id, service_id, template_id, template_version, reference, recipient,
      requested_postage, request_id) values ($1, $2, $3, 1, 'REFERENCE', 'An address', 'second', 'test')`,
    [id, serviceId, templates.sms],
  );
}

describe('what a service has stored today', () => {
  let api: ApiBench;
  let serviceId: string;
  beforeAll(async () => {
    api = await startApi();
    ({ serviceId } = api.demo);
    const personalisation = { name: 'Sam', date: 'today', things: 'all' };
    const sms = (phone_number: string, key?: string) =>
      api.post('/v2/notifications/sms', { phone_number, template_id: api.templates.sms, personalisation }, key);
    const answers = await Promise.all([
      sms('07700900123'),
      sms('07700900124'),
      sms('07797900123'), // Jersey: not GB, and +44
      sms('+33 6 12 34 56 78'),
      sms('07700900123', api.demo.apiKeys.test),
      sms('07700900000'),
      api.post('/v2/notifications/email', {
        email_address: 'sam@example.gov.uk',
        template_id: api.templates.email,
        personalisation,
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    for (const keyType of ['normal', 'normal', 'test']) await storeLetter(api, serviceId, keyType);
  });
  afterAll(() => api?.stop());

  test('is counted by kind, numbers outside +44 apart; test keys and simulated recipients are not counted', async () => {
    const stored = storedToday(api.pool, Date.now);
    expect(await stored(serviceId)).toEqual({ sms: 4, email: 1, letter: 2, international_sms: 1 });
    expect(await stored(await addService(api))).toEqual({ sms: 0, email: 0, letter: 0, international_sms: 0 });
  });

  test('is nothing tomorrow', async () => {
    const stored = storedToday(api.pool, () => Date.now() + TOMORROW_MS);
    expect(await stored(serviceId)).toEqual({ sms: 0, email: 0, letter: 0, international_sms: 0 });
  });

  test('counts for the limits of a process that was started again', async () => {
    const limits = memoryLimits({ storedToday: storedToday(api.pool, Date.now) });
    const take = () => limits.take({ serviceId, keyType: 'normal', ratePerMinute: 3000, type: 'sms', limit: 6 });
    const answers = await Promise.all([take(), take(), take()]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['taken', 'taken', 'over-daily']);
  });
});
