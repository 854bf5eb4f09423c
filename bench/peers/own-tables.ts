import type { Pool, PoolClient } from 'pg';
import type { Message } from '../peer.ts';

/** The tables of every peer but the runtime: the payload is written once, and a narrow row changes. */
export const TABLES = `
  create table payload (id uuid primary key, service_id uuid not null, template_id uuid not null,
    recipient text not null, personalisation text not null, created_at timestamptz not null default now());
  create table state (id uuid primary key, state text not null, reference text,
    updated_at timestamptz not null default now()) with (fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
  create index on state (reference) where reference is not null`;

/** For peers whose queue is the state itself. */
export const CLAIM_INDEXES = `
  create index on state (id) where state = 'created';
  create index on state (id) where state = 'delivered'`;

type Queryable = Pick<PoolClient, 'query'>;
type Payload = { id: string; recipient: string; personalisation: string };

export async function insertMessages(db: Queryable, messages: Message[]): Promise<void> {
  await db.query({
    name: 'accept',
    text: `with p as (insert into payload (id, service_id, template_id, recipient, personalisation)
             select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]))
           insert into state (id, state) select id, 'created' from unnest($1::uuid[]) u(id)`,
    values: [
      messages.map(({ id }) => id),
      messages.map(({ serviceId }) => serviceId),
      messages.map(({ templateId }) => templateId),
      messages.map(({ recipient }) => recipient),
      messages.map(({ personalisation }) => personalisation),
    ],
  });
}

/** Locks up to `limit` rows of a state, oldest first, skipping those that somebody else has; reads what to send. */
export async function claim(client: Queryable, state: string, limit: number): Promise<Payload[]> {
  const { rows } = await client.query<Payload>({
    name: `claim ${state} ${limit}`,
    text: `select s.id, p.recipient, p.personalisation from state s join payload p on p.id = s.id
           where s.state = '${state}' order by s.id limit ${limit} for update of s skip locked`,
  });
  return rows;
}

/** What to send, for peers whose queue holds ids only. */
export async function readPayloads(db: Queryable, ids: string[]): Promise<Payload[]> {
  const { rows } = await db.query<Payload>({
    name: 'payloads',
    text: 'select id, recipient, personalisation from payload where id = any($1::uuid[])',
    values: [ids],
  });
  return rows;
}

export async function storeSending(db: Queryable, ids: string[], references: string[]): Promise<void> {
  await db.query({
    name: 'sending',
    text: `update state s set state = 'sending', reference = u.reference, updated_at = now()
           from unnest($1::uuid[], $2::text[]) u(id, reference) where s.id = u.id and s.state = 'created'`,
    values: [ids, references],
  });
}

/** @returns the ids of those that were `sending`. */
export async function storeDelivered(db: Queryable, references: string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'receipt',
    text: `update state set state = 'delivered', updated_at = now()
           where reference = any($1::text[]) and state = 'sending' returning id`,
    values: [references],
  });
  return rows.map(({ id }) => id);
}

export async function storeDone(db: Queryable, ids: string[]): Promise<void> {
  await db.query({
    name: 'done',
    text: `update state set state = 'done', updated_at = now() where id = any($1::uuid[]) and state = 'delivered'`,
    values: [ids],
  });
}

export async function countDone(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from state where state = 'done'`);
  return rows[0]?.n ?? 0;
}

/** Runs `work` in one transaction. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
