import { Migration } from '@mikro-orm/migrations';

/** Templates with their history, redaction and folders (data-model 3.5). */
export class Migration20261101000005_templates extends Migration {
  override up(): void {
    this.addSql(TEMPLATES);
    this.addSql(HISTORY);
    this.addSql(FOLDERS);
  }
}

const TEMPLATES = `
create table templates (
  id uuid primary key,
  name varchar(255) not null,
  template_type template_type not null,
  created_at timestamptz(6) not null default now(),
  updated_at timestamptz(6),
  content text not null,
  service_id uuid not null references services,
  subject text,
  created_by_id uuid not null references users,
  version integer not null default 1,
  archived boolean not null default false,
  process_type varchar(255) not null default 'normal' references template_process_type,
  service_letter_contact_id uuid,
  hidden boolean not null default false,
  postage varchar,
  broadcast_data jsonb,
  has_unsubscribe_link boolean not null default false,
  constraint templates_service_letter_contact_id_fkey
    foreign key (service_letter_contact_id, service_id) references service_letter_contacts (id, service_id)
);
create index ix_templates_created_by_id on templates (created_by_id);
create index ix_templates_process_type on templates (process_type);
create index ix_templates_service_id on templates (service_id);
create index ix_templates_service_id_name on templates (service_id, archived, hidden, name);
create unique index uix_templates_precompiled on templates (service_id) where hidden and template_type = 'letter';

create table template_redacted (
  template_id uuid primary key references templates,
  redact_personalisation boolean not null default false,
  updated_at timestamptz(6) not null default now(),
  updated_by_id uuid not null references users
);
create index ix_template_redacted_updated_by_id on template_redacted (updated_by_id);`;

const HISTORY = `
create table templates_history (
  like templates including defaults,
  primary key (id, version),
  foreign key (service_id) references services,
  foreign key (created_by_id) references users,
  foreign key (process_type) references template_process_type,
  foreign key (service_letter_contact_id) references service_letter_contacts
);
alter table templates_history alter column version drop default;
create index ix_templates_history_created_by_id on templates_history (created_by_id);
create index ix_templates_history_process_type on templates_history (process_type);
create index ix_templates_history_service_id on templates_history (service_id);`;

const FOLDERS = `
create table template_folder (
  id uuid primary key,
  service_id uuid not null references services,
  name varchar not null,
  parent_id uuid,
  constraint ix_id_service_id unique (id, service_id),
  constraint template_folder_parent_id_fkey
    foreign key (parent_id, service_id) references template_folder (id, service_id)
);
create index ix_template_folder_service_id on template_folder (service_id);
create index ix_template_folder_parent_id on template_folder (parent_id);

create table template_folder_map (
  template_id uuid primary key references templates,
  template_folder_id uuid not null references template_folder
);
create index ix_template_folder_map_template_folder_id on template_folder_map (template_folder_id);

create table user_folder_permissions (
  user_id uuid not null,
  template_folder_id uuid not null references template_folder,
  service_id uuid not null,
  primary key (user_id, template_folder_id, service_id),
  foreign key (template_folder_id, service_id) references template_folder (id, service_id),
  foreign key (user_id, service_id) references user_to_service (user_id, service_id)
);`;
