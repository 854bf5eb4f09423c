import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UNCOUNTED } from '../../src/limits/limits.ts';
import { type ApiBench, startApi } from './api-bench.ts';

const RUNS = { numRuns: 150 };

describe('whatever comes in, the answer is no 5xx', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
    api.limits.take = () => UNCOUNTED;
  });
  afterAll(() => api?.stop());

  const odd = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u0000', '\ud800', '__proto__', 'x'.repeat(5000), -0, 1e308),
  );
  const keys = fc.oneof(fc.constantFrom('name', 'date', 'things', '__proto__', 'file'), fc.string({ unit: 'binary' }));
  const personalisation = fc.dictionary(keys, odd);

  const post = async (path: string, body: unknown): Promise<number> => {
    const text = body instanceof Uint8Array ? body : JSON.stringify(body);
    return (await api.post(path, text)).status;
  };

  test.each([
    '/v2/notifications/sms',
    '/v2/notifications/email',
    '/notifications/sms/mmg',
    '/notifications/sms/firetext',
    '/notifications/sms/reach',
  ])('bytes to %s', async (path) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await post(path, Uint8Array.from(bytes))).toBeLessThan(500);
      }),
      RUNS,
    );
  });

  test('documents to the send routes', async () => {
    const fields = fc.record(
      {
        phone_number: fc.oneof(odd, fc.constant('07700900123')),
        email_address: fc.oneof(odd, fc.constant('sam@example.com')),
        template_id: fc.oneof(odd, fc.constantFrom(api.templates.sms, api.templates.email)),
        personalisation: fc.oneof(odd, personalisation),
        reference: odd,
        sms_sender_id: odd,
        email_reply_to_id: odd,
        scheduled_for: odd,
        one_click_unsubscribe_url: odd,
        sanitise_content_for: odd,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (document) => {
        expect(await post('/v2/notifications/sms', document)).toBeLessThan(500);
        expect(await post('/v2/notifications/email', document)).toBeLessThan(500);
      }),
      RUNS,
    );
  });

  test('personalisation that reaches the template', async () => {
    await fc.assert(
      fc.asyncProperty(personalisation, odd, fc.array(odd), async (values, name, sanitise_content_for) => {
        const filled = { ...values, name, date: name, things: name };
        const text = { phone_number: '07700900123', template_id: api.templates.sms, personalisation: filled };
        const email = { email_address: 'sam@example.com', template_id: api.templates.email, personalisation: filled };
        expect(await post('/v2/notifications/sms', text)).toBeLessThan(500);
        expect(await post('/v2/notifications/email', { ...email, sanitise_content_for })).toBeLessThan(500);
        expect(await post(`/v2/template/${api.templates.email}/preview`, { personalisation: filled })).toBeLessThan(
          500,
        );
      }),
      RUNS,
    );
    const { body } = await api.get('/v2/notifications');
    expect(body.notifications.length).toBeGreaterThan(0);
  });

  test('paths and queries', async () => {
    const names = fc.oneof(fc.constantFrom('status', 'reference', 'older_than', 'template_type', 'type'), fc.string());
    const values = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
    const query = fc.array(fc.tuple(names, values)).map((pairs) => new URLSearchParams(pairs).toString());
    const segment = values.map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(query, segment, async (text, id) => {
        for (const path of [`/v2/notifications?${text}`, `/v2/templates?${text}`, `/v2/notifications/x${id}`]) {
          expect((await api.get(path)).status).toBeLessThan(500);
        }
        expect((await api.get(`/v2/template/x${id}/version/1`)).status).toBeLessThan(500);
      }),
      RUNS,
    );
  });
});
