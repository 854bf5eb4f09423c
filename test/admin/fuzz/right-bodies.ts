import { randomUUID } from 'node:crypto';
import { PASSWORD } from '../admin-bench.ts';
import type { World } from './world.ts';

type Body = Readonly<Record<string, unknown>>;

/** What callers send, by path; each has every field that its route knows. */
const BODIES: Readonly<Record<string, (world: World) => Body>> = {
  'POST /user': () => ({
    name: 'A',
    email_address: `${randomUUID()}@example.gov.uk`,
    mobile_number: '07700900100',
    password: 'x',
    auth_type: 'email_auth',
  }),
  'POST /user/email': ({ email }) => ({ email }),
  'POST /user/find-users-by-email': () => ({ email: 'a' }),
  'POST /user/reset-password': ({ email }) => ({ email, admin_base_url: 'https://x.example', next: '/' }),
  'POST /user/{user_id}': ({ user }) => ({
    name: 'A',
    email_address: `${randomUUID()}@example.gov.uk`,
    mobile_number: '07700900100',
    auth_type: 'email_auth',
    current_session_id: user,
    email_access_validated_at: '2026-01-01T00:00:00Z',
    updated_by: user,
  }),
  'POST /user/{user_id}/verify/password': () => ({ password: PASSWORD }),
  'POST /user/{user_id}/{code_type}-code': () => ({ to: null, next: '/', email_auth_link_host: 'https://x.example' }),
  'POST /user/{user_id}/email-verification': () => ({ admin_base_url: 'https://x.example', to: 'a@example.gov.uk' }),
  'POST /user/{user_id}/service/{service_id}/permission': ({ ids }) => ({
    permissions: [{ permission: 'view_activity' }],
    folder_permissions: ids['folder_id'],
  }),
  'POST /service/{service_id}/users/{user_id}': ({ ids }) => ({
    permissions: [{ permission: 'view_activity' }],
    folder_permissions: ids['folder_id'],
  }),
  'POST /service': ({ user }) => ({ ...service(), user_id: user, created_by: user }),
  'POST /service/{service_id}': ({ user }) => ({
    ...service(),
    created_by: user,
    permissions: ['sms', 'email', 'letter'],
    go_live_at: '2026-01-01 00:00:00.000000',
    go_live_user: user,
    email_branding: null,
    letter_branding: null,
  }),
  'POST /service/{service_id}/api-key': ({ user }) => ({ name: randomUUID(), key_type: 'normal', created_by: user }),
  'POST /service/{service_id}/invite': ({ user, service, ids }) => ({
    service,
    email_address: 'a@example.gov.uk',
    from_user: user,
    permissions: 'view_activity',
    auth_type: 'sms_auth',
    folder_permissions: ids['folder_id'],
    invite_link_host: 'https://x.example',
  }),
  'POST /service/{service_id}/template': ({ user, service, ids }) => ({
    name: 'A',
    template_type: 'letter',
    content: 'x',
    subject: 'x',
    service,
    created_by: user,
    process_type: 'normal',
    parent_folder_id: ids['folder_id']?.[0],
    postage: 'first',
    reply_to: ids['sender_id']?.[0],
  }),
  'POST /service/{service_id}/template/{template_id}': ({ user, service }) => ({
    name: randomUUID(),
    content: 'x',
    subject: 'x',
    service,
    created_by: user,
    process_type: 'priority',
    postage: 'first',
    archived: false,
    redact_personalisation: false,
  }),
  'POST /service/{service_id}/template-folder': ({ ids }) => ({ name: 'A', parent_id: ids['folder_id']?.[0] }),
  'POST /service/{service_id}/template-folder/{folder_id}': ({ user }) => ({
    name: 'A',
    users_with_permission: [user],
  }),
  'POST /service/{service_id}/notifications': ({ user }) => ({
    page: 1,
    page_size: 1,
    limit_days: 1,
    status: ['created'],
    template_type: ['sms'],
    include_jobs: true,
    include_from_test_key: true,
    include_one_off: true,
    count_pages: true,
    older_than: user,
    to: 'a',
    format_for_csv: '1',
  }),
  'POST /service/{service_id}/send-notification': ({ user, ids }) => ({
    template_id: ids['template_id']?.[0],
    to: '07700 900123',
    created_by: user,
    personalisation: { name: 'A' },
    sender_id: ids['sender_id']?.[2],
  }),
  'POST /service/{service_id}/sms-sender': ({ ids }) => ({
    sms_sender: 'A',
    is_default: true,
    inbound_number_id: ids['inbound_number_id']?.[0],
  }),
  'POST /service/{service_id}/sms-sender/{sender_id}': () => ({ sms_sender: 'A', is_default: true }),
  'POST /service/{service_id}/inbound-sms': () => ({ phone_number: '07700900100' }),
  'PUT /service/{service_id}/guest-list': () => ({
    email_addresses: ['a@example.gov.uk'],
    phone_numbers: ['07700900100'],
  }),
  'POST /letters/returned': () => ({ references: ['AAAABBBBCCCC0001'] }),
  'POST /email-branding': () => ({ name: randomUUID(), text: 'A', colour: '#fff', logo: 'A', brand_type: 'org' }),
  'POST /email-branding/{branding_id}': () => ({
    name: randomUUID(),
    text: 'A',
    colour: '#fff',
    logo: '',
    brand_type: 'org',
  }),
  'POST /provider-details/{provider_details_id}': ({ user }) => ({ priority: 10, active: true, created_by: user }),
  'POST /organisations': ({ user }) => ({ ...organisation(user), name: randomUUID() }),
  'POST /organisations/{organisation_id}': ({ user }) => ({
    ...organisation(user),
    domains: [`${randomUUID()}.gov.uk`],
  }),
  'POST /organisations/{organisation_id}/service': (world) => ({ service_id: world.service }),
  'POST /organisation/{organisation_id}/invite': ({ user }) => ({
    email_address: 'a@example.gov.uk',
    invited_by: user,
    invite_link_host: 'https://x.example',
  }),
  'POST /service/{service_id}/templates/{template_id}/template_email_files': ({ user }) => ({
    filename: `${randomUUID()}.txt`,
    created_by_id: user,
    retention_period: 4,
    validate_users_email: true,
    link_text: 'A',
    pending: false,
    file: 'QQ==',
  }),
  'POST /events': () => ({ event_type: 'x', data: { ip_address: '::1' } }),
};

/** The body that a route's callers send, if anybody wrote it down. */
export function writtenBody(route: { method: string; path: string }, world: World): Body {
  return BODIES[`${route.method} ${route.path}`]?.(world) ?? {};
}

/** Something that a field of this name may hold. */
export function likelyValue(name: string, { user, ids }: World): unknown {
  if (/_at$|_date/.test(name)) return '2026-01-01T00:00:00Z';
  if (/email|^to$/.test(name)) return `${randomUUID()}@example.gov.uk`;
  if (/name/.test(name)) return randomUUID();
  if (/^is_|successful|active|validate/.test(name)) return true;
  if (/days|period|count|limit/.test(name)) return 3;
  if (/templates|folders|lists?$|permissions/.test(name)) return [];
  if (/status/.test(name)) return 'pending';
  if (/url/.test(name)) return 'https://example.gov.uk';
  if (/_by|_id$|user/.test(name)) return ids[name]?.[0] ?? user;
  if (/sms_sender/.test(name)) return 'A';
  return /type/.test(name) ? 'sms' : 'a long enough text';
}

function service(): Body {
  return {
    name: randomUUID(),
    email_from: randomUUID(),
    message_limit: 50,
    restricted: false,
    active: true,
    research_mode: false,
    prefix_sms: true,
    count_as_live: true,
    organisation_type: 'local',
    contact_link: 'x',
    consent_to_research: true,
    volume_email: 1,
    volume_sms: 1,
    volume_letter: 1,
    rate_limit: 10,
    sms_message_limit: 10,
    notes: 'x',
    purchase_order_number: 'x',
    billing_contact_names: 'x',
    billing_reference: 'x',
  };
}

function organisation(user: string): Body {
  return {
    crown: true,
    organisation_type: 'other',
    active: true,
    agreement_signed: true,
    agreement_signed_at: '2026-01-01 00:00:00',
    agreement_signed_by_id: user,
    agreement_signed_version: 1,
    agreement_signed_on_behalf_of_name: 'A',
    agreement_signed_on_behalf_of_email_address: 'a@example.gov.uk',
    email_branding_id: null,
    letter_branding_id: null,
    request_to_go_live_notes: 'x',
    notes: 'x',
    billing_reference: 'x',
  };
}
