import type { Pool as PgPool } from 'pg';
import {
  type DELIVERY_STATUS_CALLBACK,
  deliveryStatusCallbackActor,
  EXAMPLE_CALLBACK,
} from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_LETTER, LETTER, type LetterEffects, letterActor } from '../../src/actors/letter.ts';
import { EXAMPLE_NOTIFICATION, NOTIFICATION, notificationActor } from '../../src/actors/notification.ts';
import { POOLS } from '../../src/actors/pools.ts';
import {
  EXAMPLE_SERVICE_CALLBACK,
  type SERVICE_CALLBACK,
  serviceCallbackActor,
} from '../../src/actors/service-callback.ts';
import { EXAMPLE_SMS_BALANCE, type SMS_BALANCE, smsBalanceActor } from '../../src/actors/sms-balance.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { armedTimers, leaseEnd } from '../../src/runtime/deadlines.ts';
import { nowhereElse } from '../../src/runtime/dispatch.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import type { ClaimedRow } from '../../src/runtime/row.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import type { Claim } from '../../src/runtime/store.ts';
import { letterRequest } from '../letters/letter-request.ts';
import { request } from '../support/notification-bench.ts';
import type { ChartEvent } from './events.ts';
import { ManualClock } from './manual-clock.ts';
import { CREATED_AT } from './walk.ts';

type Type =
  | typeof NOTIFICATION
  | typeof LETTER
  | typeof DELIVERY_STATUS_CALLBACK
  | typeof SERVICE_CALLBACK
  | typeof SMS_BALANCE;
type Begun = { effect: string; attempt: number; answer: PromiseWithResolvers<never> };

const LEASE_MS = 30_000;
const LETTER_EFFECTS = [
  'renderPdf',
  'scanFile',
  'sanitisePdf',
  'fileValidPdf',
  'fileInvalidPdf',
  'printLetter',
  'fakePrint',
];

function payloadOf(type: Type): object | undefined {
  if (type === LETTER) return letterRequest;
  return type === NOTIFICATION ? request : undefined;
}

/** What a step makes due at once is left for the next step of the test. */
class ClaimsOnce extends PostgresStore {
  hasClaimed = false;

  override async claim(type: string, claim: Claim): Promise<ClaimedRow[]> {
    const rows = this.hasClaimed ? [] : await super.claim(type, claim);
    this.hasClaimed ||= rows.length > 0;
    return rows;
  }
}

/**
 * One actor on the real store. Its effects wait for the test; its timers fire, and its leases run out, by a new process
 * that takes the row when the clock is moved to its deadline.
 */
export class StoredActor {
  readonly #clock = new ManualClock(CREATED_AT);
  readonly #pg: PgPool;
  readonly #store: PostgresStore;
  readonly #types: Record<'notification' | 'letter' | 'callback' | 'serviceCallback' | 'smsBalance', ActorType>;
  readonly #type: Type;
  readonly #id = crypto.randomUUID();
  #runtime: Runtime;
  #node = 0;
  #begun: Begun[] = [];

  constructor(pg: PgPool, type: Type) {
    this.#pg = pg;
    this.#type = type;
    this.#types = this.#actorTypes();
    this.#store = new PostgresStore(pg, Object.values(this.#types));
    this.#runtime = this.#newProcess(this.#store);
  }

  get id(): string {
    return this.#id;
  }

  async start(input: object): Promise<void> {
    await this.#runtime.start(this.#type, this.#id, input, payloadOf(this.#type));
  }

  async row() {
    const [row] = await this.#store.load(this.#type, [this.#id]);
    if (!row) throw new Error('The row is gone');
    return row;
  }

  /** The event, brought about as it comes about: by the effect, the deadline, or somebody outside. */
  async bringAbout(event: ChartEvent): Promise<void> {
    const [, kind, , effect] = event.type.split('.');
    if (event.type.startsWith('xstate.after.') && (await this.#passDeadline(event.type))) return;
    if (event.type === 'lease.expired' && (await this.#passDeadline(null))) return;
    const output = event['output'] as { attempt?: number } | undefined;
    const begun = this.#begun.findLast(
      (each) => each.effect === effect && (output?.attempt ?? each.attempt) === each.attempt,
    );
    if (!begun) {
      await this.#runtime.send(this.#type, this.#id, { ...event, at: this.#clock.now() });
      return;
    }
    this.#begun = this.#begun.filter((each) => each !== begun);
    if (kind === 'done') begun.answer.resolve(output as never);
    else begun.answer.reject(new Error('broken'));
  }

  /** Whether the state of the row owes an effect. */
  owes(state: string): boolean {
    return this.#runtime.actor(this.#type).stepper.shape(state).invoke !== null;
  }

  /** @returns whether the row has the timer (a lease, for null) and no earlier one; only then is it passed. */
  async #passDeadline(timer: string | null): Promise<boolean> {
    const { stepper } = this.#runtime.actor(this.#type);
    const row = await this.row();
    const armed = armedTimers(stepper, row);
    const deadline = timer ? armed.get(timer) : leaseEnd(stepper, row);
    if (deadline === undefined || deadline === null || row.wakeAt === null) return false;
    if ([...armed.values()].some((other) => other < deadline)) return false;
    this.#clock.moveTo(deadline);
    const store = new ClaimsOnce(this.#pg, Object.values(this.#types));
    this.#runtime = this.#newProcess(store);
    this.#runtime.run();
    while (!store.hasClaimed) await new Promise((resolve) => setImmediate(resolve));
    await this.#runtime.stop(0);
    // What a process that is gone had begun answers nobody.
    this.#begun = [];
    this.#runtime = this.#newProcess(this.#store);
    return true;
  }

  #newProcess(store: PostgresStore): Runtime {
    const runtime = new Runtime({
      store,
      clock: this.#clock,
      membership: { node: ++this.#node, liveOthers: () => [] },
      dispatch: nowhereElse,
      pools: Object.fromEntries(Object.entries(POOLS).map(([name, options]) => [name, new Pool(options)])),
      leaseMs: LEASE_MS,
      tickMs: 1000,
      log: { error: () => {}, warn: () => {} },
    });
    runtime.register(this.#types.notification, EXAMPLE_NOTIFICATION);
    runtime.register(this.#types.letter, EXAMPLE_LETTER);
    runtime.register(this.#types.callback, EXAMPLE_CALLBACK);
    runtime.register(this.#types.serviceCallback, EXAMPLE_SERVICE_CALLBACK);
    runtime.register(this.#types.smsBalance, EXAMPLE_SMS_BALANCE);
    return runtime;
  }

  #effect(effect: string, attempt: number): Promise<never> {
    const answer = Promise.withResolvers<never>();
    this.#begun.push({ effect, attempt, answer });
    return answer.promise;
  }

  #actorTypes() {
    const unheard = new Proxy({}, { get: () => () => {}, has: () => true });
    const notification = notificationActor({
      sendToProvider: ({ attempt }) => this.#effect('sendToProvider', attempt),
      simulateReceipt: (_input, { context }) => this.#effect('simulateReceipt', context.attempts),
      tellService: () => null,
      announcements: unheard as never,
      loadRequests: async (ids) => new Map(ids.map((id) => [id, request])),
      internalServiceId: '',
    });
    const letterEffect =
      (name: string) =>
      ({ attempt }: { attempt: number }) =>
        this.#effect(name, attempt);
    const letter = letterActor({
      effects: Object.fromEntries(LETTER_EFFECTS.map((name) => [name, letterEffect(name)])) as unknown as LetterEffects,
      announcements: unheard as never,
      loadRequests: async (ids) => new Map(ids.map((id) => [id, letterRequest])),
    });
    const callbackParts = {
      postCallback: ({ attempt }: { attempt: number }) => this.#effect('postCallback', attempt),
      announcements: unheard as never,
      loadCalls: async () => new Map(),
    };
    return {
      notification: notification as unknown as ActorType,
      letter: letter as unknown as ActorType,
      callback: deliveryStatusCallbackActor(callbackParts) as unknown as ActorType,
      serviceCallback: serviceCallbackActor(callbackParts) as unknown as ActorType,
      smsBalance: smsBalanceActor({
        checkProviders: () => this.#effect('checkProviders', 1),
        reduceProvider: () => this.#effect('reduceProvider', 1),
      }) as unknown as ActorType,
    };
  }
}
