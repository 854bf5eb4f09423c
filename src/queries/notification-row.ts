import type { Postage } from '../content/letter-timings.ts';

/** What a notification's view is made of. Times are milliseconds since the epoch. */
export type NotificationRow = {
  id: string;
  state: string;
  serviceId: string;
  type: 'sms' | 'email' | 'letter';
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
  /** Letters only. */
  postage: Postage | null;
};

const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

export const NOTIFICATION_COLUMNS = `
  n.id, n.state, n.service_id as "serviceId", n.notification_type as type, ${millis('n.created_at')} as "createdAt",
  ${millis('n.sent_at')} as "sentAt", ${millis('n.updated_at')} as "updatedAt", n.billable_units as "billableUnits",
  r.rate_multiplier as "rateMultiplier", r.template_id as "templateId", r.template_version as "templateVersion",
  r.recipient, r.normalised_to as "normalisedTo", r.client_reference as reference, r.personalisation,
  r.one_click_unsubscribe_url as "oneClickUnsubscribeUrl", author.name as "createdByName", null::text as postage`;

export const NOTIFICATION_TABLES = `
  notification_requests r
  join notifications n on n.id = r.id
  left join users author on author.id = r.created_by_id`;

/** The same columns of letters. A letter that came as a PDF has its address once it is checked. */
export const LETTER_COLUMNS = `
  l.id, l.state, l.service_id as "serviceId", 'letter' as type, ${millis('l.created_at')} as "createdAt",
  ${millis('l.sent_at')} as "sentAt", ${millis('l.updated_at')} as "updatedAt", l.billable_units as "billableUnits",
  null::int2 as "rateMultiplier", q.template_id as "templateId", q.template_version as "templateVersion",
  coalesce(l.address, q.recipient) as recipient, '' as "normalisedTo", q.client_reference as reference,
  q.personalisation, null::text as "oneClickUnsubscribeUrl", author.name as "createdByName", l.postage`;

export const LETTER_TABLES = `
  letter_requests q
  join letters l on l.id = q.id
  left join users author on author.id = q.created_by_id`;

/**
 * Whether a row is within retention: younger than London's midnight that many days ago (workflows 4.2). `days` is the
 * parameter with the days by notification type, as JSON.
 */
export function isRetained(days: string): string {
  return isYounger('n.created_at', `${days}::jsonb ->> n.notification_type`);
}

/** As `isRetained`, of letters. */
export function isLetterRetained(days: string): string {
  return isYounger('l.created_at', `${days}::jsonb ->> 'letter'`);
}

function isYounger(createdAt: string, days: string): string {
  return `${createdAt} >= (date_trunc('day', now() at time zone 'Europe/London')
    - make_interval(days => (${days})::int)) at time zone 'Europe/London'`;
}
