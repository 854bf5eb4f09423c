import { Migration } from '@mikro-orm/migrations';

/** Value sets: PostgreSQL enumerations (data-model 2.1) and look-up tables with their rows (data-model 2.2). */
export class Migration20261101000001_reference_tables extends Migration {
  override up(): void {
    this.addSql(ENUMERATIONS);
    for (const [table, names] of Object.entries(LOOKUP_TABLES)) {
      this.addSql(`create table ${table} (name varchar(255) primary key)`);
      this.addSql(`insert into ${table} (name) values ${names.map((name) => `('${name}')`).join(', ')}`);
    }
    this.addSql(ORGANISATION_TYPES);
  }
}

const ENUMERATIONS = `
create type notification_type as enum ('email', 'sms', 'letter');
create type template_type as enum ('sms', 'email', 'letter', 'broadcast');
create type recipient_type as enum ('mobile', 'email');
create type verify_code_types as enum ('email', 'sms');
create type permission_types as enum (
  'manage_users', 'manage_templates', 'manage_settings', 'send_texts', 'send_emails', 'send_letters',
  'manage_api_keys', 'platform_admin', 'view_activity', 'create_broadcasts', 'approve_broadcasts',
  'cancel_broadcasts', 'reject_broadcasts'
);`;

const LOOKUP_TABLES: Record<string, readonly string[]> = {
  auth_type: ['sms_auth', 'email_auth', 'webauthn_auth'],
  branding_type: ['org', 'both', 'org_banner'],
  broadcast_channel_types: ['operator', 'test', 'severe', 'government'],
  broadcast_provider_types: ['all', 'ee', 'o2', 'three', 'vodafone'],
  broadcast_provider_message_status_type: ['sending', 'returned-ack', 'returned-error', 'technical-failure'],
  broadcast_status_type: [
    'draft',
    'pending-approval',
    'rejected',
    'broadcasting',
    'completed',
    'cancelled',
    'technical-failure',
  ],
  invite_status_type: ['pending', 'accepted', 'cancelled'],
  job_status: [
    'pending',
    'in progress',
    'finished',
    'sending limits exceeded',
    'scheduled',
    'cancelled',
    'ready to send',
    'sent to dvla',
    'error',
  ],
  key_types: ['normal', 'team', 'test'],
  notification_status_types: [
    'cancelled',
    'created',
    'sending',
    'sent',
    'delivered',
    'pending',
    'failed',
    'technical-failure',
    'temporary-failure',
    'permanent-failure',
    'pending-virus-check',
    'validation-failed',
    'virus-scan-failed',
    'returned-letter',
  ],
  service_callback_type: ['delivery_status', 'complaint', 'returned_letter', 'inbound_sms'],
  service_permission_types: [
    'email',
    'sms',
    'letter',
    'broadcast',
    'international_sms',
    'inbound_sms',
    'schedule_notifications',
    'email_auth',
    'letters_as_pdf',
    'upload_document',
    'edit_folder_permissions',
    'upload_letters',
    'international_letters',
    'sms_to_uk_landlines',
    'economy_letter_sending',
  ],
  template_process_type: ['normal', 'priority'],
};

const ORGANISATION_TYPES = `
create table organisation_types (
  name varchar(255) primary key,
  is_crown boolean,
  annual_free_sms_fragment_limit bigint not null
);
insert into organisation_types (name, is_crown, annual_free_sms_fragment_limit) values
  ('central', null, 250000), ('local', false, 25000), ('nhs_central', true, 250000), ('nhs_local', false, 25000),
  ('nhs_gp', false, 25000), ('emergency_service', false, 25000), ('school_or_college', false, 25000),
  ('other', null, 25000), ('nhs', null, 25000);`;
