import type { Pool, PoolClient } from 'pg';
import type { ReferenceClock } from '../clock.ts';
import type { Membership } from '../membership.ts';
import type { RuntimeLog } from '../options.ts';

/** First key of the advisory locks that say that a node is alive; the second is the node's number. */
const ALIVE_LOCK = 4_217_100;
const CHECK_MS = 1000;
/** A node is dead when it was seen without its lock this often in a row: a restarted database frees all locks. */
const MISSES = 2;

type Options = {
  pool: Pool;
  clock: ReferenceClock;
  /** For operators: which process this is. */
  name: string;
  log: RuntimeLog;
  /** Called with the nodes that are alive when one has gone, and once at the start. */
  onDeath: (alive: number[]) => Promise<void>;
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

  /** Joins, and lets `onDeath` take back what nodes that are gone have left. */
  async join(): Promise<void> {
    const { pool, name } = this.#options;
    const { rows } = await pool.query<{ id: number }>('insert into nodes (name) values ($1) returning id', [name]);
    this.#node = rows[0]?.id ?? 0;
    await this.#look();
    await this.#options.onDeath([this.#node, ...this.liveOthers()]);
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
      if (await this.#look()) await this.#options.onDeath([this.#node, ...this.liveOthers()]);
    } catch (error) {
      this.#connection?.release(true);
      this.#connection = undefined;
      if (!this.#stopped) this.#options.log.warn({ err: error }, 'The other nodes could not be seen this time');
    }
  }

  /** @returns whether a node that was alive is not any more. */
  async #look(): Promise<boolean> {
    const connection = await this.#connected();
    const asked = performance.now();
    const { rows } = await connection.query<{ node: number; now: number }>(
      `select l.objid::int4 as node, t.now from (select extract(epoch from clock_timestamp())::float8 * 1000 as now) t
       left join pg_locks l on l.locktype = 'advisory' and l.classid = $1 and l.objsubid = 2 and l.granted
         and l.database = (select oid from pg_database where datname = current_database())`,
      [ALIVE_LOCK],
    );
    if (rows[0]) this.#options.clock.adjust(rows[0].now, performance.now() - asked);
    return this.#count(new Set(rows.map(({ node }) => node)));
  }

  #count(seen: Set<number>): boolean {
    for (const node of seen) if (node !== this.#node && node !== null) this.#others.set(node, 0);
    let lost = false;
    for (const [node, misses] of this.#others) {
      if (seen.has(node)) continue;
      if (misses + 1 < MISSES) this.#others.set(node, misses + 1);
      else {
        this.#others.delete(node);
        lost = true;
      }
    }
    return lost;
  }

  /** The connection that holds this node's lock; a new one takes the lock again. */
  async #connected(): Promise<PoolClient> {
    if (this.#connection) return this.#connection;
    const connection = await this.#options.pool.connect();
    connection.on('error', () => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    await connection.query('select pg_advisory_lock($1, $2)', [ALIVE_LOCK, this.#node]);
    this.#connection = connection;
    return connection;
  }
}
