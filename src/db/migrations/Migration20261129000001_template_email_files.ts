import { Migration } from '@mikro-orm/migrations';

/**
 * Files that go with every email of a template; the files themselves are in the object store. A pending one is being
 * set up and goes with no email yet. `retention_period` is in weeks.
 */
export class Migration20261129000001_template_email_files extends Migration {
  override up(): void {
    this.addSql(`create table template_email_files (
      id uuid primary key,
      template_id uuid not null references templates,
      template_version integer not null,
      filename varchar not null,
      link_text varchar,
      retention_period integer not null check (retention_period between 1 and 78),
      validate_users_email boolean not null,
      pending boolean not null,
      created_at timestamptz(6) not null default now(),
      created_by_id uuid not null references users,
      updated_at timestamptz(6),
      archived_at timestamptz(6),
      archived_by_id uuid references users,
      version integer not null default 1
    )`);
    this.addSql('create index ix_template_email_files_template_id on template_email_files (template_id)');
    this.addSql(`create table template_email_files_history (
      like template_email_files including defaults,
      primary key (id, version)
    )`);
    this.addSql('alter table template_email_files_history alter column version drop default');
  }
}
