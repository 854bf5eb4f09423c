import type { FieldType } from '../field-types.ts';
import { anyText, boolean, integer, listOf, nullable, text, time, uuid } from '../field-types.ts';
import { optional, required } from '../read.ts';

/** An id, where the empty text is as good as null. */
const clearableId: FieldType<string | null> = (json) => nullable(uuid)(json === '' ? null : json);

/** Everything that may be changed in a service (internal-api 6.4); other fields of a body are not. */
export const SERVICE_CHANGES = {
  name: optional(text),
  active: optional(boolean),
  restricted: optional(boolean),
  research_mode: optional(boolean),
  email_from: optional(text),
  message_limit: optional(integer),
  email_message_limit: optional(integer),
  sms_message_limit: optional(integer),
  letter_message_limit: optional(integer),
  international_sms_message_limit: optional(integer),
  rate_limit: optional(integer),
  prefix_sms: optional(boolean),
  count_as_live: optional(boolean),
  created_by: optional(uuid),
  organisation_type: optional(nullable(text)),
  go_live_at: optional(nullable(time)),
  go_live_user: optional(nullable(uuid)),
  contact_link: optional(nullable(text)),
  consent_to_research: optional(nullable(boolean)),
  volume_email: optional(nullable(integer)),
  volume_sms: optional(nullable(integer)),
  volume_letter: optional(nullable(integer)),
  notes: optional(nullable(anyText)),
  purchase_order_number: optional(nullable(text)),
  billing_contact_names: optional(nullable(anyText)),
  billing_contact_email_addresses: optional(nullable(anyText)),
  billing_reference: optional(nullable(text)),
  permissions: optional(listOf(anyText)),
  email_branding: optional(clearableId),
  letter_branding: optional(clearableId),
};

export const NEW_SERVICE = {
  ...SERVICE_CHANGES,
  name: required(text),
  email_from: required(text),
  message_limit: required(integer),
  restricted: required(boolean),
  created_by: required(uuid),
};
