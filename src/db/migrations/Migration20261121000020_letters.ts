import { Migration } from '@mikro-orm/migrations';

/**
 * Letters, an actor a row, with what was asked for beside it; and what the printer said of their despatch
 * (letters-broadcasts 6.12). Kept by week like notifications.
 */
export class Migration20261121000020_letters extends Migration {
  override up(): void {
    this.addSql(`create table letters (
      id uuid primary key,
      version int4 not null,
      state text not null,
      wake_at timestamptz,
      pool text,
      leased_by int4,
      timers text,
      trail text not null,
      service_id uuid not null,
      key_type text not null,
      is_precompiled bool not null,
      fakes_delivery bool not null,
      created_at timestamptz not null,
      postage text not null,
      attempts int2 not null,
      billable_units int4 not null,
      address text,
      failure jsonb,
      sent_at timestamptz,
      sent_by text,
      updated_at timestamptz,
      constraint letters_waiting_has_deadline check (wake_at is not null or state in ('cancelled', 'returned-letter'))
    ) partition by range (id)`);
    this.addSql('create index letters_due on letters (pool, wake_at) where wake_at is not null');

    this.addSql(`create table letter_requests (
      id uuid primary key,
      service_id uuid not null,
      template_id uuid not null,
      template_version int4 not null,
      api_key_id uuid,
      created_by_id uuid,
      job_id uuid,
      job_row_number int4,
      reference text not null,
      recipient text not null,
      client_reference text,
      personalisation text,
      reply_to_text text,
      requested_postage text not null,
      request_id text not null
    ) partition by range (id)`);
    this.addSql('create index letter_requests_service on letter_requests (service_id, id)');
    this.addSql('create index letter_requests_reference on letter_requests (reference)');
    this.addSql(`create index letter_requests_client_reference
      on letter_requests (service_id, client_reference) where client_reference is not null`);
    this.addSql(
      'create index letter_requests_job on letter_requests (job_id, job_row_number) where job_id is not null',
    );

    for (const table of ['letters', 'letter_requests']) {
      this.addSql(`create table ${table}_default partition of ${table} default`);
    }

    this.addSql(`create table notifications_letter_despatch (
      notification_id uuid primary key,
      despatched_on date not null,
      cost_threshold text not null check (cost_threshold in ('sorted', 'unsorted'))
    )`);
  }
}
