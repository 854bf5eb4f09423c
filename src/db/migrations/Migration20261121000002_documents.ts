import { Migration } from '@mikro-orm/migrations';

/**
 * Files sent by email. The files are in the object store; what is known of them is sealed under a key that is in the
 * link only. `available_until` is the last day, in UTC, of the retention period.
 */
export class Migration20261121000002_documents extends Migration {
  override up(): void {
    this.addSql(`create table documents (
      id uuid primary key,
      service_id uuid not null,
      sealed_facts bytea not null,
      available_until date not null,
      created_at timestamptz not null default now(),
      attempts int4 not null default 0,
      attempts_since timestamptz
    )`);
    this.addSql('create index documents_available_until on documents (available_until)');
  }
}
