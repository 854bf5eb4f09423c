import type { KeyType, NotificationInput } from '../../machines/notification.types.ts';
import { POOLS } from '../../src/actors/pools.ts';
import type { PoolOptions } from '../../src/runtime/pool.ts';
import { drawFaults, type Faults } from './faults.ts';
import type { Prng } from './prng.ts';

export type Receipt = {
  afterMs: number;
  type: string;
  isDuplicateId: boolean;
  codeStatus: string | null;
  twice: boolean;
};

/** What the outside has in store for one notification. */
export type Fate = {
  id: string;
  startAfterMs: number;
  input: NotificationInput;
  provider: string;
  /** Calls that fail before one does not. */
  failures: number;
  ending: 'accepted' | 'rejected' | 'service-inactive';
  receipts: Receipt[];
  operatorEvents: { afterMs: number; type: string }[];
};

export type Service = {
  id: string;
  wantsCallbacks: boolean;
  /** Callback calls that fail before one does not. */
  receiverFailures: number;
  receiverRefuses: boolean;
};

/** One process: the pools it runs; none where it only takes requests. */
export type Role = { pools: Record<string, PoolOptions> };

export type Scenario = {
  startsAt: number;
  leaseMs: number;
  tickMs: number;
  faults: Faults;
  roles: Role[];
  services: Service[];
  fates: Fate[];
};

const MINUTE_MS = 60_000;
const RECEIPTS = ['delivered', 'permanent-failure', 'temporary-failure', 'pending', 'unmapped'] as const;

export function drawScenario(prng: Prng): Scenario {
  const startsAt = Date.UTC(2026, prng.between(0, 11), prng.between(1, 28), prng.between(0, 23), prng.between(0, 59));
  const services = Array.from({ length: prng.between(1, 2) }, () => drawService(prng));
  return {
    startsAt,
    leaseMs: prng.pick([6000, 12_000, 30_000]),
    tickMs: prng.pick([1000, 3000, 10_000]),
    faults: drawFaults(prng),
    roles: drawRoles(prng),
    services,
    fates: Array.from({ length: prng.between(1, 8) }, () => drawFate(prng, startsAt, services)),
  };
}

function drawService(prng: Prng): Service {
  return {
    id: prng.id(),
    wantsCallbacks: prng.chance(0.8),
    receiverFailures: prng.chance(0.5) ? 0 : prng.between(0, 7),
    receiverRefuses: prng.chance(0.15),
  };
}

/** Every pool runs somewhere. */
function drawRoles(prng: Prng): Role[] {
  const pool = () => ({ concurrency: prng.between(1, 3), queue: prng.between(0, 3), perKey: prng.between(1, 3) });
  const all = () => ({ pools: Object.fromEntries(Object.keys(POOLS).map((name) => [name, pool()])) });
  const roles: Role[] = [all()];
  while (roles.length < 3 && prng.chance(0.6)) {
    const { pools } = all();
    const some = Object.entries(pools).filter(() => prng.chance(0.5));
    roles.push({ pools: prng.chance(0.5) ? {} : Object.fromEntries(some) });
  }
  return roles;
}

function drawFate(prng: Prng, startsAt: number, services: Service[]): Fate {
  const isSms = prng.chance(0.6);
  const international = isSms && prng.chance(0.3);
  const startAfterMs = prng.between(0, 20_000);
  return {
    id: prng.id(),
    startAfterMs,
    input: {
      serviceId: services[prng.between(0, services.length - 1)]?.id ?? '',
      notificationType: isSms ? 'sms' : 'email',
      keyType: prng.pick<KeyType>(['normal', 'normal', 'team', 'test']),
      international,
      receiptsBelieved: !international || prng.chance(0.5),
      createdAt: startsAt + startAfterMs,
    },
    provider: isSms ? prng.pick(['mmg', 'firetext']) : 'ses',
    failures: prng.chance(0.6) ? 0 : prng.chance(0.9) ? prng.between(1, 4) : prng.between(40, 60),
    ending: prng.chance(0.85) ? 'accepted' : prng.pick(['rejected', 'service-inactive']),
    receipts: Array.from({ length: prng.chance(0.7) ? 1 : prng.between(0, 3) }, () => drawReceipt(prng, isSms)),
    operatorEvents: prng.chance(0.15)
      ? [{ afterMs: prng.between(0, 10 * MINUTE_MS), type: prng.pick(['operator.retry', 'operator.fail']) }]
      : [],
  };
}

/** Before the provider's own answer, soon, or long after the time-out. */
function drawReceipt(prng: Prng, isSms: boolean): Receipt {
  const afterMs = prng.pick([prng.between(0, 500), prng.between(0, 60_000), prng.between(0, 5 * 24 * 60 * MINUTE_MS)]);
  const type = isSms ? prng.pick(RECEIPTS) : prng.pick([RECEIPTS[0], RECEIPTS[1], RECEIPTS[2]]);
  return {
    afterMs,
    type: `receipt.${type}`,
    isDuplicateId: prng.chance(0.1),
    codeStatus: prng.pick([null, null, 'permanent-failure', 'temporary-failure']),
    twice: prng.chance(0.2),
  };
}
