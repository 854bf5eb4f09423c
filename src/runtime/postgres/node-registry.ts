import type { Pool, PoolClient } from 'pg';
import type { ReferenceClock } from '../clock.ts';
import type { Membership } from '../membership.ts';
import type { RuntimeLog } from '../options.ts';

/** First key of the advisory locks that say that a node is alive; the second is the node's number. */
const ALIVE_LOCK = 4_217_100;
const CHECK_MS = 1000;
/** A node is dead when it was seen without its lock this often in a row: a restarted database frees all locks. */
const MISSES = 2;

/** The lock is held before the row can be seen: a node that is seen without it is dead. */
const JOIN = `
with me as (insert into nodes (name) values ($1) returning id)
select id, pg_advisory_lock($2, id) from me`;

/** $1 the lock's first key. A node that was taken for dead but still holds its lock is seen too. */
const LOOK = `
select n.id as node, l.objid is not null as alive, extract(epoch from clock_timestamp())::float8 * 1000 as now
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
    this.#schedule();
  }

  async leave(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#options.pool.query('update nodes set left_at = now() where id = $1', [this.#node]).catch(() => {});
    this.#connection?.release(true);
    this.#connection = undefined;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#check().then(() => this.#schedule());
    }, CHECK_MS);
  }

  async #check(): Promise<void> {
    try {
      await this.#bury(await this.#look(MISSES));
    } catch (error) {
      this.#connection?.release(true);
      this.#connection = undefined;
      if (!this.#stopped) this.#options.log.warn({ err: error }, 'The other nodes could not be seen this time');
    }
  }

  /** @returns the nodes that are dead: those whose lock was missing `misses` times in a row. */
  async #look(misses: number): Promise<number[]> {
    const connection = await this.#connected();
    const asked = performance.now();
    const { rows } = await connection.query<{ node: number; alive: boolean; now: number }>(LOOK, [ALIVE_LOCK]);
    if (rows[0]) this.#options.clock.adjust(rows[0].now, performance.now() - asked);
    const dead: number[] = [];
    for (const { node, alive } of rows) {
      if (node === this.#node) continue;
      const missed = alive ? 0 : (this.#others.get(node) ?? misses - 1) + 1;
      if (missed < misses) this.#others.set(node, missed);
      else {
        this.#others.delete(node);
        dead.push(node);
      }
    }
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
    await connection.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, this.#node]);
    this.#hold(connection);
    return connection;
  }

  #hold(connection: PoolClient): void {
    connection.on('error', () => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    this.#connection = connection;
  }
}
