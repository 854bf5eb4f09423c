import { Migration } from '@mikro-orm/migrations';

/** Delivery providers and prices with their rows (data-model 3.10, 3.11, 9.6 to 9.8). */
export class Migration20261101000007_providers_and_rates extends Migration {
  override up(): void {
    this.addSql(PROVIDERS);
    this.addSql(RATES);
  }
}

const PROVIDERS = `
create table provider_details (
  id uuid primary key,
  display_name varchar not null,
  identifier varchar not null,
  priority integer not null,
  notification_type notification_type not null,
  active boolean not null default false,
  updated_at timestamptz(6),
  version integer not null default 1,
  created_by_id uuid references users,
  supports_international boolean not null default false
);
create index ix_provider_details_created_by_id on provider_details (created_by_id);

create table provider_details_history (
  like provider_details including defaults,
  primary key (id, version),
  foreign key (created_by_id) references users
);
alter table provider_details_history alter column version drop default;
create index ix_provider_details_history_created_by_id on provider_details_history (created_by_id);

insert into provider_details
  (id, identifier, display_name, notification_type, priority, active, supports_international) values
  ('0c595163-461f-4fa3-92b3-b04add774c63', 'mmg', 'MMG', 'sms', 10, true, true),
  ('beebd89e-fc95-43f4-860b-c3a6c4b1d8bd', 'firetext', 'Firetext', 'sms', 20, true, false),
  ('23de48d7-3c56-4828-8962-29823e008673', 'reach', 'Reach', 'sms', 0, false, false),
  ('7b199768-e51b-46db-bfa7-3fe206b9d85f', 'ses', 'AWS SES', 'email', 10, true, false),
  ('cbbc5a22-5ef9-468a-99d3-9bc0390951a6', 'dvla', 'DVLA', 'letter', 50, true, false);
insert into provider_details_history select * from provider_details;

create table provider_rates (
  id uuid primary key,
  valid_from timestamptz(6) not null,
  rate numeric not null,
  provider_id uuid not null references provider_details
);
create index ix_provider_rates_provider_id on provider_rates (provider_id);`;

const RATES = `
create table rates (
  id uuid primary key,
  valid_from timestamptz(6) not null,
  rate numeric not null,
  notification_type notification_type not null
);
create index ix_rates_notification_type on rates (notification_type, valid_from);
insert into rates (id, valid_from, rate, notification_type) values
  (gen_random_uuid(), '2016-05-18 00:00Z', 0.0165, 'sms'),
  (gen_random_uuid(), '2017-03-31 23:00Z', 0.0158, 'sms'),
  (gen_random_uuid(), '2021-03-31 23:00Z', 0.0160, 'sms');

create table letter_rates (
  id uuid primary key,
  start_date timestamptz(6) not null,
  end_date timestamptz(6),
  sheet_count integer not null,
  rate numeric not null,
  crown boolean not null,
  post_class varchar not null
);
insert into letter_rates (id, start_date, sheet_count, rate, crown, post_class)
select gen_random_uuid(), '2022-03-01 00:00Z', sheets, first_sheet + (sheets - 1) * next_sheet, crown, post_class
from (values ('second', 0.41, 0.05), ('first', 0.63, 0.05), ('europe', 0.96, 0.08), ('rest-of-world', 0.96, 0.08))
    as price (post_class, first_sheet, next_sheet),
  generate_series(1, 5) as sheets,
  (values (true), (false)) as body (crown);`;
