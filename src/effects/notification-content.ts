import type { NotificationContext } from '../../machines/notification.types.ts';
import type { NotificationRequest } from '../actors/notification.ts';
import { smsMessage } from '../content/sms.ts';
import type { Values } from '../content/values.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { EmailProvider, SmsProvider } from '../providers/provider.ts';
import type { EmailRendering } from '../threads/email-rendering.ts';
import { type EmailAddresses, emailBranding, unsubscribeUrls } from './email-addresses.ts';
import type { Delivery } from './send-to-provider.ts';

export type ToDeliver = {
  id: string;
  context: NotificationContext;
  request: NotificationRequest;
  service: ServiceRecord;
  template: TemplateRecord;
  /** Identifier of the provider that was drawn. */
  provider: string;
};

export type NotificationContentParts = {
  sms: ReadonlyMap<string, SmsProvider>;
  email: ReadonlyMap<string, EmailProvider>;
  box: SecretBox;
  addresses: EmailAddresses;
  renderEmail: EmailRendering['renderEmail'];
  /** The sender of texts whose service has none. */
  fromNumber: string;
};

export type NotificationContent = {
  delivery(message: ToDeliver): Delivery;
  /** Fragments that the finished text takes (workflows 3.5). */
  fragments(message: Pick<ToDeliver, 'request' | 'service' | 'template'>): number;
};

/** Makes the finished message from what was stored: the template version and the personalisation of its request. */
export function notificationContent(parts: NotificationContentParts): NotificationContent {
  const { box } = parts;
  const text = ({ request, service, template }: Pick<ToDeliver, 'request' | 'service' | 'template'>) =>
    smsMessage({
      body: template.content,
      values: personalisation(box, request),
      prefix: service.prefixSms ? service.name : null,
    });

  const smsDelivery = (message: ToDeliver): Delivery => {
    const { id, context, request, provider } = message;
    const client = known(parts.sms, provider);
    const { text: content, fragments } = text(message);
    const sender = request.replyToText ?? parts.fromNumber;
    const { normalisedTo: to } = request;
    const { international } = context;
    return {
      provider,
      billableUnits: fragments,
      send: () => client.send({ to, content, reference: id, sender, international }),
    };
  };

  const emailDelivery = ({ id, request, service, template, provider }: ToDeliver): Delivery => {
    const client = known(parts.email, provider);
    const { addresses } = parts;
    const unsubscribe = unsubscribeUrls(addresses, id, request, template);
    const email = {
      subject: template.subject ?? '',
      body: template.content,
      values: personalisation(box, request),
      unsubscribeUrl: unsubscribe.inBody,
      branding: emailBranding(addresses, service.emailBranding),
    };
    const from = `"${service.name.replaceAll(/["\\]/g, '')}" <${service.emailSenderLocalPart}@${addresses.emailDomain}>`;
    const headers: Record<string, string> = unsubscribe.inHeader
      ? { 'List-Unsubscribe': `<${unsubscribe.inHeader}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {};
    const { normalisedTo: to, replyToText: replyTo } = request;
    return {
      provider,
      billableUnits: 0,
      send: async () => {
        const { subject, plainText, html } = await parts.renderEmail(email);
        return client.send({ notificationId: id, from, to, replyTo, subject, plainText, html, headers });
      },
    };
  };

  return {
    delivery: (message) => (message.context.notificationType === 'sms' ? smsDelivery(message) : emailDelivery(message)),
    fragments: (message) => text(message).fragments,
  };
}

function personalisation(box: SecretBox, { personalisation: sealed }: NotificationRequest): Values | null {
  return sealed === null ? null : (JSON.parse(box.open(sealed)) as Values);
}

function known<Client>(clients: ReadonlyMap<string, Client>, provider: string): Client {
  const client = clients.get(provider);
  if (!client) throw new Error(`No client for provider ${provider}`);
  return client;
}
