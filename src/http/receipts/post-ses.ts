import type { Call } from '../../messages.ts';
import { type SesEvent, sesEvent } from '../../providers/receipts/ses.ts';
import { plain } from '../error-response.ts';
import { parseJsonBody, storable } from '../json.ts';
import type { HttpLog } from '../log.ts';
import { type Answer, type OpenHandler, ok } from '../route.ts';

/** What SNS sent, once its signature is checked. */
type SnsMessage =
  | { type: 'Notification'; message: string }
  | { type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'; topicArn: string; subscribeUrl: string };

/** `refused` is not from SNS; `unavailable` could not be checked, and is worth repeating. */
type SnsVerification =
  | { outcome: 'verified'; message: SnsMessage }
  | { outcome: 'refused' | 'unavailable'; reason: string };

export type SesParts = {
  call: Call;
  log: HttpLog;
  /** Checks that a body is SNS's own. */
  verify(body: unknown): Promise<SnsVerification>;
  /** Fetches the address that a subscription confirmation names. */
  confirmSubscription(subscribeUrl: string): Promise<void>;
};

const SUCCESS = { result: 'success' };

/** `POST /notifications/email/ses`: SES events that SNS delivers (public-api 5.4). */
export function postSes(parts: SesParts): OpenHandler {
  const { verify, log } = parts;
  return async (request) => {
    const parsed = parseJsonBody(await request.body());
    const verified = await verify(parsed.ok ? parsed.value : null);
    if (verified.outcome === 'verified') return takeMessage(parts, verified.message);
    log.warn({ reason: verified.reason, request_id: request.trace.traceId }, `SNS message ${verified.outcome}`);
    return verified.outcome === 'refused'
      ? plain(403, 'Forbidden: the SNS signature could not be verified')
      : plain(503, 'The SNS signature could not be verified now');
  };
}

async function takeMessage({ call, log, confirmSubscription }: SesParts, message: SnsMessage): Promise<Answer> {
  switch (message.type) {
    case 'SubscriptionConfirmation':
      await confirmSubscription(message.subscribeUrl);
      return ok(SUCCESS);
    case 'UnsubscribeConfirmation':
      log.warn({ topic_arn: message.topicArn }, 'SNS ended our subscription');
      return ok(SUCCESS);
    case 'Notification':
      await call('receipts.recordSes', { event: storable(sesEvent(message.message)) as SesEvent });
      return ok(SUCCESS);
  }
}
