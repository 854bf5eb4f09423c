import { Migration } from '@mikro-orm/migrations';

/**
 * Counters of limits that several processes share where there is no Redis. They may be lost: a bucket is then full, and a
 * day begins again with what is stored. `wanted` and `granted` are of the last statement, which answers with them. A
 * null `count` is one that nobody has begun yet.
 */
export class Migration20261121000010_limit_counters extends Migration {
  override up(): void {
    this.addSql(`create unlogged table rate_limit_buckets (
      service_id uuid not null,
      key_type text not null,
      rate_per_minute int4 not null,
      capacity int4 not null,
      wanted int4 not null,
      granted int4 not null,
      tokens int4 not null,
      replenished_at float8 not null,
      primary key (service_id, key_type)
    ) with (fillfactor = 50)`);
    this.addSql(`create unlogged table daily_limit_counts (
      day date not null,
      service_id uuid not null,
      type text not null,
      daily_limit int4 not null,
      wanted int4 not null,
      granted int4 not null,
      count int4,
      primary key (day, service_id, type)
    ) with (fillfactor = 50)`);
  }
}
