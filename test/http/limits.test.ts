import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi, v2Error } from './api-bench.ts';
import { withService } from './set-up.ts';

/** Requests a minute: the bucket is full again at every request. */
const UNLIMITED = 1_000_000_000;

describe('limits on sending', () => {
  let api: ApiBench;
  let good: object;
  beforeAll(async () => {
    api = await startApi();
    good = {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    };
  });
  afterAll(() => api?.stop());

  const sms = (body: unknown = good, key?: string) => api.post('/v2/notifications/sms', body, key);

  test('the limit a minute is per key type, and comes before the body is read', async () => {
    await withService(api, { rate_limit: 6 }, async () => {
      expect((await sms('not json')).status).toBe(400);
      expect((await sms()).status).toBe(201);
      const refusal = (key: string) =>
        v2Error(429, 'RateLimitError', `Exceeded rate limit for key type ${key} of 6 requests per 60 seconds`);
      const reply = await sms('not json');
      expect(reply).toMatchObject({ status: 429, body: refusal('LIVE') });
      expect(reply.headers.get('retry-after')).toBeNull();
      const { team, test: testKey } = api.demo.apiKeys;
      expect((await sms(good, testKey)).status).toBe(201);
      expect((await sms(good, testKey)).status).toBe(201);
      expect((await sms(good, testKey)).body).toEqual(refusal('TEST'));
      for (let sent = 0; sent < 2; sent++) await sms(good, team);
      expect((await sms(good, team)).body).toEqual(refusal('TEAM'));
      expect((await api.post('/v2/notifications/email', good)).body).toEqual(refusal('LIVE'));
    });
  });

  test('exactly the daily limit passes; refused and simulated messages do not count', async () => {
    await withService(api, { sms_message_limit: 3, rate_limit: UNLIMITED }, async () => {
      expect((await sms('{}')).status).toBe(400);
      expect((await sms({ ...good, phone_number: '07700900000' })).status).toBe(201);
      expect((await sms()).status).toBe(201); // the first test stored one
      expect((await sms()).status).toBe(201);
      const body = v2Error(429, 'TooManyRequestsError', 'Exceeded send limits (sms: 3) for today');
      expect(await sms('not json')).toMatchObject({ status: 429, body });
      expect((await sms(good, api.demo.apiKeys.test)).status).toBe(201);
      expect((await sms({ ...good, phone_number: '07700900100' }, api.demo.apiKeys.team)).status).toBe(429);
    });
  });

  test('a test key in trial mode has the limits of live services', async () => {
    await withService(api, { sms_message_limit: 0, restricted: true }, async () => {
      expect((await sms(good, api.demo.apiKeys.test)).status).toBe(201);
      expect((await sms()).status).toBe(429);
    });
  });

  test('international numbers have a limit of their own, looked at after the recipient', async () => {
    await withService(api, { international_sms_message_limit: 1 }, async () => {
      const abroad = { ...good, phone_number: '+33 6 12 34 56 78' };
      expect((await sms(abroad)).status).toBe(201);
      const body = v2Error(429, 'TooManyRequestsError', 'Exceeded send limits (international_sms: 1) for today');
      expect(await sms(abroad)).toMatchObject({ status: 429, body });
      expect((await sms({ ...good, phone_number: '07797900123' })).status).toBe(201);
      expect((await sms()).status).toBe(201);
    });
  });

  test('other requests are not limited', async () => {
    await withService(api, { rate_limit: 0, sms_message_limit: 0, email_message_limit: 0 }, async () => {
      expect((await api.get('/v2/notifications')).status).toBe(200);
      const preview = await api.post(`/v2/template/${api.templates.sms}/preview`, {});
      expect(preview.status).toBe(400);
    });
  });
});
