import { createHash, generateKeyPair, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { ApiPost } from './api-poster.ts';

/** The topic that the sandbox's SES events come from; the API must have it on its allow-list. */
export const SANDBOX_TOPIC_ARN = 'arn:aws:sns:eu-west-1:000000000000:sandbox-ses-events';

export const CERTIFICATE_PATH = '/sns/certificate.pem';

/** A topic of SNS with the API as its only subscriber. */
export type SnsTopic = {
  /** The public key that checks the signatures. Real SNS has a certificate here. */
  publicKeyPem: string;
  /** The request by which SNS passes the message on, signed (version 2). */
  notification(message: string, sandboxUrl: string): Promise<ApiPost>;
};

const signAsync = promisify(sign);

export async function snsTopic(): Promise<SnsTopic> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  // Certificates are kept by address, and the next sandbox on this port has another key.
  const keyId = createHash('sha256').update(publicKeyPem).digest('hex').slice(0, 16);

  return {
    publicKeyPem,
    notification: async (message, sandboxUrl) => {
      const signed = {
        Message: message,
        MessageId: randomUUID(),
        Timestamp: new Date().toISOString(),
        TopicArn: SANDBOX_TOPIC_ARN,
        Type: 'Notification',
      };
      const text = Object.entries(signed).map(([name, value]) => `${name}\n${value}\n`);
      const signature = await signAsync('sha256', Buffer.from(text.join('')), privateKey);
      const envelope = {
        ...signed,
        SignatureVersion: '2',
        Signature: signature.toString('base64'),
        SigningCertURL: `${sandboxUrl}${CERTIFICATE_PATH}?key=${keyId}`,
        UnsubscribeURL: `${sandboxUrl}/sns/unsubscribe`,
      };
      return {
        path: '/notifications/email/ses',
        headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
        body: JSON.stringify(envelope),
      };
    },
  };
}
