import { randomUUID } from 'node:crypto';
import type { EmailRequest, SmsRequest } from '../../src/providers/provider.ts';

export function smsTo(to: string, changes: Partial<SmsRequest> = {}): SmsRequest {
  return { to, content: 'Hello', reference: randomUUID(), sender: 'GOVUK', international: false, ...changes };
}

export function emailTo(to: string, changes: Partial<EmailRequest> = {}): EmailRequest {
  return {
    notificationId: randomUUID(),
    from: '"A service" <a.service@notify.example>',
    to,
    replyTo: null,
    subject: 'A subject',
    plainText: 'Some text',
    html: '<p>Some text</p>',
    headers: {},
    ...changes,
  };
}
