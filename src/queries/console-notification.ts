import type { Pool } from 'pg';
import { leastId } from './least-id.ts';

export type TrailStep = { at: number; event: string; from: string | null; to: string };

export type CallbackFacts = { id: string; state: string; attempts: number; wakeAt: number | null; trail: TrailStep[] };

/** A notification as operators see it: never the recipient, the personalisation or the client's reference. */
export type NotificationFacts = {
  id: string;
  state: string;
  type: string;
  keyType: string;
  international: boolean;
  serviceId: string;
  serviceName: string | null;
  templateId: string;
  templateVersion: number;
  requestId: string;
  version: number;
  attempts: number;
  outcomeWasLost: boolean;
  sentBy: string | null;
  providerReference: string | null;
  billableUnits: number;
  /** Times are milliseconds since the epoch. */
  createdAt: number;
  sentAt: number | null;
  updatedAt: number | null;
  wakeAt: number | null;
  pool: string | null;
  leasedBy: number | null;
  trail: TrailStep[];
  callbacks: CallbackFacts[];
};

export type ReadNotification = (id: string) => Promise<NotificationFacts | null>;

const millis = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** $1 notification. Names its columns one by one: what is not asked for cannot be shown. */
const NOTIFICATION = `
select n.id, n.state, n.notification_type as type, n.key_type as "keyType", n.international, n.service_id as "serviceId",
  s.name as "serviceName", r.template_id as "templateId", r.template_version as "templateVersion",
  r.request_id as "requestId", n.version, n.attempts, n.outcome_was_lost as "outcomeWasLost", n.sent_by as "sentBy",
  n.reference as "providerReference", n.billable_units as "billableUnits", ${millis('n.created_at')} as "createdAt",
  ${millis('n.sent_at')} as "sentAt", ${millis('n.updated_at')} as "updatedAt", ${millis('n.wake_at')} as "wakeAt",
  n.pool, n.leased_by as "leasedBy", n.trail
from notifications n join notification_requests r on r.id = n.id left join services s on s.id = n.service_id
where n.id = $1`;

/** $1 notification, $2 and $3 between which ids. A callback is made with the step that ends its notification. */
const CALLBACKS = `
select id, state, attempts, ${millis('wake_at')} as "wakeAt", trail from delivery_status_callbacks
where notification_id = $1 and id >= $2 and id < $3 order by id`;

/** Before and after a step, the time within which its callback's id was made: clocks differ, databases restart. */
const EARLIER_MS = 60_000;
const LATER_MS = 3_600_000;

type Stored<Facts> = Omit<Facts, 'trail' | 'callbacks'> & { trail: string };

/** Reads one notification with its callbacks, by primary keys; null where there is none. */
export function readNotification(pool: Pool): ReadNotification {
  return async (id) => {
    const { rows } = await pool.query<Stored<NotificationFacts>>(NOTIFICATION, [id]);
    const [row] = rows;
    if (row === undefined) return null;
    const trail = parseTrail(row.trail);
    const ended = row.wakeAt === null ? trail.at(-1)?.at : undefined;
    return { ...row, trail, callbacks: ended === undefined ? [] : await callbacksOf(pool, id, ended) };
  };
}

async function callbacksOf(pool: Pool, id: string, ended: number): Promise<CallbackFacts[]> {
  const values = [id, leastId(ended - EARLIER_MS), leastId(ended + LATER_MS)];
  const { rows } = await pool.query<Stored<CallbackFacts>>(CALLBACKS, values);
  return rows.map((row) => ({ ...row, trail: parseTrail(row.trail) }));
}

/** A row's trail: a line for each step, with time, event and the state that it led to. */
export function parseTrail(trail: string): TrailStep[] {
  let from: string | null = null;
  return trail.split('\n').flatMap((line) => {
    const [, at, event, to] = /^(\d+) (.*) (\S+)$/.exec(line) ?? [];
    if (at === undefined || event === undefined || to === undefined) return [];
    const step = { at: Number(at), event, from, to };
    from = to;
    return [step];
  });
}
