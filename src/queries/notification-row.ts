/** What a notification's view is made of. Times are milliseconds since the epoch. */
export type NotificationRow = {
  id: string;
  state: string;
  serviceId: string;
  type: 'sms' | 'email';
  createdAt: number;
  sentAt: number | null;
  updatedAt: number | null;
  billableUnits: number;
  rateMultiplier: number | null;
  templateId: string;
  templateVersion: number;
  recipient: string;
  normalisedTo: string;
  reference: string | null;
  /** Sealed JSON. */
  personalisation: string | null;
  oneClickUnsubscribeUrl: string | null;
  createdByName: string | null;
};

const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

export const NOTIFICATION_COLUMNS = `
  n.id, n.state, n.service_id as "serviceId", n.notification_type as type, ${millis('n.created_at')} as "createdAt",
  ${millis('n.sent_at')} as "sentAt", ${millis('n.updated_at')} as "updatedAt", n.billable_units as "billableUnits",
  r.rate_multiplier as "rateMultiplier", r.template_id as "templateId", r.template_version as "templateVersion",
  r.recipient, r.normalised_to as "normalisedTo", r.client_reference as reference, r.personalisation,
  r.one_click_unsubscribe_url as "oneClickUnsubscribeUrl", author.name as "createdByName"`;

export const NOTIFICATION_TABLES = `
  notification_requests r
  join notifications n on n.id = r.id
  left join users author on author.id = r.created_by_id`;

/**
 * Whether a row is within retention: younger than London's midnight that many days ago (workflows 4.2). `days` is the
 * parameter with the days by notification type, as JSON.
 */
export function isRetained(days: string): string {
  return `n.created_at >= (date_trunc('day', now() at time zone 'Europe/London')
    - make_interval(days => (${days}::jsonb ->> n.notification_type)::int)) at time zone 'Europe/London'`;
}
