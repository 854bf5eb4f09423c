import type { Service } from '../../db/entities/services.ts';
import type { ServiceChanges } from '../../messages/admin-services.ts';

/** The columns that the admin application may set, by its names for them. */
const COLUMNS = {
  name: 'name',
  active: 'active',
  restricted: 'restricted',
  research_mode: 'researchMode',
  email_from: 'emailFrom',
  message_limit: 'messageLimit',
  email_message_limit: 'emailMessageLimit',
  sms_message_limit: 'smsMessageLimit',
  letter_message_limit: 'letterMessageLimit',
  international_sms_message_limit: 'internationalSmsMessageLimit',
  rate_limit: 'rateLimit',
  prefix_sms: 'prefixSms',
  count_as_live: 'countAsLive',
  created_by: 'createdById',
  organisation_type: 'organisationType',
  go_live_user: 'goLiveUserId',
  contact_link: 'contactLink',
  consent_to_research: 'consentToResearch',
  volume_email: 'volumeEmail',
  volume_sms: 'volumeSms',
  volume_letter: 'volumeLetter',
  notes: 'notes',
  purchase_order_number: 'purchaseOrderNumber',
  billing_contact_names: 'billingContactNames',
  billing_contact_email_addresses: 'billingContactEmailAddresses',
  billing_reference: 'billingReference',
} as const satisfies Partial<Record<keyof ServiceChanges, keyof Service>>;

type ChannelLimits = Pick<
  Service,
  'emailMessageLimit' | 'smsMessageLimit' | 'letterMessageLimit' | 'internationalSmsMessageLimit'
>;

/** Messages per day that live services have at most by convention (public-api 4.2). */
const MOST_LETTERS = 20_000;
const MOST_INTERNATIONAL_TEXTS = 100;

/** The columns of the changes that are given. A limit over all channels is also one for each that has no own. */
export function serviceColumns(changes: ServiceChanges, currentLimit: number | null): Partial<Service> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = changes[name as keyof typeof COLUMNS];
    if (value !== undefined) columns[column] = value;
  }
  const { message_limit, go_live_at } = changes;
  if (go_live_at !== undefined) columns['goLiveAt'] = go_live_at === null ? null : new Date(go_live_at);
  const isNewLimit = message_limit !== undefined && message_limit !== currentLimit;
  return { ...(isNewLimit ? channelLimits(message_limit) : {}), ...columns };
}

function channelLimits(messageLimit: number): ChannelLimits {
  return {
    emailMessageLimit: messageLimit,
    smsMessageLimit: messageLimit,
    letterMessageLimit: Math.min(messageLimit, MOST_LETTERS),
    internationalSmsMessageLimit: Math.min(messageLimit, MOST_INTERNATIONAL_TEXTS),
  };
}
