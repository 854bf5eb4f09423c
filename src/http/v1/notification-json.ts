import type { LegacyNotification } from '../../messages.ts';
import { offsetTime, orNull } from '../admin/times.ts';

/** A notification as v1 shows it (public-api 2.12). */
export function legacyNotificationJson(notification: LegacyNotification): object {
  const { id, type, template, body, subject } = notification;
  return {
    id,
    to: notification.recipient,
    status: notification.status,
    template: { id: template.id, name: template.name, template_type: type, version: template.version },
    template_version: template.version,
    notification_type: type,
    created_at: offsetTime(notification.createdAt),
    sent_at: orNull(offsetTime)(notification.sentAt),
    sent_by: notification.sentBy,
    updated_at: orNull(offsetTime)(notification.updatedAt),
    reference: notification.reference,
    job: notification.job && { id: notification.job.id, original_file_name: notification.job.fileName },
    job_row_number: notification.jobRowNumber,
    api_key: notification.apiKeyId,
    service: notification.serviceId,
    billable_units: notification.billableUnits,
    body,
    ...(type === 'sms' ? {} : { subject }),
    content_char_count: type === 'sms' ? notification.characterCount : null,
  };
}
