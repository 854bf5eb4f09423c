import { randomUUID } from 'node:crypto';
import type { SandboxMessage } from './message-log.ts';
import type { SandboxReceipt } from './outcomes.ts';

/** The event that SES publishes for a status, as JSON text; null for a status that emails do not have. */
export function sesEventText(message: SandboxMessage, messageId: string, status: SandboxReceipt): string | null {
  const details = detailsOf(message.to, status);
  if (details === null) return null;
  const mail = {
    timestamp: message.receivedAt,
    source: message.from,
    messageId,
    destination: [message.to],
    headersTruncated: false,
    headers: [{ name: 'Subject', value: message.subject }],
    commonHeaders: { to: [message.to], subject: message.subject },
  };
  return JSON.stringify({ ...details, mail });
}

function detailsOf(to: string, status: SandboxReceipt): Record<string, unknown> | null {
  const timestamp = new Date().toISOString();
  switch (status) {
    case 'delivered': {
      const delivery = { timestamp, processingTimeMillis: 50, recipients: [to], smtpResponse: '250 2.0.0 OK' };
      return { notificationType: 'Delivery', delivery };
    }
    case 'permanent-failure':
      return bounce(to, timestamp, 'Permanent', '5.1.1');
    case 'temporary-failure':
      return bounce(to, timestamp, 'Transient', '4.4.7');
    case 'complaint': {
      const complainedRecipients = [{ emailAddress: to }];
      const complaint = { complainedRecipients, timestamp, feedbackId: randomUUID(), complaintFeedbackType: 'abuse' };
      return { notificationType: 'Complaint', complaint };
    }
    case 'pending':
      return null;
  }
}

function bounce(to: string, timestamp: string, bounceType: string, status: string): Record<string, unknown> {
  const bouncedRecipients = [{ emailAddress: to, action: 'failed', status, diagnosticCode: `smtp; ${status} sandbox` }];
  const details = { bounceType, bounceSubType: 'General', bouncedRecipients, timestamp, feedbackId: randomUUID() };
  return { notificationType: 'Bounce', bounce: details };
}
