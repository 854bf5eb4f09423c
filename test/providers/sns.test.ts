import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type SnsOptions, verifySns } from '../../src/providers/sns.ts';
import { snsClient } from '../../src/providers/sns-client.ts';
import { httpRecorder } from '../sandbox/http-recorder.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:ses-events';
const ORIGIN = 'http://127.0.0.1:6010';
const CERTIFICATE = `${ORIGIN}/sns/certificate.pem`;

const options: SnsOptions = {
  certificate: async () => publicKeyPem,
  extraOrigins: [ORIGIN],
  topicArns: [TOPIC],
};

const notification = {
  Type: 'Notification',
  MessageId: 'sns-1',
  TopicArn: TOPIC,
  Message: '{"notificationType": "Delivery"}',
  Timestamp: '2026-03-02T10:00:00.000Z',
  SignatureVersion: '2',
  SigningCertURL: CERTIFICATE,
};

const confirmation = {
  ...notification,
  Type: 'SubscriptionConfirmation',
  Message: 'You have chosen to subscribe',
  Token: 'token-1',
  SubscribeURL: `${ORIGIN}/?Action=ConfirmSubscription`,
};

/** Signs over the named fields in this order, as the documentation of SNS lists them. */
function signed(body: Record<string, string>, names: string[], hash = 'sha256', key = keys.privateKey) {
  const text = names.map((name) => `${name}\n${body[name]}\n`).join('');
  const signature = sign(hash, Buffer.from(text), key).toString('base64');
  return { ...body, Signature: signature } as Record<string, string>;
}

const NOTIFICATION_FIELDS = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
const CONFIRMATION_FIELDS = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

const verified = {
  type: 'Notification',
  messageId: 'sns-1',
  topicArn: TOPIC,
  timestamp: notification.Timestamp,
  subject: null,
  message: notification.Message,
};

describe('a genuine message', () => {
  test.each([
    ['1', 'sha1'],
    ['2', 'sha256'],
  ])('of signature version %s (%s) is verified', async (SignatureVersion, hash) => {
    const body = signed({ ...notification, SignatureVersion }, NOTIFICATION_FIELDS, hash);
    expect(await verifySns(body, options)).toEqual({ outcome: 'verified', message: verified });
  });

  test('of AWS is verified by the certificate at its address', async () => {
    const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
    const asked: string[] = [];
    const certificate = async (url: string) => {
      asked.push(url);
      return fixture('sns-certificate.pem');
    };
    const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem';
    const key = createPrivateKey(fixture('sns-key.pem'));
    const body = signed({ ...notification, SigningCertURL }, NOTIFICATION_FIELDS, 'sha256', key);
    expect(await verifySns(body, { ...options, extraOrigins: [], certificate })).toMatchObject({ outcome: 'verified' });
    expect(asked).toEqual([SigningCertURL]);
  });

  test('with a subject is verified over the subject too', async () => {
    const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const body = signed({ ...notification, Subject: 'Amazon SES' }, names);
    expect(await verifySns(body, options)).toEqual({
      outcome: 'verified',
      message: { ...verified, subject: 'Amazon SES' },
    });
    expect(await verifySns({ ...body, Subject: 'Other' }, options)).toMatchObject({ outcome: 'refused' });
  });

  test.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'])(
    '%s is verified with its address',
    async (Type) => {
      const body = signed({ ...confirmation, Type }, CONFIRMATION_FIELDS);
      expect(await verifySns(body, options)).toMatchObject({
        outcome: 'verified',
        message: { type: Type, subscribeUrl: confirmation.SubscribeURL },
      });
    },
  );
});

describe('a message is refused', () => {
  const genuine = signed(notification, NOTIFICATION_FIELDS);

  test.each(['Message', 'MessageId', 'Timestamp'])('when its %s was changed', async (name) => {
    const changed = { ...genuine, [name]: `${genuine[name]} ` };
    expect(await verifySns(changed, options)).toEqual({ outcome: 'refused', reason: 'signature does not match' });
  });

  test.each([
    ['the topic is not on the allow-list', { TopicArn: `${TOPIC}-2` }, 'topic is not on the allow-list'],
    ['the signature version is unknown', { SignatureVersion: '3' }, 'signature version is unknown'],
    ['the signature is of another version', { SignatureVersion: '1' }, 'signature does not match'],
    ['the signature is empty', { Signature: '' }, 'signature does not match'],
    ['the type is unknown', { Type: 'Other' }, 'not an SNS message'],
    ['there is no message id', { MessageId: undefined }, 'not an SNS message'],
  ])('when %s', async (_, changes, reason) => {
    expect(await verifySns({ ...genuine, ...changes }, options)).toEqual({ outcome: 'refused', reason });
  });

  test.each([null, undefined, 'text', 7, [], {}])('when it is %j', async (body) => {
    expect(await verifySns(body, options)).toEqual({ outcome: 'refused', reason: 'not an SNS message' });
  });

  test.each([
    '',
    'not a url',
    'https://evil.example/sns/certificate.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem',
    'https://sns.eu-west-1.evil-amazonaws.com/a.pem',
    'https://evil.sns.eu-west-1.amazonaws.com/a.pem',
    'https://s3.eu-west-1.amazonaws.com/sns/a.pem',
    'http://sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
    'https://user@sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/a.pem',
    'https://sns.eu-west-1.amazonaws.com/a.txt',
    'http://127.0.0.1:6011/sns/certificate.pem',
  ])('before any fetch when its certificate is at %j', async (SigningCertURL) => {
    const certificate = () => Promise.reject(new Error('fetched'));
    expect(await verifySns({ ...genuine, SigningCertURL }, { ...options, certificate })).toEqual({
      outcome: 'refused',
      reason: 'certificate address is not SNS',
    });
  });

  test('when the extra origin is not configured', async () => {
    expect(await verifySns(genuine, { ...options, extraOrigins: [] })).toMatchObject({ outcome: 'refused' });
  });

  test('when AWS hands out a bare public key', async () => {
    const body = signed(
      { ...notification, SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/a.pem' },
      NOTIFICATION_FIELDS,
    );
    expect(await verifySns(body, options)).toEqual({ outcome: 'refused', reason: 'certificate is not one' });
  });

  test('when the certificate is rubbish', async () => {
    const certificate = async () => '<html>';
    expect(await verifySns(genuine, { ...options, certificate })).toEqual({
      outcome: 'refused',
      reason: 'certificate is not one',
    });
  });

  test('when it would have us subscribe somewhere else', async () => {
    const body = signed({ ...confirmation, SubscribeURL: 'https://evil.example/' }, CONFIRMATION_FIELDS);
    expect(await verifySns(body, options)).toEqual({
      outcome: 'refused',
      reason: 'subscribe address is not on the host of the certificate',
    });
  });
});

test('a message whose certificate cannot be fetched is neither verified nor refused', async () => {
  const certificate = () => Promise.reject(new Error('timed out'));
  const body = signed(notification, NOTIFICATION_FIELDS);
  expect(await verifySns(body, { ...options, certificate })).toEqual({
    outcome: 'unavailable',
    reason: 'certificate could not be fetched',
  });
});

describe('the client of SNS', () => {
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function sns(status = 200, timeoutMs = 5_000) {
    const statuses = [status];
    const server = await httpRecorder((response) => {
      const [next] = statuses;
      if (next !== 0) response.writeHead(next ?? 200).end(publicKeyPem);
    });
    const client = snsClient({ extraOrigins: [server.url], timeoutMs });
    stops.push(client.close, server.stop);
    return { server, client, statuses, url: `${server.url}/sns/certificate.pem` };
  }

  test('fetches a certificate once, however many ask at a time', async () => {
    const { server, client, url } = await sns();
    const fetched = await Promise.all([client.certificate(url), client.certificate(url)]);
    expect([...fetched, await client.certificate(url)]).toEqual([publicKeyPem, publicKeyPem, publicKeyPem]);
    expect(server.requests).toHaveLength(1);
  });

  test.each([302, 404, 500])('does not keep a %i', async (status) => {
    const { client, statuses, url } = await sns(status);
    await expect(client.certificate(url)).rejects.toThrow(`SNS answered ${status}`);
    statuses[0] = 200;
    expect(await client.certificate(url)).toBe(publicKeyPem);
  });

  test('gives up after its time-out', async () => {
    const { client, url } = await sns(0, 100);
    await expect(client.certificate(url)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('asks nobody but SNS', async () => {
    const { server, client } = await sns();
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    await expect(client.certificate(`${elsewhere}/a.pem`)).rejects.toThrow('address is not SNS');
    await expect(client.confirmSubscription(elsewhere)).rejects.toThrow('address is not SNS');
    expect(server.requests).toEqual([]);
  });

  test('confirms a subscription with one GET', async () => {
    const { server, client } = await sns();
    await client.confirmSubscription(`${server.url}/?Action=ConfirmSubscription&Token=t`);
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/?Action=ConfirmSubscription&Token=t' }]);
  });
});
