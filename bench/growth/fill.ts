import pg from 'pg';
import { migrate, openOrm } from '../../src/db/orm.ts';
import type { Connection } from '../server.ts';

const ROWS_A_STATEMENT = 200_000;
/** What was sent lies up to a week back; timers of what awaits a receipt are up to three days ahead. */
const PAST_SECONDS = 604_800;
const AHEAD_SECONDS = 259_200;

/** $1 rows of this statement, $2 rows before it, $3 rows in all, $4 one row in so many awaits its receipt. */
const FILL = `
  with made as (
    select uuidv7(make_interval(secs => ${PAST_SECONDS} * (i::float8 / $3 - 1))) as id,
      ('5e41ce00-0000-4000-8000-' || lpad((i % 50)::text, 12, '0'))::uuid as service_id,
      now() + make_interval(secs => ${PAST_SECONDS} * (i::float8 / $3 - 1)) as at, i % $4 = 0 as armed
    from generate_series($2::int8, $2::int8 + $1::int8 - 1) i
  ), notification as (
    insert into notifications (id, version, state, wake_at, pool, leased_by, timers, trail, service_id,
      notification_type, key_type, international, receipts_believed, created_at, attempts, outcome_was_lost, sent_at,
      sent_by, reference, billable_units, updated_at)
    select id, case when armed then 2 else 3 end, case when armed then 'sending' else 'delivered' end,
      case when armed then now() + make_interval(secs => ${AHEAD_SECONDS} * random() + 3600) end,
      case when armed then 'timer' end, null, null,
      repeat(extract(epoch from at)::int8 || '000 sendToProvider.done sending' || chr(10), case when armed then 2 else 3 end),
      service_id, 'sms', 'normal', false, true, at, 1, false, at, 'mmg', null, 1, at from made
  ), request as (
    insert into notification_requests (id, service_id, template_id, template_version, recipient, normalised_to,
      personalisation, phone_prefix, rate_multiplier, reply_to_text, request_id)
    select id, service_id, '7e3b1a7e-0000-4000-8000-000000000000', 1, '447700900123', '447700900123',
      repeat('abcdefghijklmnop', 57), '44', 1, 'GOVUK', id::text from made
  )
  insert into delivery_status_callbacks (id, version, state, wake_at, pool, leased_by, timers, trail, service_id,
    notification_id, callback_api_id, callback_api_version, attempts)
  select uuidv7(at - now()), 2, 'succeeded', null, null, null, null,
    repeat(extract(epoch from at)::int8 || '000 postCallback.done succeeded' || chr(10), 2), service_id, id,
    '00000000-0000-4000-8000-000000000000', 1, 1 from made where not armed`;

/** Makes the tables and fills them as a busy week would; `armed` of the notifications await a receipt, with a timer. */
export async function fill(
  connection: Connection,
  { notifications, armed }: { notifications: number; armed: number },
  tell: (line: string) => void,
): Promise<void> {
  const { database: dbName, ...server } = connection;
  const orm = await openOrm({ ...server, dbName });
  await migrate(orm);
  await orm.close();
  const client = new pg.Client(connection);
  await client.connect();
  const every = Math.round(notifications / armed);
  for (let made = 0; made < notifications; made += ROWS_A_STATEMENT) {
    const rows = Math.min(ROWS_A_STATEMENT, notifications - made);
    await client.query(FILL, [rows, made, notifications, every]);
    tell(`${made + rows} of ${notifications} notifications are in the tables`);
  }
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
  await client.end();
}
