import { randomUUID } from 'node:crypto';
import type { NotificationContext, SendOutcome } from '../../machines/notification.types.ts';
import type { NotificationRequest } from '../actors/notification.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { ProviderAnswer } from '../providers/provider.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import type { NotificationContent } from './notification-content.ts';

/** Records by id: at once when they are known. The cached directory is one. */
type Records = {
  service(serviceId: string): ServiceRecord | null | Promise<ServiceRecord | null>;
  template(serviceId: string, id: string, version: number): TemplateRecord | null | Promise<TemplateRecord | null>;
};

/** A finished message on its way to one provider. */
export type Delivery = { provider: string; billableUnits: number; send(): Promise<ProviderAnswer> };

export type SendToProviderParts = {
  records: Records;
  content: NotificationContent;
  /** Draws an active provider for the message (workflows 3.6); null when there is none. */
  chooseProvider(context: NotificationContext): Promise<string | null>;
  /** A call to a text provider failed: the share of its traffic depends on how often. */
  onTextFailure(provider: string): void;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
};

type Run = EffectRun<NotificationContext, NotificationRequest>;

/**
 * One attempt to hand a notification over. Everything is read before the call; no database connection is held during
 * it. A test key's message is not handed over: it is answered as if it had been (workflows 1.4).
 */
export function sendToProvider(parts: SendToProviderParts) {
  const { records, content, chooseProvider, onTextFailure, log } = parts;
  return async ({ attempt }: { attempt: number }, run: Run): Promise<SendOutcome> => {
    const { context, id } = run;
    const type = context.notificationType;
    const service = await records.service(context.serviceId);
    if (!service?.active) return { outcome: 'service-inactive', attempt };
    const provider = await chooseProvider(context);
    if (provider === null) {
      log.error({ notification_id: id }, `${type} failed as no active providers`);
      return { outcome: 'failed', attempt, provider: null, reason: `No active ${type} providers`, billableUnits: 0 };
    }
    if (context.keyType === 'test') {
      const providerReference = type === 'email' ? randomUUID() : null;
      return { outcome: 'accepted', attempt, provider, providerReference, billableUnits: 0 };
    }

    const request = await run.payload();
    const template = await records.template(context.serviceId, request.templateId, request.templateVersion);
    if (!template) throw new Error(`Template ${request.templateId} version ${request.templateVersion} is gone`);
    const label = type === 'sms' ? 'SMS' : 'email';
    log.info(
      { notification_id: id, request_id: request.requestId },
      `Start sending ${label} for notification id: ${id}`,
    );
    const delivery = content.delivery({ id, context, request, service, template, provider });
    const answer = await delivery.send();
    if (type === 'sms' && answer.outcome === 'failed') onTextFailure(provider);
    return outcomeOf(answer, delivery, attempt);
  };
}

function outcomeOf(answer: ProviderAnswer, { provider, billableUnits }: Delivery, attempt: number): SendOutcome {
  switch (answer.outcome) {
    case 'accepted':
      return { outcome: 'accepted', attempt, provider, providerReference: answer.providerReference, billableUnits };
    case 'rejected':
      return { outcome: 'rejected', attempt, provider, reason: answer.reason };
    case 'failed':
      return {
        outcome: 'failed',
        attempt,
        provider,
        reason: answer.reason,
        billableUnits,
        ...(answer.throttled ? { throttled: true } : {}),
      };
  }
}
