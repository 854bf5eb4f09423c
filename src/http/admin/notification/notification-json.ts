import { toLondonTime } from '../../../content/london-time.ts';
import type { AdminNotificationView } from '../../../messages/admin-notifications.ts';
import { offsetTime, orNull } from '../times.ts';

type StatusTexts = Readonly<Record<string, string>>;

const TECHNICAL = { 'technical-failure': 'Technical failure' };

/** Statuses as people read them; a status that is not here stays as it is (internal-api 4). */
const STATUS_TEXTS: Readonly<Record<AdminNotificationView['notification_type'], StatusTexts>> = {
  email: {
    ...TECHNICAL,
    created: 'Sending',
    sending: 'Sending',
    delivered: 'Delivered',
    sent: 'Delivered',
    failed: 'Failed',
    'temporary-failure': 'Inbox not accepting messages right now',
    'permanent-failure': 'Email address doesn’t exist',
  },
  sms: {
    ...TECHNICAL,
    created: 'Sending',
    sending: 'Sending',
    delivered: 'Delivered',
    sent: 'Sent internationally',
    failed: 'Failed',
    'temporary-failure': 'Phone not accepting messages right now',
    'permanent-failure': 'Phone number doesn’t exist',
  },
  letter: {
    ...TECHNICAL,
    created: 'Accepted',
    sending: 'Accepted',
    delivered: 'Received',
    'permanent-failure': 'Permanent failure',
    'returned-letter': 'Returned',
  },
};

/** A Notification (internal-api 4). */
export function notificationJson(notification: AdminNotificationView): object {
  return {
    ...notification,
    created_at: offsetTime(notification.created_at),
    sent_at: orNull(offsetTime)(notification.sent_at),
    updated_at: orNull(offsetTime)(notification.updated_at),
  };
}

/** A NotificationCsv (internal-api 4): a row of a spreadsheet, in London's time. */
export function notificationCsv(notification: AdminNotificationView): object {
  const { template, job, created_by: author, job_row_number: row, status } = notification;
  return {
    row_number: row === null ? '' : row + 1,
    recipient: notification.to,
    client_reference: notification.client_reference ?? '',
    template_name: template.name,
    template_type: template.template_type,
    job_name: job?.original_file_name ?? '',
    status: STATUS_TEXTS[notification.notification_type][status] ?? status,
    created_at: toLondonTime(new Date(notification.created_at)).toISOString().slice(0, 19).replace('T', ' '),
    created_by_name: author?.name ?? null,
    created_by_email_address: author?.email_address ?? null,
  };
}
