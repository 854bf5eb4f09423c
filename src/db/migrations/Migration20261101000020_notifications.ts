import { Migration } from '@mikro-orm/migrations';

/**
 * The actors' tables. A row that changes is narrow and has room on its page; what is written once lies beside it. No
 * foreign keys: parents are never deleted, and the check would lock them at every insert (data-model 8.3). Rows are
 * kept by week, by their time-ordered id, so that deletion is a dropped partition; `partitions.ts` makes the weeks.
 */
export class Migration20261101000020_notifications extends Migration {
  override up(): void {
    this.addSql(`create table notifications (
      id uuid primary key,
      version int4 not null,
      state text not null,
      wake_at timestamptz,
      pool text,
      leased_by int4,
      timers text,
      trail text not null,
      service_id uuid not null,
      notification_type text not null,
      key_type text not null,
      international bool not null,
      receipts_believed bool not null,
      created_at timestamptz not null,
      attempts int2 not null,
      outcome_was_lost bool not null,
      sent_at timestamptz,
      sent_by text,
      reference text,
      billable_units int4 not null,
      updated_at timestamptz,
      constraint notifications_waiting_has_deadline check (wake_at is not null or state in
        ('delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'))
    ) partition by range (id)`);
    this.addSql('create index notifications_due on notifications (pool, wake_at) where wake_at is not null');
    this.addSql('create index notifications_reference on notifications (reference) where reference is not null');

    this.addSql(`create table notification_requests (
      id uuid primary key,
      service_id uuid not null,
      template_id uuid not null,
      template_version int4 not null,
      api_key_id uuid,
      created_by_id uuid,
      job_id uuid,
      job_row_number int4,
      recipient text not null,
      normalised_to text not null,
      client_reference text,
      personalisation text,
      phone_prefix text,
      rate_multiplier int2,
      reply_to_text text,
      document_download_count int4,
      one_click_unsubscribe_url text,
      request_id text not null
    ) partition by range (id)`);
    this.addSql('create index notification_requests_service on notification_requests (service_id, id)');
    this.addSql(`create index notification_requests_client_reference
      on notification_requests (service_id, client_reference) where client_reference is not null`);
    this.addSql(
      'create index notification_requests_job on notification_requests (job_id, job_row_number) where job_id is not null',
    );

    this.addSql(`create table notification_attempt (
      provider_reference text primary key,
      notification_id uuid not null,
      attempt int2 not null
    )`);

    this.addSql(`create table parked_receipts (
      id int8 generated always as identity primary key,
      reference text not null,
      receipt jsonb not null,
      parked_at timestamptz not null default now()
    )`);
    this.addSql('create index parked_receipts_reference on parked_receipts (reference)');

    this.addSql(`create table delivery_status_callbacks (
      id uuid primary key,
      version int4 not null,
      state text not null,
      wake_at timestamptz,
      pool text,
      leased_by int4,
      timers text,
      trail text not null,
      service_id uuid not null,
      notification_id uuid not null,
      callback_api_id uuid not null,
      callback_api_version int4 not null,
      attempts int2 not null,
      constraint callbacks_waiting_has_deadline check (wake_at is not null or state in
        ('succeeded', 'rejected', 'exhausted'))
    ) partition by range (id)`);
    this.addSql(
      'create index delivery_status_callbacks_due on delivery_status_callbacks (pool, wake_at) where wake_at is not null',
    );

    for (const table of ['notifications', 'notification_requests', 'delivery_status_callbacks']) {
      this.addSql(`create table ${table}_default partition of ${table} default`);
    }

    this.addSql(`create table nodes (
      id int4 generated always as identity primary key,
      name text not null,
      started_at timestamptz not null default now(),
      left_at timestamptz
    )`);
  }
}
