import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sesProvider } from '../../src/providers/ses.ts';
import { httpRecorder, type Recorder } from '../sandbox/http-recorder.ts';
import { emailTo } from '../sandbox/requests.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function sesThat(answer: (response: ServerResponse) => void, timeoutMs = 5_000) {
  const server: Recorder = await httpRecorder(answer);
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const client = sesProvider({ region: 'eu-west-1', endpoint: server.url, credentials, timeoutMs });
  stops.push(client.close, server.stop);
  return { server, client };
}

const accepting = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"MessageId": "ses-id-1"}');
};

const failing = (status: number, type: string, message: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ message }));
};

describe('an email', () => {
  test('goes out by SendEmail, signed, with its reply-to, headers and notification id', async () => {
    const { server, client } = await sesThat(accepting);
    const request = emailTo('Sam@example.com', {
      replyTo: 'office@example.com',
      subject: 'Croeso £',
      headers: { 'List-Unsubscribe': '<https://example.com/u>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
    expect(await client.send(request)).toEqual({ outcome: 'accepted', providerReference: 'ses-id-1' });
    expect(server.requests).toMatchObject([{ method: 'POST', path: '/v2/email/outbound-emails' }]);
    expect(server.requests[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/ses\//,
    );
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      FromEmailAddress: request.from,
      Destination: { ToAddresses: ['Sam@example.com'] },
      ReplyToAddresses: ['office@example.com'],
      Content: {
        Simple: {
          Subject: { Data: 'Croeso £', Charset: 'UTF-8' },
          Body: {
            Text: { Data: 'Some text', Charset: 'UTF-8' },
            Html: { Data: '<p>Some text</p>', Charset: 'UTF-8' },
          },
          Headers: [
            { Name: 'List-Unsubscribe', Value: '<https://example.com/u>' },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ],
        },
      },
      EmailTags: [{ Name: 'notification_id', Value: request.notificationId }],
    });
  });

  test('has an empty reply-to list without a reply-to address', async () => {
    const { server, client } = await sesThat(accepting);
    await client.send(emailTo('sam@example.com'));
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ ReplyToAddresses: [] });
  });

  test('has the host of recipient and reply-to IDNA-encoded, the local part untouched', async () => {
    const { server, client } = await sesThat(accepting);
    await client.send(emailTo('föö@bücher.example', { replyTo: 'Añ@münchen.example' }));
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      Destination: { ToAddresses: ['föö@xn--bcher-kva.example'] },
      ReplyToAddresses: ['Añ@xn--mnchen-3ya.example'],
    });
  });
});

describe('an error of SES', () => {
  test.each(['BadRequestException', 'InvalidParameterValue'])('%s is rejected, after one call', async (type) => {
    const { server, client } = await sesThat(failing(400, type, 'Missing final dot'));
    expect(await client.send(emailTo('sam@example.com'))).toEqual({
      outcome: 'rejected',
      reason: `${type}: Missing final dot`,
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [429, 'TooManyRequestsException'],
    [400, 'Throttling'],
  ])('%i %s is throttled, and not retried by the SDK', async (status, type) => {
    const { server, client } = await sesThat(failing(status, type, 'Maximum sending rate exceeded.'));
    expect(await client.send(emailTo('sam@example.com'))).toEqual({
      outcome: 'failed',
      reason: `${type}: Maximum sending rate exceeded.`,
      throttled: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [400, 'Throttling', 'Daily message quota exceeded'],
    [400, 'MessageRejected', 'Email address is not verified.'],
    [400, 'AccountSuspendedException', 'suspended'],
    [400, 'SendingPausedException', 'paused'],
    [404, 'NotFoundException', 'no such thing'],
    [403, 'InvalidClientTokenId', 'bad token'],
    [500, 'InternalFailure', 'oops'],
    [503, 'ServiceUnavailable', 'later'],
  ])('%i %s (%s) is failed', async (status, type, message) => {
    const { server, client } = await sesThat(failing(status, type, message));
    expect(await client.send(emailTo('sam@example.com'))).toEqual({ outcome: 'failed', reason: `${type}: ${message}` });
    expect(server.requests).toHaveLength(1);
  });

  test('is told without the addresses in it', async () => {
    const message = 'Domain is bad: <föö@xn--bcher-kva.example> or sam other@example.com';
    const { client } = await sesThat(failing(400, 'BadRequestException', message));
    const answer = await client.send(emailTo('föö@bücher.example', { replyTo: 'sam other@example.com' }));
    expect(answer).toEqual({ outcome: 'rejected', reason: 'BadRequestException: Domain is bad: <…> or …' });
  });
});

describe('trouble on the way', () => {
  const timedOut = { outcome: 'failed', reason: 'TimeoutError: The operation was aborted due to timeout' };

  test('no answer within the time-out is failed', async () => {
    const { client } = await sesThat(() => {}, 100);
    expect(await client.send(emailTo('sam@example.com'))).toEqual(timedOut);
  });

  test('an answer that never ends is failed by the same time-out', async () => {
    const { client } = await sesThat((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    }, 100);
    expect(await client.send(emailTo('sam@example.com'))).toEqual(timedOut);
  });

  test('credentials that nobody hands out are failed by the same time-out', async () => {
    const metadata = await httpRecorder(() => {});
    const environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
    process.env['AWS_CONFIG_FILE'] = '/dev/null';
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = metadata.url;
    const client = sesProvider({ region: 'eu-west-1', endpoint: metadata.url, credentials: null, timeoutMs: 100 });
    stops.push(client.close, metadata.stop, async () => {
      process.env = environment;
    });
    expect(await client.send(emailTo('sam@example.com'))).toEqual(timedOut);
  });

  test.each([
    ['no message id', '{}'],
    ['no JSON', '<html>'],
  ])('a 200 with %s is failed', async (_, body) => {
    const { client } = await sesThat((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    expect(await client.send(emailTo('sam@example.com'))).toMatchObject({ outcome: 'failed' });
  });

  test('SES that is not there is failed', async () => {
    const { server, client } = await sesThat(accepting);
    await server.stop();
    stops.pop();
    expect(await client.send(emailTo('sam@example.com'))).toMatchObject({ outcome: 'failed' });
  });
});
