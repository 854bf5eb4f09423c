import type { PeerFactory } from '../peer.ts';
import { ceiling } from './ceiling.ts';
import { graphileWorker } from './graphile-worker.ts';
import { perRowSql } from './per-row-sql.ts';
import { pgBoss } from './pg-boss.ts';
import { runtime } from './runtime.ts';

/** Every peer, in the order of the table. */
export const PEERS = {
  ceiling,
  runtime,
  'pg-boss': pgBoss,
  'graphile-worker': graphileWorker,
  'per-row-sql': perRowSql,
} as const satisfies Record<string, PeerFactory>;

export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as PeerName[];
