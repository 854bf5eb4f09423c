import type { Personalisation } from '../../messages.ts';
import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { personalisation, reference, scheduledFor, uuid } from './properties.ts';

export type SendEmailBody = {
  email_address: string;
  template_id: string;
  personalisation?: Personalisation;
  reference?: string;
  email_reply_to_id?: string;
  one_click_unsubscribe_url?: string;
  sanitise_content_for?: unknown[] | null;
};

/** Body of `POST /v2/notifications/email` (public-api 2.2). */
export const SEND_EMAIL: ObjectSchema = {
  type: 'object',
  properties: {
    email_address: { type: 'string', format: 'email-address' },
    template_id: uuid,
    personalisation,
    reference,
    scheduled_for: scheduledFor,
    email_reply_to_id: uuid,
    one_click_unsubscribe_url: {
      type: 'string',
      format: 'uri',
      pattern: '^https',
      failureText: 'is not a valid https url',
    },
    sanitise_content_for: { type: ['array', 'null'] },
  },
  required: ['email_address', 'template_id'],
  additionalProperties: false,
};

export const validateSendEmail = compileSchema(SEND_EMAIL);
