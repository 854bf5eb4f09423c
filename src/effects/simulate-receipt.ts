import { randomUUID } from 'node:crypto';
import type { NotificationContext } from '../../machines/notification.types.ts';
import type { NotificationRequest } from '../actors/notification.ts';
import { firetextReceipt } from '../providers/receipts/firetext.ts';
import { mmgReceipt } from '../providers/receipts/mmg.ts';
import type { ReceiptParse, SmsReceipt } from '../providers/receipts/receipt.ts';
import { type SesEvent, sesEvent } from '../providers/receipts/ses.ts';
import type { EffectRun } from '../runtime/actor-type.ts';

export type SimulateReceiptParts = {
  recordSms(receipt: SmsReceipt): Promise<unknown>;
  recordSes(event: SesEvent): Promise<unknown>;
};

type Run = EffectRun<NotificationContext, NotificationRequest>;

/**
 * The receipt that a test key's recipient asks for, in the provider's own words and through the provider's own mapper.
 * Source: workflows 1.4.
 */
export function simulateReceipt({ recordSms, recordSes }: SimulateReceiptParts) {
  return async ({ provider }: { provider: string }, { id, context, payload }: Run): Promise<undefined> => {
    const { normalisedTo } = await payload();
    if (context.notificationType === 'email') {
      await recordSes(sesEvent(simulatedSesEvent(normalisedTo, context.providerReference ?? '')));
      return;
    }
    const receipts =
      provider === 'mmg'
        ? [mmgReceipt(mmgBody(id, normalisedTo))]
        : firetextBodies(id, normalisedTo).map(firetextReceipt);
    for (const receipt of receipts) await recordSms(parsed(receipt));
  };
}

function mmgBody(id: string, to: string): object {
  const status = to.endsWith('7700900003') ? '4' : to.endsWith('7700900002') ? '5' : '3';
  return { reference: 'mmg_reference', CID: id, MSISDN: to, status, deliverytime: new Date().toISOString() };
}

/** A temporary failure is told in two receipts: the network still tries, then it has given up. */
function firetextBodies(reference: string, mobile: string): object[] {
  if (mobile.endsWith('7700900003')) {
    return [
      { mobile, reference, status: '2' },
      { mobile, reference, status: '1', code: '102' },
    ];
  }
  return [{ mobile, reference, status: mobile.endsWith('7700900002') ? '1' : '0' }];
}

function simulatedSesEvent(to: string, messageId: string): object {
  const mail = { messageId, timestamp: new Date().toISOString(), destination: [to] };
  if (to === 'temp-fail@simulator.notify') return bounce(mail, 'Transient');
  if (to === 'perm-fail@simulator.notify') return bounce(mail, 'Permanent');
  return { notificationType: 'Delivery', mail, delivery: { timestamp: mail.timestamp } };
}

function bounce(mail: object, bounceType: string): object {
  return { notificationType: 'Bounce', mail, bounce: { bounceType, feedbackId: randomUUID() } };
}

function parsed(receipt: ReceiptParse): SmsReceipt {
  if (!receipt.ok) throw new Error(`A simulated receipt is malformed: ${receipt.messages.join(', ')}`);
  return receipt.receipt;
}
