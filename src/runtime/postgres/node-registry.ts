import type { Pool, PoolClient } from 'pg';
import type { ReferenceClock } from '../clock.ts';
import type { Membership } from '../membership.ts';
import type { RuntimeLog } from '../options.ts';

/** First key of the advisory locks that say that a node is alive; the second is the node's number. */
const ALIVE_LOCK = 4_217_100;
const CHECK_MS = 1000;
/** A node that lost its connection takes its lock again so soon: others must not take it for dead. */
const RECONNECT_MS = 200;
/** A node is dead when it was seen without its lock this often in a row. */
const MISSES = 2;
/** A restarted database frees all locks: for so long after it, or after a lost connection, a missing lock proves nothing. */
const RESTART_GRACE_MS = 5000;

type Seen = { node: number; alive: boolean; now: number; up_ms: number };

/** The lock is held before the row can be seen: a node that is seen without it is dead. */
const JOIN = `
with me as (insert into nodes (name) values ($1) returning id)
select id, pg_advisory_lock($2, id) from me`;

/** $1 the lock's first key. A node that was taken for dead but still holds its lock is seen too. */
const LOOK = `
select n.id as node, l.objid is not null as alive, extract(epoch from clock_timestamp())::float8 * 1000 as now,
  extract(epoch from clock_timestamp() - pg_postmaster_start_time())::float8 * 1000 as up_ms
from nodes n
left join pg_locks l on l.locktype = 'advisory' and l.classid = $1 and l.objid = n.id and l.objsubid = 2 and l.granted
  and l.database = (select oid from pg_database where datname = current_database())
where n.left_at is null or l.objid is not null`;

type Options = {
  pool: Pool;
  clock: ReferenceClock;
  /** For operators: which process this is. */
  name: string;
  log: RuntimeLog;
  /** Called with nodes that have gone; called again for them if it fails. */
  onDeath: (dead: number[]) => Promise<void>;
};

/**
 * Who is alive, told by PostgreSQL itself: a node holds an advisory lock for as long as its connection lives, and the
 * server frees it the moment the process is gone. The same look sets the clock to the database's.
 */
export class NodeRegistry implements Membership {
  readonly #options: Options;
  #node = 0;
  #connection: PoolClient | undefined;
  #others = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Since when this node has held its lock without a break; of `performance.now`. */
  #heldSince = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
  }

  get node(): number {
    return this.#node;
  }

  liveOthers(): number[] {
    return [...this.#others.keys()];
  }

  /** Joins, and lets `onDeath` take back at once what nodes that are gone have left. */
  async join(): Promise<void> {
    const connection = await this.#options.pool.connect();
    const { rows } = await connection.query<{ id: number }>(JOIN, [this.#options.name, ALIVE_LOCK]);
    this.#node = rows[0]?.id ?? 0;
    this.#hold(connection);
    await this.#bury(await this.#look(1));
    this.#schedule(CHECK_MS);
  }

  async leave(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#options.pool.query('update nodes set left_at = now() where id = $1', [this.#node]).catch(() => {});
    this.#letGo();
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#check().then(() => this.#schedule(this.#connection ? CHECK_MS : RECONNECT_MS));
    }, ms);
  }

  async #check(): Promise<void> {
    try {
      await this.#bury(await this.#look(MISSES));
    } catch (error) {
      this.#letGo();
      if (!this.#stopped) this.#options.log.warn({ err: error }, 'The other nodes could not be seen this time');
    }
  }

  /** @returns the nodes that are dead: those whose lock was missing `misses` times in a row. */
  async #look(misses: number): Promise<number[]> {
    const connection = await this.#connected();
    const asked = performance.now();
    const { rows } = await connection.query<Seen>(LOOK, [ALIVE_LOCK]);
    if (rows[0]) this.#options.clock.adjust(rows[0].now, performance.now() - asked);
    const proves = asked - this.#heldSince > RESTART_GRACE_MS && (rows[0]?.up_ms ?? 0) > RESTART_GRACE_MS;
    const others = new Map<number, number>();
    const dead: number[] = [];
    for (const { node, alive } of rows) {
      if (node === this.#node) continue;
      const known = this.#others.get(node);
      const missed = alive ? 0 : proves ? (known ?? misses - 1) + 1 : (known ?? 0);
      if (missed < misses) others.set(node, missed);
      else dead.push(node);
    }
    this.#others = others;
    return dead;
  }

  async #bury(dead: number[]): Promise<void> {
    if (dead.length === 0) return;
    await this.#options.onDeath(dead);
    await this.#options.pool.query('update nodes set left_at = now() where id = any($1::int4[])', [dead]);
  }

  /** The connection that holds this node's lock; a new one takes the lock again. */
  async #connected(): Promise<PoolClient> {
    if (this.#connection) return this.#connection;
    const connection = await this.#options.pool.connect();
    this.#hold(connection);
    await connection.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, this.#node]);
    this.#heldSince = performance.now();
    return connection;
  }

  #hold(connection: PoolClient): void {
    connection.on('error', () => {
      if (this.#connection !== connection) return;
      this.#letGo();
      this.#schedule(RECONNECT_MS);
    });
    this.#connection = connection;
  }

  /** Closes the connection, and with it the lock is free. */
  #letGo(): void {
    this.#connection?.release(true);
    this.#connection = undefined;
  }
}
