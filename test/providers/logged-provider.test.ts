import { describe, expect, test } from '@jest/globals';
import { loggedEmailProvider, loggedSmsProvider } from '../../src/providers/logged-provider.ts';
import type { ProviderAnswer } from '../../src/providers/provider.ts';
import { recordingLog } from '../http/recording-log.ts';
import { emailTo, smsTo } from '../sandbox/requests.ts';

const accepted: ProviderAnswer = { outcome: 'accepted', providerReference: null };
const failed: ProviderAnswer = { outcome: 'failed', reason: 'Request failed', detail: 'HTTP 503' };

describe('a call to a provider is told with its duration and its end', () => {
  const sms = smsTo('447700900123');

  test.each([
    [accepted, { level: 'info', message: 'Provider request for mmg succeeded' }],
    [failed, { level: 'warn', message: 'Provider request for mmg failed' }],
  ])('a text: %j', async (answer, end) => {
    const log = recordingLog();
    const mmg = loggedSmsProvider({ name: 'mmg', supportsInternational: true, send: async () => answer }, log);
    expect(await mmg.send(sms)).toBe(answer);
    expect(log.lines).toMatchObject([
      {
        level: 'info',
        message: expect.stringMatching(new RegExp(`^mmg request for ${sms.reference} finished in [0-9.]+$`)),
        facts: { notification_id: sms.reference, provider_name: 'mmg', duration: expect.any(Number) },
      },
      end,
    ]);
    expect(JSON.stringify(log.lines)).not.toContain(sms.to);
  });

  test('an email that SES accepts', async () => {
    const log = recordingLog();
    await loggedEmailProvider({ name: 'ses', send: async () => accepted }, log).send(emailTo('sam@example.com'));
    await loggedEmailProvider({ name: 'ses', send: async () => failed }, log).send(emailTo('sam@example.com'));
    expect(log.messages()).toEqual([expect.stringMatching(/^AWS SES request finished in [0-9.]+$/)]);
  });
});
