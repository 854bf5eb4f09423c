import { Migration } from '@mikro-orm/migrations';

/** People who use the admin app, how they sign in, branding, and the organisations they belong to (data-model 3.1, 3.2). */
export class Migration20261101000002_identity extends Migration {
  override up(): void {
    this.addSql(USERS);
    this.addSql(BRANDING);
    this.addSql(ORGANISATIONS);
  }
}

const USERS = `
create table users (
  id uuid primary key,
  name varchar not null,
  email_address varchar(255) not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  _password varchar not null,
  mobile_number varchar,
  password_changed_at timestamptz(6) not null default now(),
  logged_in_at timestamptz(6),
  failed_login_count integer not null default 0,
  state varchar not null default 'pending',
  platform_admin boolean not null default false,
  current_session_id uuid,
  auth_type varchar not null default 'sms_auth' references auth_type,
  email_access_validated_at timestamptz(6) not null default now(),
  constraint ck_user_has_mobile_or_other_auth
    check (auth_type in ('email_auth', 'webauthn_auth') or mobile_number is not null),
  constraint ck_users_state check (state in ('pending', 'active', 'inactive'))
);
create index ix_users_auth_type on users (auth_type);
create unique index ix_users_email_address on users (email_address);
create unique index ix_users_lower_email_address on users (lower(email_address));
create index ix_users_name on users (name);

create table verify_codes (
  id uuid primary key,
  user_id uuid not null references users,
  _code varchar not null,
  code_type verify_code_types not null,
  expiry_datetime timestamptz(6) not null,
  code_used boolean default false,
  created_at timestamptz(6) not null default now()
);
create index ix_verify_codes_user_id on verify_codes (user_id);

create table webauthn_credential (
  id uuid primary key,
  user_id uuid not null references users,
  name varchar not null,
  credential_data varchar not null,
  registration_response varchar not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6)
);
create index ix_webauthn_credential_user_id on webauthn_credential (user_id);

create table events (
  id uuid primary key,
  event_type varchar(255) not null,
  created_at timestamptz(6) not null default now(),
  data json not null
);`;

const BRANDING = `
create table email_branding (
  id uuid primary key,
  colour varchar(7),
  logo varchar(255),
  name varchar(255) not null,
  text varchar(255),
  brand_type varchar(255) not null default 'org' references branding_type,
  constraint uq_email_branding_name unique (name)
);
create index ix_email_branding_brand_type on email_branding (brand_type);

create table letter_branding (
  id uuid primary key,
  name varchar(255) not null unique,
  filename varchar(255) not null unique
);`;

const ORGANISATIONS = `
create table organisation (
  id uuid primary key,
  name varchar(255) not null,
  active boolean not null default true,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  email_branding_id uuid references email_branding,
  letter_branding_id uuid references letter_branding,
  agreement_signed boolean,
  agreement_signed_at timestamptz(6),
  agreement_signed_by_id uuid references users,
  agreement_signed_version float8,
  crown boolean,
  organisation_type varchar(255) references organisation_types,
  request_to_go_live_notes text,
  agreement_signed_on_behalf_of_email_address varchar(255),
  agreement_signed_on_behalf_of_name varchar(255),
  billing_contact_email_addresses text,
  billing_contact_names text,
  billing_reference varchar(255),
  notes text,
  purchase_order_number varchar(255)
);
create unique index ix_organisation_name on organisation (name);

create table domain (
  domain varchar(255) primary key,
  organisation_id uuid not null references organisation
);
create index ix_domain_organisation_id on domain (organisation_id);

create table user_to_organisation (
  user_id uuid not null references users,
  organisation_id uuid not null references organisation,
  primary key (user_id, organisation_id)
);
create index ix_user_to_organisation_organisation_id on user_to_organisation (organisation_id);

create table invited_organisation_users (
  id uuid primary key,
  email_address varchar(255) not null,
  invited_by_id uuid not null references users,
  organisation_id uuid not null references organisation,
  created_at timestamptz(6) not null default now(),
  status varchar not null default 'pending' references invite_status_type
);
create index ix_invited_organisation_users_organisation_id on invited_organisation_users (organisation_id);`;
