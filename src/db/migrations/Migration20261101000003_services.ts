import { Migration } from '@mikro-orm/migrations';

/** Sending services, their members, settings and branding choice (data-model 3.1, 3.2). */
export class Migration20261101000003_services extends Migration {
  override up(): void {
    this.addSql(SERVICES);
    this.addSql(MEMBERS);
    this.addSql(SETTINGS);
  }
}

const SERVICES = `
create table services (
  id uuid primary key,
  name varchar(255) not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  active boolean not null default true,
  message_limit bigint not null,
  email_message_limit integer not null default 50,
  sms_message_limit integer not null default 50,
  letter_message_limit integer not null default 50,
  international_sms_message_limit integer not null default 50,
  restricted boolean not null,
  email_from text not null,
  created_by_id uuid not null references users,
  version integer not null default 1,
  research_mode boolean not null default false,
  organisation_type varchar(255) references organisation_types,
  prefix_sms boolean not null default true,
  crown boolean,
  rate_limit integer not null default 3000,
  contact_link varchar(255),
  consent_to_research boolean,
  volume_email integer,
  volume_letter integer,
  volume_sms integer,
  count_as_live boolean not null default true,
  go_live_at timestamptz(6),
  go_live_user_id uuid references users,
  organisation_id uuid references organisation,
  notes text,
  billing_contact_email_addresses text,
  billing_contact_names text,
  billing_reference varchar(255),
  purchase_order_number varchar(255),
  constraint services_email_from_key unique (email_from),
  constraint services_name_key unique (name)
);
create index ix_services_created_by_id on services (created_by_id);
create index ix_services_organisation_id on services (organisation_id);

create table services_history (like services including defaults, primary key (id, version));
alter table services_history alter column version drop default, alter column prefix_sms drop not null;
create index ix_services_history_created_by_id on services_history (created_by_id);
create index ix_services_history_organisation_id on services_history (organisation_id);

create table service_permissions (
  service_id uuid not null references services,
  permission varchar(255) not null references service_permission_types,
  created_at timestamptz(6) not null default now(),
  primary key (service_id, permission)
);
create index ix_service_permissions_permission on service_permissions (permission);`;

const MEMBERS = `
create table user_to_service (
  user_id uuid not null references users,
  service_id uuid not null references services,
  primary key (user_id, service_id)
);
create index ix_user_to_service_service_id on user_to_service (service_id);

create table permissions (
  id uuid primary key,
  service_id uuid references services,
  user_id uuid not null references users,
  permission permission_types not null,
  created_at timestamptz(6) not null default now(),
  constraint uix_service_user_permission unique (service_id, user_id, permission)
);
create index ix_permissions_service_id on permissions (service_id);
create index ix_permissions_user_id on permissions (user_id);

create table invited_users (
  id uuid primary key,
  email_address varchar(255) not null,
  user_id uuid not null references users,
  service_id uuid references services,
  created_at timestamptz(6) not null default now(),
  status varchar not null default 'pending' references invite_status_type,
  permissions varchar not null,
  auth_type varchar not null default 'sms_auth' references auth_type,
  folder_permissions jsonb not null default '[]'
);
create index ix_invited_users_auth_type on invited_users (auth_type);
create index ix_invited_users_service_id on invited_users (service_id);
create index ix_invited_users_user_id on invited_users (user_id);`;

const SETTINGS = `
create table service_whitelist (
  id uuid primary key,
  service_id uuid not null references services,
  recipient_type recipient_type not null,
  recipient varchar(255) not null,
  created_at timestamptz(6) default now()
);
create index ix_service_whitelist_service_id on service_whitelist (service_id);

create table service_data_retention (
  id uuid primary key,
  service_id uuid not null references services,
  notification_type notification_type not null,
  days_of_retention integer not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  constraint uix_service_data_retention unique (service_id, notification_type)
);

create table service_email_branding (
  service_id uuid primary key references services,
  email_branding_id uuid not null references email_branding
);
create table service_letter_branding (
  service_id uuid primary key references services,
  letter_branding_id uuid not null references letter_branding
);

create table annual_billing (
  id uuid primary key,
  service_id uuid not null references services,
  financial_year_start integer not null,
  free_sms_fragment_limit integer not null,
  updated_at timestamptz(6),
  created_at timestamptz(6) not null default now(),
  constraint uix_service_id_financial_year_start unique (service_id, financial_year_start)
);`;
