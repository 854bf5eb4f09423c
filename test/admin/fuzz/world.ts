import { randomUUID } from 'node:crypto';
import type { AdminBench, Json } from '../admin-bench.ts';

/** Something of each kind, for routes to meet. */
export type World = {
  user: string;
  /** The user's address. */
  email: string;
  service: string;
  /** Ids by the names of path parts and of body fields. */
  ids: Readonly<Record<string, readonly string[]>>;
};

const MMG = '0c595163-461f-4fa3-92b3-b04add774c63';

/** A service with one of everything. */
export async function makeWorld(admin: AdminBench): Promise<World> {
  const email = `${randomUUID()}@example.gov.uk`;
  const user = await admin.addUser({ email_address: email });
  const service = await admin.addService(user);
  const at = `/service/${service}`;
  const made = async (path: string, body: object): Promise<string> => {
    const { body: answer } = await admin.post(path, body);
    return idOf(answer['data'] ?? answer['result'] ?? answer);
  };
  const common = { service, created_by: user, subject: 'A', content: 'Hello ((name))' };
  const templates: string[] = [];
  for (const template_type of ['sms', 'email', 'letter']) {
    templates.push(await made(`${at}/template`, { ...common, name: 'A', template_type }));
  }
  const contact = await made(`${at}/letter-contact`, { contact_block: 'A', is_default: true });
  const replyTo = await made(`${at}/email-reply-to`, { email_address: 'a@example.gov.uk', is_default: true });
  const sender = await made(`${at}/sms-sender`, { sms_sender: 'A', is_default: true });
  const folder = await made(`${at}/template-folder`, { name: 'A', parent_id: null });
  const callback = { url: 'https://example.gov.uk', bearer_token: 'a long token', updated_by_id: user };
  const receipts = await made(`${at}/delivery-receipt-api`, callback);
  const inbound = await made(`${at}/inbound-api`, callback);
  const retention = await made(`${at}/data-retention`, { notification_type: 'sms', days_of_retention: 3 });
  const invite = await made(`${at}/invite`, {
    service,
    email_address: 'b@example.gov.uk',
    from_user: user,
    permissions: 'view_activity',
  });
  const organisation = await made('/organisations', { name: randomUUID(), crown: true, organisation_type: 'other' });
  const organisationInvite = await made(`/organisation/${organisation}/invite`, {
    email_address: 'c@example.gov.uk',
    invited_by: user,
  });
  const notification = await made(`${at}/send-notification`, {
    template_id: templates[0],
    to: '07700 900123',
    created_by: user,
    personalisation: { name: 'A' },
  });
  await admin.post(`${at}/api-key`, { name: 'A', key_type: 'normal', created_by: user });
  const [key] = (await admin.get(`${at}/api-keys`)).body['apiKeys'] ?? [];
  const credential = { name: 'A', credential_data: 'A', registration_response: 'A' };
  const credentials: string[] = [];
  for (const _ of [1, 2]) credentials.push(await made(`/user/${user}/webauthn`, credential));
  const branding = await made('/email-branding', { name: randomUUID(), brand_type: 'org' });
  const letterBranding = await made('/letter-branding', { name: randomUUID(), filename: randomUUID() });
  const file = await made(`${at}/templates/${templates[1]}/template_email_files`, {
    filename: 'a.txt',
    created_by_id: user,
    retention_period: 4,
    validate_users_email: false,
    file: 'QQ==',
  });
  const other = await admin.addUser();
  await admin.post(`/organisations/${organisation}/users/${other}`, {});
  const text = await receivedText(admin, service);
  return {
    user,
    email,
    service,
    ids: {
      user_id: [user, other],
      service_id: [service],
      template_id: templates,
      template_folder_id: [folder],
      folder_id: [folder],
      sender_id: [contact, replyTo, sender],
      callback_api_id: [receipts, inbound],
      data_retention_id: [retention],
      invited_user_id: [invite],
      invited_org_user_id: [organisationInvite],
      organisation_id: [organisation],
      notification_id: [notification],
      file_id: [file],
      inbound_sms_id: [text.id],
      inbound_number_id: [text.free],
      api_key_id: [idOf(key)],
      key_id: [idOf(key)],
      webauthn_credential_id: credentials,
      branding_id: [branding, letterBranding],
      provider_details_id: [MMG],
      version: ['1', '2', '99999999999999999999'],
      code_type: ['sms', 'email'],
      notification_type: ['sms', 'email', 'letter'],
    },
  };
}

/** A text that the service received at a number of its own; another number is free. */
async function receivedText({ pool, box }: AdminBench, service: string): Promise<{ id: string; free: string }> {
  const [id, own, free] = [randomUUID(), randomUUID(), randomUUID()];
  const number = `0${Number.parseInt(own.slice(0, 8), 16)}`.slice(0, 11);
  const numbers =
    'insert into inbound_numbers (id, number, provider, service_id, active) values ($1, $2, $3, $4, true)';
  await pool.query(numbers, [own, number, 'mmg', service]);
  await pool.query(numbers, [free, `1${number.slice(1)}`, 'mmg', null]);
  await pool.query(
    `insert into inbound_sms (id, service_id, content, notify_number, user_number, provider)
     values ($1, $2, $3, $4, '447700900100', 'mmg')`,
    [id, service, box.seal('Hello'), number],
  );
  return { id, free };
}

function idOf(row: Json | undefined): string {
  return String(row?.['id']);
}
