import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express';
import { fieldsOf, textField } from '../providers/fields.ts';
import { NOTIFICATION_ID_TAG } from '../providers/ses.ts';
import type { SandboxMessage } from './message-log.ts';
import { type Outcome, outcomeForEmailAddress } from './outcomes.ts';
import { playOutcome, type Report } from './play-outcome.ts';
import { sesEventText } from './ses-events.ts';
import { CERTIFICATE_PATH } from './sns-topic.ts';
import { answerJson, type Stage } from './stage.ts';

/** Bytes: as much as SES takes. The HTML of an email is many times as long as what its author wrote. */
const MAX_BODY = 41_943_040;

type SesError = { status: number; type: string; message: string };

const ERRORS: Readonly<Record<Exclude<Outcome['answer'], 'accepted' | 'none'>, SesError>> = {
  error: { status: 500, type: 'InternalFailure', message: 'The sandbox fails this recipient.' },
  rejected: { status: 400, type: 'BadRequestException', message: 'The sandbox rejects this recipient.' },
  throttled: { status: 429, type: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' },
};

/** SESv2's SendEmail, and the address of the key that signs the events which follow. */
export function sesRoutes(stage: Stage): Router {
  const sendEmail = async (request: Request, response: Response): Promise<void> => {
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      const message = 'Request is missing Authentication Token';
      return answerError(response, { status: 403, type: 'MissingAuthenticationTokenException', message });
    }
    const email = readEmail(request.body);
    if (email === null) {
      return answerError(response, { status: 400, type: 'BadRequestException', message: 'A field is missing.' });
    }
    const outcome = outcomeForEmailAddress(email.to);
    const message: SandboxMessage = { ...email, outcome: outcome.name, receivedAt: new Date().toISOString() };
    const messageId = randomUUID();
    const timesSeen = stage.messages.add(message);
    const answer = (answer: Exclude<Outcome['answer'], 'none'>) =>
      answer === 'accepted'
        ? answerJson(response, 200, { MessageId: messageId })
        : answerError(response, ERRORS[answer]);
    const owe = () => stage.journal.owe({ message, messageId });
    await playOutcome({ outcome, timesSeen, answer, report: sesReport(stage, message, messageId), owe }, stage.timing);
  };

  return Router()
    .post('/v2/email/outbound-emails', json({ limit: MAX_BODY }), sendEmail, refuseUnreadable)
    .get(CERTIFICATE_PATH, (_request, response) => {
      response.type('application/x-pem-file').send(stage.topic.publicKeyPem);
    });
}

/** Publishes an email's events. */
export function sesReport({ api, topic, url }: Stage, message: SandboxMessage, messageId: string): Report {
  return async (status) => {
    const event = sesEventText(message, messageId, status);
    if (event !== null) await api.post(await topic.notification(event, url()));
  };
}

const refuseUnreadable: ErrorRequestHandler = (error: { type?: string }, _request, response, _next) => {
  const isTooLarge = error.type === 'entity.too.large';
  const message = isTooLarge ? `Message length is more than ${MAX_BODY} bytes long.` : 'The body is not JSON.';
  answerError(response, { status: 400, type: 'BadRequestException', message });
};

function answerError(response: Response, { status, type, message }: SesError): void {
  answerJson(response, status, { message }, { 'x-amzn-errortype': type });
}

/** The parts of a SendEmail request that the sandbox shows; null when it could not be sent. */
function readEmail(body: unknown): Omit<SandboxMessage, 'outcome' | 'receivedAt'> | null {
  const fields = fieldsOf(body);
  const simple = fieldsOf(fieldsOf(fields['Content'])['Simple']);
  const parts = fieldsOf(simple['Body']);
  const to = itemsOf(fieldsOf(fields['Destination'])['ToAddresses'])[0];
  const from = textField(fields, 'FromEmailAddress');
  const subject = textField(fieldsOf(simple['Subject']), 'Data');
  const content = textField(fieldsOf(parts['Text']), 'Data');
  if (typeof to !== 'string' || from === null || subject === null || content === null) return null;
  const html = textField(fieldsOf(parts['Html']), 'Data');
  const reference = pairs(fields['EmailTags'])[NOTIFICATION_ID_TAG] ?? '';
  return {
    kind: 'email',
    provider: 'ses',
    to,
    from,
    reference,
    subject,
    content,
    html,
    headers: pairs(simple['Headers']),
  };
}

/** AWS's lists of `{ Name, Value }` as one object. */
function pairs(list: unknown): Record<string, string> {
  const entries = itemsOf(list).map((item) => [textField(fieldsOf(item), 'Name'), textField(fieldsOf(item), 'Value')]);
  return Object.fromEntries(entries.filter(([name, value]) => name !== null && value !== null));
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
