import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { encodeHost, encodeSender } from './email-address-encoding.ts';
import { fieldsOf, textField } from './fields.ts';
import {
  type ClientOptions,
  type Closable,
  DEFAULT_CONNECTIONS,
  DEFAULT_TIMEOUT_MS,
  type EmailProvider,
  type EmailRequest,
  type ProviderAnswer,
} from './provider.ts';

export type SesOptions = ClientOptions & {
  /** Such as `eu-west-1`. */
  region: string;
  /** Base URL of something that speaks SESv2; null is AWS itself. */
  endpoint: string | null;
  /** Null: wherever the AWS SDK finds them (environment, profile, instance role). */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
};

/** The tag that ties a message in SES to its notification, whichever attempt sent it. */
export const NOTIFICATION_ID_TAG = 'notification_id';

/**
 * The request itself is at fault. `InvalidParameterValue` is SES version 1's word for it. `MessageRejected` is not among
 * them: it is also the answer for an identity of ours that is not verified, which four hours may put right.
 */
const NEVER_ACCEPTED = new Set(['BadRequestException', 'InvalidParameterValue']);
const THROTTLED = new Set(['TooManyRequestsException', 'Throttling', 'ThrottlingException']);
/** Also answered as throttling, but the account's fault for the rest of the day (workflows 3.4). */
const DAILY_QUOTA = /^Daily message quota exceeded/;

/** Amazon SES, version 2 of its API (workflows 3.4). `providerReference` is SES's message id; receipts carry it. */
export function sesProvider(options: SesOptions): EmailProvider & Closable {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const client = sesClient(options);
  return {
    name: 'ses',
    close: async () => client.destroy(),
    send: async (request) => {
      try {
        const command = new SendEmailCommand(sendEmailInput(request));
        const signal = AbortSignal.timeout(timeoutMs);
        const { MessageId } = await Promise.race([client.send(command, { abortSignal: signal }), whenAborted(signal)]);
        if (MessageId === undefined) return { outcome: 'failed', reason: 'SES answered without a message id' };
        return { outcome: 'accepted', providerReference: MessageId };
      } catch (error) {
        return answerForError(error, request);
      }
    },
  };
}

/** No retries of the SDK's own: the notification's chart decides about those. */
function sesClient({ region, endpoint, credentials, connections }: SesOptions): SESv2Client {
  const agent = { keepAlive: true, maxSockets: connections ?? DEFAULT_CONNECTIONS };
  return new SESv2Client({
    region,
    maxAttempts: 1,
    ...(endpoint === null ? {} : { endpoint }),
    ...(credentials === null ? {} : { credentials }),
    requestHandler: { httpAgent: agent, httpsAgent: agent },
  });
}

/** The SDK's own time-outs and abort signal leave out its search for credentials, which asks other servers. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function sendEmailInput(request: EmailRequest): SendEmailCommandInput {
  const text = (data: string) => ({ Data: data, Charset: 'UTF-8' });
  return {
    FromEmailAddress: encodeSender(request.from),
    Destination: { ToAddresses: [encodeHost(request.to)] },
    ReplyToAddresses: request.replyTo === null ? [] : [encodeHost(request.replyTo)],
    Content: {
      Simple: {
        Subject: text(request.subject),
        Body: { Text: text(request.plainText), Html: text(request.html) },
        Headers: Object.entries(request.headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: [{ Name: NOTIFICATION_ID_TAG, Value: request.notificationId }],
  };
}

function answerForError(error: unknown, request: EmailRequest): ProviderAnswer {
  const name = textField(fieldsOf(error), 'name') ?? 'UnknownError';
  const message = textField(fieldsOf(error), 'message') ?? '';
  const reason = `${name}: ${withoutAddresses(message, request)}`;
  if (NEVER_ACCEPTED.has(name)) return { outcome: 'rejected', reason };
  const throttled = THROTTLED.has(name) && !DAILY_QUOTA.test(message);
  return throttled ? { outcome: 'failed', reason, throttled } : { outcome: 'failed', reason };
}

/** SES quotes the address it dislikes, and reasons are logged. */
function withoutAddresses(message: string, { to, replyTo }: EmailRequest): string {
  const addresses = [to, encodeHost(to), ...(replyTo === null ? [] : [replyTo, encodeHost(replyTo)])];
  const quoted = addresses.reduce((text, address) => (address === '' ? text : text.replaceAll(address, '…')), message);
  return quoted.replace(/[^\s<>"]+@[^\s<>"]+/g, '…');
}
