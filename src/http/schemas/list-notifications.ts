import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { uuid } from './properties.ts';

/** A query as read by `readQuery`: repeatable parameters are lists. */
export type ListNotificationsQuery = {
  template_type?: string[];
  status?: string[];
  reference?: string;
  older_than?: string;
  include_jobs?: string;
};

/** Query of `GET /v2/notifications` (public-api 2.6). The order of the words is part of the error text. */
export const LIST_NOTIFICATIONS: ObjectSchema = {
  type: 'object',
  properties: {
    template_type: { type: 'array', items: { enum: ['sms', 'email', 'letter'] } },
    status: {
      type: 'array',
      items: {
        enum: [
          'cancelled',
          'created',
          'sending',
          'sent',
          'delivered',
          'pending',
          'failed',
          'technical-failure',
          'temporary-failure',
          'permanent-failure',
          'pending-virus-check',
          'validation-failed',
          'virus-scan-failed',
          'returned-letter',
          'accepted',
          'received',
        ],
      },
    },
    reference: { type: 'string' },
    older_than: uuid,
    include_jobs: { enum: ['true', 'True'] },
  },
  additionalProperties: false,
};

export const validateListNotifications = compileSchema(LIST_NOTIFICATIONS);
