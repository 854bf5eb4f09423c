import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Closable, EmailProvider } from '../../src/providers/provider.ts';
import { type SesEvent, sesEvent } from '../../src/providers/receipts/ses.ts';
import { sesProvider } from '../../src/providers/ses.ts';
import { verifySns } from '../../src/providers/sns.ts';
import { snsClient } from '../../src/providers/sns-client.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { httpRecorder, type Recorder } from './http-recorder.ts';
import { emailTo } from './requests.ts';

let api: Recorder;
let sandbox: Sandbox;
let ses: EmailProvider & Closable;

const sesClient = (timeoutMs: number) =>
  sesProvider({
    region: 'eu-west-1',
    endpoint: sandbox.url,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    timeoutMs,
  });

beforeAll(async () => {
  api = await httpRecorder();
  sandbox = await startSandbox({ port: 0, apiUrl: api.url, delayFactor: 0.01 });
  ses = sesClient(5_000);
});

afterAll(async () => {
  await ses.close();
  await sandbox.stop();
  await api.stop();
});

/** The verified SES events that the API has had about a message, in order. */
async function told(messageId: string | null): Promise<SesEvent[]> {
  const sns = snsClient({ extraOrigins: [sandbox.url] });
  const options = { certificate: sns.certificate, extraOrigins: [sandbox.url], topicArns: [sandbox.topicArn] };
  const events: SesEvent[] = [];
  for (const { path, headers, body } of api.requests) {
    expect(path).toBe('/notifications/email/ses');
    expect(headers['content-type']).toBe('text/plain; charset=UTF-8');
    const verification = await verifySns(JSON.parse(body), options);
    if (verification.outcome !== 'verified' || verification.message.type !== 'Notification') throw new Error(body);
    const event = sesEvent(verification.message.message);
    if (event.kind !== 'unknown' && event.messageId === messageId) events.push(event);
  }
  await sns.close();
  return events;
}

async function sendAndWait(to: string, count: number): Promise<SesEvent[]> {
  const before = api.requests.length;
  const answer = await ses.send(emailTo(to));
  await api.received(before + count);
  if (answer.outcome !== 'accepted') throw new Error(answer.reason);
  return told(answer.providerReference);
}

describe('SES', () => {
  test.each([
    ['delivered@example.com', ['delivered']],
    ['anyone@example.com', ['delivered']],
    ['perm-fail@simulator.notify', ['permanent-failure']],
    ['temp-fail@simulator.notify', ['temporary-failure']],
    ['perm-fail+17@example.com', ['permanent-failure']],
    ['slow@example.com', ['delivered']],
    ['duplicate@example.com', ['delivered', 'delivered', 'delivered']],
    ['complaint@example.com', ['delivered', 'complaint']],
  ])('accepts an email to %s and tells by signed SNS messages: %j', async (to, kinds) => {
    expect((await sendAndWait(to, kinds.length)).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('names the complaint and who complained', async () => {
    const [, complaint] = await sendAndWait('complaint@example.com', 2);
    expect(complaint).toMatchObject({
      complaintType: 'abuse',
      recipient: 'complaint@example.com',
      feedbackId: expect.any(String),
      complaintDate: expect.any(String),
    });
  });

  test('accepts an email to silent and is silent', async () => {
    const silent = await ses.send(emailTo('silent@example.com'));
    await sendAndWait('delivered@example.com', 1);
    expect(silent).toMatchObject({ outcome: 'accepted', providerReference: expect.any(String) });
    expect(await told(silent.outcome === 'accepted' ? silent.providerReference : null)).toEqual([]);
  });

  test('tells of an email to early before it answers', async () => {
    const answer = await ses.send(emailTo('early@example.com'));
    const reference = answer.outcome === 'accepted' ? answer.providerReference : null;
    expect(await told(reference)).toMatchObject([{ kind: 'delivered' }]);
  });

  test('fails every try of error', async () => {
    const request = emailTo('error@example.com');
    expect(await ses.send(request)).toMatchObject({ outcome: 'failed' });
    expect(await ses.send(request)).toMatchObject({ outcome: 'failed' });
    expect(sandbox.messages({ reference: request.notificationId }).messages).toMatchObject([
      { timesSeen: 2 },
      { timesSeen: 2 },
    ]);
  });

  test('never answers timeout', async () => {
    const impatient = sesClient(200);
    expect(await impatient.send(emailTo('timeout@example.com'))).toMatchObject({ outcome: 'failed' });
    await impatient.close();
  });

  test('fails the first try of flaky, then delivers', async () => {
    const request = emailTo('flaky@example.com');
    expect(await ses.send(request)).toMatchObject({ outcome: 'failed' });
    const before = api.requests.length;
    expect(await ses.send(request)).toMatchObject({ outcome: 'accepted' });
    await api.received(before + 1);
  });

  test('rejects rejected', async () => {
    expect(await ses.send(emailTo('rejected@example.com'))).toEqual({
      outcome: 'rejected',
      reason: 'BadRequestException: The sandbox rejects this recipient.',
    });
  });

  test('refuses a message over 40 MB for good, as SES does', async () => {
    expect(await ses.send(emailTo('delivered@example.com', { html: 'x'.repeat(41_943_040) }))).toEqual({
      outcome: 'rejected',
      reason: 'BadRequestException: Message length is more than 41943040 bytes long.',
    });
  });

  test('throttles throttled', async () => {
    expect(await ses.send(emailTo('throttled@example.com'))).toEqual({
      outcome: 'failed',
      reason: 'TooManyRequestsException: Maximum sending rate exceeded.',
      throttled: true,
    });
  });

  test('keeps the email as it was sent', async () => {
    const headers = { 'List-Unsubscribe': '<https://example.com/u>' };
    const request = emailTo('silent@example.com', { subject: 'Croeso £', headers });
    await ses.send(request);
    expect(sandbox.messages({ kind: 'email', reference: request.notificationId }).messages).toMatchObject([
      {
        provider: 'ses',
        to: request.to,
        from: request.from,
        subject: 'Croeso £',
        content: request.plainText,
        html: request.html,
        headers,
        timesSeen: 1,
      },
    ]);
  });
});
