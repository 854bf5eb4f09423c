import { Migration } from '@mikro-orm/migrations';

/** Callbacks about complaints, received texts and returned letters, and recipients' one-click unsubscriptions. */
export class Migration20261121000001_service_callbacks extends Migration {
  override up(): void {
    this.addSql(`create table service_callbacks (
      id uuid primary key,
      version int4 not null,
      state text not null,
      wake_at timestamptz,
      pool text,
      leased_by int4,
      timers text,
      trail text not null,
      service_id uuid not null,
      callback_type text not null,
      subject_id uuid not null,
      callback_api_id uuid,
      callback_api_version int4,
      body text,
      request_id text not null,
      attempts int2 not null,
      constraint service_callbacks_waiting_has_deadline check (wake_at is not null or state in
        ('succeeded', 'rejected', 'exhausted', 'no-callback'))
    ) partition by range (id)`);
    this.addSql('create index service_callbacks_due on service_callbacks (pool, wake_at) where wake_at is not null');
    this.addSql('create table service_callbacks_default partition of service_callbacks default');

    this.addSql(`alter table delivery_status_callbacks
      drop constraint callbacks_waiting_has_deadline,
      add constraint callbacks_waiting_has_deadline check (wake_at is not null or state in
        ('succeeded', 'rejected', 'exhausted', 'no-callback'))`);

    this.addSql(`create table unsubscribe_request (
      id uuid primary key,
      notification_id uuid not null,
      template_id uuid not null,
      template_version integer not null,
      service_id uuid not null references services,
      email_address text not null,
      created_at timestamptz(6) not null default now(),
      unsubscribe_request_report_id uuid
    )`);
    this.addSql(`create unique index uix_unsubscribe_request_unprocessed on unsubscribe_request (notification_id)
      where unsubscribe_request_report_id is null`);
    this.addSql('create index ix_unsubscribe_request_service_id on unsubscribe_request (service_id, created_at)');
  }
}
