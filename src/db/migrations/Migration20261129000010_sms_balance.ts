import { Migration } from '@mikro-orm/migrations';

/** Watches over the weights of text providers, an actor a row: one an hour (workflows 1.9). */
export class Migration20261129000010_sms_balance extends Migration {
  override up(): void {
    this.addSql(`create table sms_balance_watches (
      id uuid primary key,
      version int4 not null,
      state text not null,
      wake_at timestamptz,
      pool text,
      leased_by int4,
      timers text,
      trail text not null,
      started_at timestamptz not null,
      checks int4 not null,
      failing text,
      constraint sms_balance_watches_waiting_has_deadline check (wake_at is not null or state = 'over')
    )`);
    this.addSql(
      'create index sms_balance_watches_due on sms_balance_watches (pool, wake_at) where wake_at is not null',
    );
  }
}
