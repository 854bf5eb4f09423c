import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdminBench, newService, startAdmin, UNKNOWN } from './admin-bench.ts';

/** What nobody should send. */
const ODD: unknown[] = [
  null,
  true,
  7,
  -1,
  99_999_999_999,
  1e300,
  '',
  ' ',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  'urn:uuid:00000000-0000-4000-8000-00000000dead',
  UNKNOWN,
  '0000-01-01 00:00:00.000000',
  '2026-13-45T25:61:61',
  [],
  [null],
  ['\u0000'],
  [{}],
  {},
  { constructor: 1, __proto__: 2 },
];

const BODIES: Record<string, (user: string, service: string) => object> = {
  '/user': () => ({
    name: 'A',
    email_address: 'odd@example.gov.uk',
    mobile_number: '07700900100',
    password: 'x',
    auth_type: 'email_auth',
  }),
  '/user/email': () => ({ email: 'a@example.gov.uk' }),
  '/user/find-users-by-email': () => ({ email: 'a' }),
  '/user/reset-password': () => ({ email: 'a@example.gov.uk', admin_base_url: 'https://x.example', next: '/' }),
  '/user/USER': (user) => ({
    name: 'A',
    mobile_number: '07700900100',
    auth_type: 'email_auth',
    current_session_id: UNKNOWN,
    email_access_validated_at: '2026-01-01T00:00:00Z',
    updated_by: user,
  }),
  '/user/USER/verify/password': () => ({ password: 'x' }),
  '/user/USER/verify/code': () => ({ code: '1', code_type: 'sms' }),
  '/user/USER/update-password': () => ({ _password: 'x' }),
  '/user/USER/sms-code': () => ({ to: '07700900100' }),
  '/user/USER/email-code': () => ({ to: null, next: '/', email_auth_link_host: 'https://x.example' }),
  '/user/USER/email-verification': () => ({ admin_base_url: 'https://x.example' }),
  '/user/USER/service/SERVICE/permission': () => ({ permissions: [], folder_permissions: [] }),
  '/user/USER/webauthn': () => ({ name: 'A', credential_data: 'A', registration_response: 'A' }),
  '/service': (user) => newService(user),
  '/service/SERVICE': (user) => ({
    ...newService(user),
    permissions: ['sms'],
    go_live_at: '2026-01-01 00:00:00.000000',
    go_live_user: user,
    email_branding: null,
    volume_sms: 1,
    rate_limit: 1,
    contact_link: 'x',
    notes: 'x',
  }),
  '/service/SERVICE/users/USER': () => ({ permissions: [], folder_permissions: [] }),
  '/service/SERVICE/api-key': (user) => ({ name: 'A', key_type: 'normal', created_by: user }),
  '/service/SERVICE/invite': (user, service) => ({
    service,
    email_address: 'a@example.gov.uk',
    from_user: user,
    permissions: 'x',
    auth_type: 'sms_auth',
    folder_permissions: [],
    invite_link_host: 'https://x.example',
  }),
  '/service/SERVICE/template': (user, service) => ({
    name: 'A',
    template_type: 'letter',
    content: 'x',
    subject: 'x',
    service,
    created_by: user,
    process_type: 'normal',
    postage: 'first',
  }),
  '/service/SERVICE/template-folder': () => ({ name: 'A', parent_id: null }),
  '/service/SERVICE/template-folder/contents': () => ({ templates: [], folders: [] }),
  '/service/SERVICE/email-reply-to': () => ({ email_address: 'a@example.gov.uk', is_default: true }),
  '/service/SERVICE/email-reply-to/verify': () => ({ email: 'a@example.gov.uk' }),
  '/service/SERVICE/letter-contact': () => ({ contact_block: 'A', is_default: true }),
  '/service/SERVICE/sms-sender': () => ({ sms_sender: 'A', is_default: true, inbound_number_id: UNKNOWN }),
  '/service/SERVICE/data-retention': () => ({ notification_type: 'sms', days_of_retention: 1 }),
  '/service/SERVICE/delivery-receipt-api': (user) => ({
    url: 'https://example.gov.uk',
    bearer_token: 'a long token',
    updated_by_id: user,
  }),
  '/service/SERVICE/notifications': () => ({
    page: 1,
    page_size: 1,
    limit_days: 1,
    status: [],
    template_type: [],
    include_jobs: true,
    older_than: UNKNOWN,
    to: 'a',
    format_for_csv: '1',
  }),
  '/service/SERVICE/send-notification': (user) => ({
    template_id: UNKNOWN,
    to: '07700900100',
    created_by: user,
    personalisation: {},
    sender_id: UNKNOWN,
  }),
  '/letters/returned': () => ({ references: ['AAAABBBBCCCC0001'] }),
  '/email-branding': () => ({ name: 'A', text: 'A', colour: '#fff', logo: 'A', brand_type: 'org' }),
  '/letter-branding': () => ({ name: 'A', filename: 'A' }),
  '/provider-details/0c595163-461f-4fa3-92b3-b04add774c63': (user) => ({
    priority: 10,
    active: true,
    created_by: user,
  }),
  '/service/SERVICE/inbound-sms': () => ({ phone_number: '07700900100' }),
  '/organisations': (user) => ({
    name: 'A',
    crown: true,
    organisation_type: 'other',
    active: true,
    domains: [],
    agreement_signed: true,
    agreement_signed_at: '2026-01-01 00:00:00',
    agreement_signed_by_id: user,
    agreement_signed_version: 1,
    email_branding_id: null,
    notes: 'x',
    billing_reference: 'x',
  }),
  '/events': () => ({ event_type: 'x', data: {} }),
};

describe('whatever is put into a body', () => {
  let admin: AdminBench;
  let user: string;
  let service: string;
  beforeAll(async () => {
    admin = await startAdmin();
    user = await admin.addUser();
    service = await admin.addService(user);
  });
  afterAll(() => admin?.stop());

  test.each(Object.entries(BODIES))(
    '%s never breaks',
    async (path, body) => {
      const where = path.replace('USER', user).replace('SERVICE', service);
      const right = body(user, service);
      const broken: unknown[] = [];
      for (const field of Object.keys(right)) {
        for (const odd of ODD) {
          const { status } = await admin.post(where, { ...right, [field]: odd });
          if (status >= 500) broken.push([field, odd]);
        }
      }
      for (const odd of ODD) if ((await admin.post(where, odd)).status >= 500) broken.push(odd);
      expect(broken).toEqual([]);
    },
    60_000,
  );

  test.each([
    '/service?user_id=%00',
    '/service?detailed=True&start_date=0001-01-01&end_date=9999-12-31',
    '/service?detailed=True&start_date=2026-02-31',
    '/service/find-services-by-name?service_name=%00%ff',
    '/organisations/by-domain?domain=%00',
    '/user/email?email=%00',
    '/invite/service/%00',
    '/invite/service/check/%ff',
    '/service/%00/invite',
    '/service/SERVICE/inbound-sms/most-recent?page=%00',
    '/service/SERVICE/data-retention/notification-type/%00',
    '/service/SERVICE/template?detailed=%00',
    '/service/SERVICE/notifications?page=99999999999&status=%00&limit_days=999999999999',
    '/service/SERVICE/returned-letters?reported_at=%00',
    '/complaint?page=99999999999',
    '/complaint/count-by-date-range?start_date=0000-00-00',
    '/complaint/count-by-date-range?start_date=0001-01-01&end_date=9999-12-31',
  ])('%s never breaks', async (path) => {
    expect((await admin.get(path.replace('SERVICE', service))).status).toBeLessThan(500);
  });
});
