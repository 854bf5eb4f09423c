import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { type Fields, fieldsOf, textField } from './fields.ts';
import { isAwsSnsUrl, isSnsUrl } from './sns-address.ts';

type SnsEnvelope = { messageId: string; topicArn: string; timestamp: string };

/** What SNS sent, once its signature is checked. */
export type SnsMessage =
  | (SnsEnvelope & { type: 'Notification'; subject: string | null; message: string })
  | (SnsEnvelope & {
      type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
      /** On the host that signed the message, so safe to fetch. */
      subscribeUrl: string;
    });

/**
 * - `refused`: not from SNS, or not from a topic of ours; answer 403.
 * - `unavailable`: the certificate could not be fetched; answer 5xx, for SNS does not repeat what got a 4xx.
 *
 * `reason` names no content.
 */
export type SnsVerification =
  | { outcome: 'verified'; message: SnsMessage }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; reason: string };

export type SnsOptions = {
  /** Fetches a signing certificate as PEM; rejects when it cannot. */
  certificate(url: string): Promise<string>;
  /** Origins that are believed besides AWS's own, such as the sandbox's `http://127.0.0.1:6010`. None in production. */
  extraOrigins: readonly string[];
  /** The topics that may reach us. */
  topicArns: readonly string[];
};

const TYPES = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;
type SnsType = (typeof TYPES)[number];

/** The fields that are signed, in the order of the signature. An absent `Subject` is left out. */
const SIGNED_FIELDS: Readonly<Record<SnsType, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

const HASHES = new Map([
  ['1', 'sha1'],
  ['2', 'sha256'],
]);

const verifySignature = promisify(verify);

/**
 * Checks that a parsed SNS request body is SNS's own and from one of our topics (public-api 5.4). Never throws.
 */
export async function verifySns(body: unknown, options: SnsOptions): Promise<SnsVerification> {
  const fields = fieldsOf(body);
  const read = readMessage(fields);
  if (read.outcome !== 'verified') return read;
  if (!options.topicArns.includes(read.message.topicArn)) return refused('topic is not on the allow-list');

  const hash = HASHES.get(textField(fields, 'SignatureVersion') ?? '');
  if (hash === undefined) return refused('signature version is unknown');
  const url = textField(fields, 'SigningCertURL') ?? '';
  if (!isSnsUrl(url, options.extraOrigins) || !new URL(url).pathname.endsWith('.pem')) {
    return refused('certificate address is not SNS');
  }
  const { message } = read;
  if (message.type !== 'Notification' && !sameHost(message.subscribeUrl, url)) {
    return refused('subscribe address is not on the host of the certificate');
  }
  const pem = await options.certificate(url).catch(() => null);
  if (pem === null) return { outcome: 'unavailable', reason: 'certificate could not be fetched' };
  const key = publicKey(pem, url);
  if (key === undefined) return refused('certificate is not one');

  const signature = Buffer.from(textField(fields, 'Signature') ?? '', 'base64');
  const genuine = await verifySignature(hash, Buffer.from(signedText(fields, message.type)), key, signature);
  return genuine ? read : refused('signature does not match');
}

/** Each signed field's name and value, on lines of their own. */
function signedText(fields: Fields, type: SnsType): string {
  return SIGNED_FIELDS[type]
    .filter((name) => typeof fields[name] === 'string')
    .map((name) => `${name}\n${String(fields[name])}\n`)
    .join('');
}

function readMessage(fields: Fields): SnsVerification {
  const type = TYPES.find((known) => known === fields['Type']);
  const messageId = textField(fields, 'MessageId');
  const topicArn = textField(fields, 'TopicArn');
  const timestamp = textField(fields, 'Timestamp');
  const message = textField(fields, 'Message');
  if (type === undefined || messageId === null || topicArn === null || timestamp === null || message === null) {
    return refused('not an SNS message');
  }
  const envelope = { messageId, topicArn, timestamp };
  if (type === 'Notification') {
    return { outcome: 'verified', message: { type, ...envelope, subject: textField(fields, 'Subject'), message } };
  }
  const subscribeUrl = textField(fields, 'SubscribeURL');
  if (subscribeUrl === null || textField(fields, 'Token') === null) return refused('not an SNS message');
  return { outcome: 'verified', message: { type, ...envelope, subscribeUrl } };
}

/** AWS hands out certificates; only an extra origin may hand out a bare public key. */
function publicKey(pem: string, url: string): KeyObject | undefined {
  if (isAwsSnsUrl(url) && !pem.includes('-----BEGIN CERTIFICATE-----')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function sameHost(url: string, certificateUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(certificateUrl).origin;
}

function refused(reason: string): { outcome: 'refused'; reason: string } {
  return { outcome: 'refused', reason };
}
