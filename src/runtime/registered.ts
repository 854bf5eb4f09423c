import type { ActorType } from './actor-type.ts';
import type { Clock } from './clock.ts';
import { stepper } from './compiled-stepper.ts';
import { GroupCommit } from './group-commit.ts';
import { RecentRows } from './recent-rows.ts';
import { restingStates } from './resting-states.ts';
import type { Change, NewRow, Row } from './row.ts';
import type { Steps } from './stepper.ts';
import type { Store } from './store.ts';

const MAX_ROWS_A_STATEMENT = 500;
/** Rows kept in memory to decide the next event on: about 10 MB. */
const RECENT_ROWS = 10_000;
/** New rows that may wait for the store, and how long: their senders are told to come again. */
const MAX_WAITING_INSERTS = 10_000;
const INSERT_PATIENCE_MS = 10_000;

/** A kind of actor as the runtime holds it: its stepper, and its way to the store in company with others. */
export type Registered = {
  type: ActorType;
  stepper: Steps;
  /** The states in which a row of this chart may rest. Another version of the program may know others. */
  states: ReadonlySet<string>;
  recent: RecentRows;
  inserts: GroupCommit<NewRow, boolean>;
  loads: GroupCommit<string, Row | null>;
  commits: GroupCommit<Change, boolean>;
  payloads: GroupCommit<string, object | undefined>;
};

/**
 * @throws where a name in the chart has no code behind it: an effect, a child or an announcement.
 */
export function registered(type: ActorType, exampleInput: unknown, store: Store, clock: Clock): Registered {
  checkNames(type);
  const options = { clock, max: MAX_ROWS_A_STATEMENT, isRetryable: (error: unknown) => store.isRetryable(error) };
  return {
    type,
    stepper: stepper(type.machine, exampleInput),
    states: new Set(restingStates(type.machine.root)),
    recent: new RecentRows(RECENT_ROWS),
    inserts: new GroupCommit((rows) => store.insert(type.name, rows), {
      ...options,
      lanes: 2,
      key: (row) => row.row.id,
      maxWaiting: MAX_WAITING_INSERTS,
      patienceMs: INSERT_PATIENCE_MS,
    }),
    loads: new GroupCommit((ids) => store.load(type.name, ids), { ...options, lanes: 2 }),
    commits: new GroupCommit((changes) => store.commit(type.name, changes), {
      ...options,
      lanes: 3,
      key: (change) => change.row.id,
    }),
    payloads: new GroupCommit(
      async (ids) => {
        const found = await type.loadPayloads(ids);
        return ids.map((id) => found.get(id));
      },
      { ...options, lanes: 2 },
    ),
  };
}

function checkNames(type: ActorType): void {
  const { actions, actors } = type.machine.implementations;
  const missing = [
    ...Object.keys(actors).filter((name) => !(name in type.effects)),
    ...Object.keys(actions).filter(
      (name) => isBodiless(actions[name]) && !(name in (type.children ?? {})) && !(name in (type.announcements ?? {})),
    ),
  ];
  if (missing.length > 0) throw new Error(`${type.name}: nothing stands behind ${missing.join(', ')}`);
}

/** XState's own action creators (assign, raise, …) carry a `resolve`; a plain function is a name for the runtime. */
function isBodiless(action: unknown): boolean {
  return typeof action === 'function' && !('resolve' in action);
}
