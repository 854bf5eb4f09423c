import type { Personalisation } from '../../messages.ts';
import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { personalisation, reference, scheduledFor, uuid } from './properties.ts';

export type SendSmsBody = {
  phone_number: string;
  template_id: string;
  personalisation?: Personalisation;
  reference?: string;
  sms_sender_id?: string;
};

/** Body of `POST /v2/notifications/sms` (public-api 2.1). */
export const SEND_SMS: ObjectSchema = {
  type: 'object',
  properties: {
    phone_number: { type: 'string', format: 'phone-number' },
    template_id: uuid,
    personalisation,
    reference,
    sms_sender_id: uuid,
    scheduled_for: scheduledFor,
  },
  required: ['phone_number', 'template_id'],
  additionalProperties: false,
};

export const validateSendSms = compileSchema(SEND_SMS);
