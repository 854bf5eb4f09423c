import { expect, test } from '@jest/globals';
import type { NotificationContext } from '../../machines/notification.types.ts';
import { notificationAnnouncements } from '../../src/actors/notification-announcements.ts';
import type { ServiceRecord } from '../../src/db/service-directory.ts';
import type { TemplateRecord } from '../../src/db/template-directory.ts';
import { sendToProvider } from '../../src/effects/send-to-provider.ts';
import type { ProviderAnswer } from '../../src/providers/provider.ts';
import { recordingLog } from '../http/recording-log.ts';
import { request } from '../support/notification-bench.ts';

const ID = 'e4b1d7c2-6a95-4f3d-b8e0-91c2a7f5d684';
const context: NotificationContext = {
  serviceId: request.serviceId,
  notificationType: 'email',
  keyType: 'normal',
  international: false,
  receiptsBelieved: true,
  createdAt: 0,
  attempts: 1,
  outcomeWasLost: false,
  sentAt: null,
  sentBy: null,
  providerReference: null,
  billableUnits: 0,
  updatedAt: null,
};
const failed = (reason: string, more: object = {}): ProviderAnswer => ({ outcome: 'failed', reason, ...more });

test.each([
  [
    failed('TooManyRequestsException: Maximum sending rate exceeded.', { throttled: true }),
    { level: 'warn', message: `RETRY: Email notification ${ID} was rate limited by SES` },
  ],
  [
    failed('Throttling: Daily message quota exceeded'),
    { level: 'error', message: `RETRY: Email notification ${ID} failed` },
  ],
])('an email for which SES asks for patience is a warning, any other failure an error: %j', async (answer, line) => {
  const send = sendToProvider({
    records: { service: () => ({ active: true }) as ServiceRecord, template: () => ({}) as TemplateRecord },
    content: {
      delivery: () => ({ provider: 'ses', billableUnits: 0, send: async () => answer }),
      fragments: () => 0,
    },
    chooseProvider: async () => 'ses',
    onTextFailure: () => {},
    log: recordingLog(),
  });
  const output = await send({ attempt: 1 }, { id: ID, context, payload: async () => request, at: 0 });
  const log = recordingLog();
  const { announceFailedAttempt } = notificationAnnouncements({
    log,
    onReference: () => {},
    onSecondReference: () => {},
  });
  const event = { type: 'xstate.done.actor.sendToProvider', at: 0, output };
  announceFailedAttempt({ id: ID, context, event, from: 'created', to: 'created' });
  expect(log.lines).toMatchObject([line]);
});
