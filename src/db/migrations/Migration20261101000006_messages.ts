import { Migration } from '@mikro-orm/migrations';

/** What surrounds the messages: jobs, contact lists, returned letters, complaints, received texts (data-model 3.6, 3.8). */
export class Migration20261101000006_messages extends Migration {
  override up(): void {
    this.addSql(JOBS);
    this.addSql(REPORTS);
    this.addSql(RECEIVED_TEXTS);
  }
}

const JOBS = `
create table service_contact_list (
  id uuid primary key,
  original_file_name varchar not null,
  row_count integer not null,
  template_type template_type not null,
  service_id uuid not null references services,
  created_by_id uuid references users,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  archived boolean not null default false,
  constraint uix_service_contact_list_id_service_id unique (id, service_id)
);
create index ix_service_contact_list_created_by_id on service_contact_list (created_by_id);
create index ix_service_contact_list_service_id on service_contact_list (service_id);

create table jobs (
  id uuid primary key,
  original_file_name varchar not null,
  service_id uuid not null references services,
  template_id uuid references templates,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  notification_count integer not null,
  processing_started timestamptz(6),
  processing_finished timestamptz(6),
  created_by_id uuid references users,
  template_version integer not null,
  job_status varchar(255) not null default 'pending' references job_status,
  scheduled_for timestamptz(6),
  archived boolean not null default false,
  contact_list_id uuid,
  constraint jobs_contact_list_id_fkey
    foreign key (contact_list_id, service_id) references service_contact_list (id, service_id)
);
create index ix_jobs_created_by_id on jobs (created_by_id);
create index ix_jobs_job_status on jobs (job_status);
create index ix_jobs_scheduled_for on jobs (scheduled_for);
create index ix_jobs_service_id on jobs (service_id, created_at);
create index ix_jobs_template_id on jobs (template_id);
create index ix_jobs_contact_list_id on jobs (contact_list_id);`;

const REPORTS = `
create table returned_letters (
  id uuid primary key,
  reported_at date not null,
  service_id uuid not null references services,
  notification_id uuid not null unique,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6)
);
create index ix_returned_letters_service_id on returned_letters (service_id);

create table complaints (
  id uuid primary key,
  notification_id uuid not null,
  service_id uuid not null references services,
  ses_feedback_id text,
  complaint_type text,
  complaint_date timestamptz(6),
  created_at timestamptz(6) not null default now()
);
create index ix_complaints_notification_id on complaints (notification_id);
create index ix_complaints_service_id on complaints (service_id);
create index ix_complaints_created_at on complaints (created_at);

create table daily_sorted_letter (
  id uuid primary key,
  billing_day date not null,
  unsorted_count integer not null default 0,
  sorted_count integer not null default 0,
  updated_at timestamptz(6),
  file_name varchar,
  constraint uix_file_name_billing_day unique (file_name, billing_day)
);
create index ix_daily_sorted_letter_billing_day on daily_sorted_letter (billing_day);
create index ix_daily_sorted_letter_file_name on daily_sorted_letter (file_name);`;

const RECEIVED_TEXTS = `
create table inbound_sms (
  id uuid primary key,
  service_id uuid not null references services,
  content varchar not null,
  notify_number varchar not null,
  user_number varchar not null,
  created_at timestamptz(6) not null default now(),
  provider_date timestamptz(6),
  provider_reference varchar,
  provider varchar not null
);
create index ix_inbound_sms_service_id on inbound_sms (service_id, created_at);
create index ix_inbound_sms_service_id_user_number on inbound_sms (service_id, user_number, created_at);
create index ix_inbound_sms_user_number on inbound_sms (user_number);

create table inbound_sms_history (
  id uuid primary key,
  created_at timestamptz(6) not null,
  service_id uuid references services,
  notify_number varchar not null,
  provider_date timestamptz(6),
  provider_reference varchar,
  provider varchar not null
);
create index ix_inbound_sms_history_service_id on inbound_sms_history (service_id);
create index ix_inbound_sms_history_created_at on inbound_sms_history (created_at);`;
