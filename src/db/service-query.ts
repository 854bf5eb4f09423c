import type { ApiKeyRecord, ServiceRecord } from './service-directory.ts';

/** A row of `LOAD_SERVICE`: a service's record with its secrets still sealed. */
export type ServiceRow = Omit<ServiceRecord, 'permissions' | 'apiKeys' | 'callbacks' | 'allowedRecipients'> & {
  permissions: string[];
  /** JSON has no dates: `expiresAt` is ISO 8601. */
  api_keys: (Omit<ApiKeyRecord, 'secret' | 'expiresAt'> & { sealedSecret: string; expiresAt: string | null })[];
  callbacks: { id: string; type: string; version: number; url: string; sealedToken: string }[];
  guests: string[];
};

/**
 * One service with everything that hangs on it. Each part is read through the index on its `service_id`.
 * $1 is the service id.
 */
export const LOAD_SERVICE = `
select
  s.id, s.name, s.active, s.restricted, s.research_mode as "researchMode", s.prefix_sms as "prefixSms",
  s.email_from as "emailSenderLocalPart", s.contact_link as "contactLink", s.organisation_id as "organisationId",
  s.rate_limit as "rateLimit",
  json_build_object(
    'sms', s.sms_message_limit, 'email', s.email_message_limit, 'letter', s.letter_message_limit,
    'international_sms', s.international_sms_message_limit
  ) as "dailyLimits",
  array(select permission from service_permissions where service_id = s.id) as permissions,
  (
    select coalesce(json_agg(json_build_object(
      'id', id, 'name', name, 'sealedSecret', secret, 'keyType', key_type, 'expiresAt', expiry_date
    ) order by created_at desc), '[]')
    from api_keys
    where service_id = s.id and (expiry_date is null or expiry_date > now() - interval '7 days')
  ) as api_keys,
  (
    select coalesce(json_agg(json_build_object('id', id, 'smsSender', sms_sender, 'isDefault', is_default)
      order by is_default desc, created_at, id), '[]')
    from service_sms_senders where service_id = s.id and not archived
  ) as "smsSenders",
  (
    select coalesce(json_agg(json_build_object('id', id, 'emailAddress', email_address, 'isDefault', is_default)
      order by is_default desc, created_at, id), '[]')
    from service_email_reply_to where service_id = s.id and not archived
  ) as "replyTos",
  (
    select coalesce(json_agg(json_build_object('id', id, 'contactBlock', contact_block, 'isDefault', is_default)
      order by is_default desc, created_at, id), '[]')
    from service_letter_contacts where service_id = s.id and not archived
  ) as "letterContacts",
  array(
    select recipient
    from user_to_service m
    join users u on u.id = m.user_id
    cross join lateral unnest(array[u.email_address, u.mobile_number]) as recipient
    where m.service_id = s.id and recipient is not null
  ) as "teamRecipients",
  array(select recipient from service_whitelist where service_id = s.id) as guests,
  (
    select json_build_object(
      'sms', coalesce(max(days_of_retention) filter (where notification_type = 'sms'), 7),
      'email', coalesce(max(days_of_retention) filter (where notification_type = 'email'), 7),
      'letter', coalesce(max(days_of_retention) filter (where notification_type = 'letter'), 7)
    )
    from service_data_retention where service_id = s.id
  ) as "retentionDays",
  (
    select coalesce(json_agg(json_build_object(
      'id', id, 'type', callback_type, 'version', version, 'url', url, 'sealedToken', bearer_token
    )), '[]')
    from service_callback_api where service_id = s.id
  ) as callbacks,
  (
    select json_build_object(
      'id', b.id, 'name', b.name, 'text', b.text, 'colour', b.colour, 'logo', b.logo, 'brandType', b.brand_type
    )
    from service_email_branding chosen join email_branding b on b.id = chosen.email_branding_id
    where chosen.service_id = s.id
  ) as "emailBranding"
from services s
where s.id = $1`;
