import { Migration } from '@mikro-orm/migrations';

/** Sender settings, API keys and callback addresses of a service (data-model 3.3, 3.4, 3.7). */
export class Migration20261101000004_senders_and_keys extends Migration {
  override up(): void {
    this.addSql(SENDERS);
    this.addSql(API_KEYS);
    this.addSql(CALLBACKS);
  }
}

const SENDERS = `
create table inbound_numbers (
  id uuid primary key,
  number varchar(11) not null unique,
  provider varchar not null,
  service_id uuid references services,
  active boolean not null default true,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6)
);
create unique index ix_inbound_numbers_service_id on inbound_numbers (service_id);

create table service_email_reply_to (
  id uuid primary key,
  service_id uuid not null references services,
  email_address text not null,
  is_default boolean not null default true,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  archived boolean not null default false
);
create index ix_service_email_reply_to_service_id on service_email_reply_to (service_id);
create unique index uix_service_email_reply_to_default
  on service_email_reply_to (service_id) where is_default and not archived;

create table service_sms_senders (
  id uuid primary key,
  sms_sender varchar(11) not null,
  service_id uuid not null references services,
  is_default boolean not null default true,
  inbound_number_id uuid references inbound_numbers,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  archived boolean not null default false
);
create unique index ix_service_sms_senders_inbound_number_id on service_sms_senders (inbound_number_id);
create index ix_service_sms_senders_service_id on service_sms_senders (service_id);
create unique index uix_service_sms_senders_default
  on service_sms_senders (service_id) where is_default and not archived;

create function check_service_sms_senders_default() returns trigger language plpgsql as $$
begin
  if not exists (
    select from service_sms_senders where service_id = old.service_id and is_default and not archived
  ) then
    raise exception 'service % has no default text sender left', old.service_id
      using errcode = 'check_violation', constraint = 'ck_service_sms_senders_default';
  end if;
  return null;
end $$;
create constraint trigger ck_service_sms_senders_default
  after update or delete on service_sms_senders deferrable initially deferred
  for each row execute function check_service_sms_senders_default();

create table service_letter_contacts (
  id uuid primary key,
  service_id uuid not null references services,
  contact_block text not null,
  is_default boolean not null default true,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  archived boolean not null default false,
  constraint uix_service_letter_contacts_id_service_id unique (id, service_id)
);
create index ix_service_letter_contacts_service_id on service_letter_contacts (service_id);
create unique index uix_service_letter_contacts_default
  on service_letter_contacts (service_id) where is_default and not archived;`;

const API_KEYS = `
create table api_keys (
  id uuid primary key,
  name varchar(255) not null,
  secret varchar(255) not null unique,
  service_id uuid not null references services,
  expiry_date timestamptz(6),
  created_at timestamptz(6) not null default now(),
  created_by_id uuid not null references users,
  updated_at timestamptz(6),
  version integer not null default 1,
  key_type varchar(255) not null references key_types
);
create index ix_api_keys_created_by_id on api_keys (created_by_id);
create index ix_api_keys_key_type on api_keys (key_type);
create index ix_api_keys_service_id on api_keys (service_id);
create unique index uix_service_to_key_name on api_keys (service_id, name) where expiry_date is null;

create table api_keys_history (like api_keys including defaults, primary key (id, version));
alter table api_keys_history alter column version drop default;
create index ix_api_keys_history_created_by_id on api_keys_history (created_by_id);
create index ix_api_keys_history_key_type on api_keys_history (key_type);
create index ix_api_keys_history_service_id on api_keys_history (service_id);`;

const CALLBACKS = `
create table service_callback_api (
  id uuid primary key,
  service_id uuid not null references services,
  url varchar not null,
  bearer_token varchar not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  updated_by_id uuid not null references users,
  version integer not null default 1,
  callback_type varchar not null references service_callback_type,
  constraint uix_service_callback_type unique (service_id, callback_type)
);
create index ix_service_callback_api_service_id on service_callback_api (service_id);
create index ix_service_callback_api_updated_by_id on service_callback_api (updated_by_id);

create table service_callback_api_history (like service_callback_api including defaults, primary key (id, version));
alter table service_callback_api_history alter column version drop default;
create index ix_service_callback_api_history_service_id on service_callback_api_history (service_id);
create index ix_service_callback_api_history_updated_by_id on service_callback_api_history (updated_by_id);`;
