/** Tokens that the bucket has when the statement comes: those it had and those of the time since, up to its capacity. */
const ADDED = 'floor(greatest(0, excluded.replenished_at - b.replenished_at) * excluded.rate_per_minute / 60)';
const HELD = `least(b.tokens + ${ADDED}, excluded.capacity)`;

/**
 * Many takes of a bucket as one: of `wanted` at an instant, all but the last token are granted, and refused takes use up
 * tokens too, as if they came one after the other. $1 services, $2 key types, $3 rates, $4 capacities, $5 wanted, in the
 * order in which rows are locked; $6 now, in seconds.
 */
export const TAKE_TOKENS = `
insert into rate_limit_buckets as b
  (service_id, key_type, rate_per_minute, capacity, wanted, granted, tokens, replenished_at)
select u.service_id, u.key_type, u.rate, u.capacity, u.wanted, greatest(least(u.wanted, u.capacity - 1), 0),
  greatest(u.capacity - u.wanted, 0), $6::float8
from unnest($1::uuid[], $2::text[], $3::int4[], $4::int4[], $5::int4[]) u(service_id, key_type, rate, capacity, wanted)
on conflict (service_id, key_type) do update set
  rate_per_minute = excluded.rate_per_minute, capacity = excluded.capacity, wanted = excluded.wanted,
  granted = greatest(least(excluded.wanted, ${HELD} - 1), 0),
  tokens = greatest(${HELD} - excluded.wanted, 0),
  replenished_at = case when ${ADDED} > 0
    then b.replenished_at + ${ADDED} * 60 / excluded.rate_per_minute else b.replenished_at end
returning service_id || key_type as key, granted`;

/**
 * Many places in a day as one. A count that nobody has begun is null, and grants nothing. $1 days, $2 services, $3 types,
 * $4 limits, $5 wanted, in the order in which rows are locked.
 */
export const RESERVE_PLACES = `
insert into daily_limit_counts as c (day, service_id, type, daily_limit, wanted, granted, count)
select u.*, 0, null::int4 from unnest($1::date[], $2::uuid[], $3::text[], $4::int4[], $5::int4[]) u
on conflict (day, service_id, type) do update set
  daily_limit = excluded.daily_limit, wanted = excluded.wanted,
  granted = case when c.count is null then 0
    else greatest(least(excluded.wanted, excluded.daily_limit - c.count), 0) end,
  count = c.count + greatest(least(excluded.wanted, excluded.daily_limit - c.count), 0)
returning service_id || type || to_char(day, 'YYYY-MM-DD') as key, granted, count`;

/** Gives places back: columns as above, without the limits; a count that is not known stays unknown. */
export const RELEASE_PLACES = `
insert into daily_limit_counts as c (day, service_id, type, wanted, daily_limit, granted, count)
select u.*, 0, 0, null::int4 from unnest($1::date[], $2::uuid[], $3::text[], $4::int4[]) u
on conflict (day, service_id, type) do update set count = greatest(c.count - excluded.wanted, 0)`;

/** $1 day, $2 service, $3 type, $4 count. */
export const BEGIN_DAY = `
insert into daily_limit_counts as c (day, service_id, type, daily_limit, wanted, granted, count)
values ($1, $2, $3, 0, 0, 0, $4)
on conflict (day, service_id, type) do update set count = excluded.count where c.count is null`;

/** $1 the first day that is kept. */
export const DELETE_DAYS = 'delete from daily_limit_counts where day < $1';
