import type { SendOutcome } from '../../machines/notification.types.ts';
import type { CallbackOutcome } from '../../machines/service-callback.machine.ts';
import { DELIVERY_STATUS_CALLBACK, deliveryStatusCallbackActor } from '../../src/actors/delivery-status-callback.ts';
import { NOTIFICATION, notificationActor } from '../../src/actors/notification.ts';
import { request } from '../support/notification-bench.ts';
import type { Execution } from './findings.ts';
import type { Fate } from './scenario.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { World } from './world.ts';

/** The real actors, with a simulated outside behind their effects. */
export function actorTypes(world: World, process: SimulatedProcess) {
  const { prng, faults, findings } = world;

  /** Takes its time; what it brings is there before its process knows, and stays if that dies. */
  const run = <Output>(execution: Execution, take: () => void, output: () => Promise<Output>): Promise<Output> => {
    findings.began(execution, world.leaseMs);
    const duration = prng.chance(faults.slowEffect) ? prng.between(0, 3 * world.leaseMs) : prng.between(1, 500);
    const arrival = prng.between(0, duration);
    world.time.after(arrival, 'work', () => {
      if (process.alive || prng.chance(0.5)) take();
    });
    return new Promise((resolve) => {
      process.after(duration, 'work', () => {
        findings.ended(execution);
        resolve(output());
      });
    });
  };

  const send = (execution: Execution): Promise<SendOutcome> => {
    const { attempt, id } = execution;
    const fate = world.fate(id);
    if (prng.chance(faults.rejectedEffect))
      return run(
        execution,
        () => {},
        () => Promise.reject(new Error('broken')),
      );
    if (attempt <= fate.failures || prng.chance(faults.failedEffect)) {
      const outcome = { outcome: 'failed', attempt, provider: fate.provider, reason: 'no', billableUnits: 1 } as const;
      return run(
        execution,
        () => {},
        () => Promise.resolve(outcome),
      );
    }
    if (fate.ending !== 'accepted')
      return run(
        execution,
        () => {},
        () => Promise.resolve(ending(fate, attempt)),
      );
    return run(
      execution,
      () => {
        findings.took(execution);
        world.sendReceipts(fate);
      },
      () => Promise.resolve(ending(fate, attempt)),
    );
  };

  const notification = notificationActor({
    sendToProvider: ({ attempt }, { id }) =>
      send({ process: process.number, type: NOTIFICATION, id, effect: 'sendToProvider', attempt }),
    simulateReceipt: async (_input, { id, context: { attempts: attempt }, payload }) => {
      const execution = { process: process.number, type: NOTIFICATION, id, effect: 'simulateReceipt', attempt };
      const output = () =>
        prng.chance(faults.rejectedEffect) ? Promise.reject(new Error('not posted')) : Promise.resolve(undefined);
      await run(execution, () => {}, output);
      await payload();
      await process.runtime.send(NOTIFICATION, id, { type: 'receipt.delivered', provider: world.fate(id).provider });
      return undefined;
    },
    tellService: async ({ id, context }) => {
      if (prng.chance(faults.failedChild)) throw new Error('The setting could not be read');
      if (!world.service(context.serviceId).wantsCallbacks) return null;
      const input = { serviceId: context.serviceId, notificationId: id, callbackApiId: id, callbackApiVersion: 1 };
      return { type: DELIVERY_STATUS_CALLBACK, id: prng.id(), input };
    },
    announcements: silent(),
    loadRequests: (ids) => readLater(process, prng.between(0, 5), new Map(ids.map((id) => [id, request]))),
    internalServiceId: world.internalServiceId,
  });

  const callback = deliveryStatusCallbackActor({
    postCallback: ({ attempt }, { id, context }) => {
      const execution = {
        process: process.number,
        type: DELIVERY_STATUS_CALLBACK,
        id,
        effect: 'postCallback',
        attempt,
      };
      const { receiverFailures, receiverRefuses } = world.service(context.serviceId);
      const isTaken = attempt > receiverFailures && !receiverRefuses;
      const outcome: CallbackOutcome = isTaken
        ? { outcome: 'taken', status: 204 }
        : receiverRefuses
          ? { outcome: 'refused', status: 404, reason: 'no' }
          : { outcome: 'try-later', reason: 'timeout' };
      return run(
        execution,
        () => isTaken && findings.took(execution),
        () => Promise.resolve(outcome),
      );
    },
    announcements: silent(),
    loadCalls: () => readLater(process, prng.between(0, 5), new Map()),
  });

  return { notification, callback };
}

function ending({ ending: end, provider }: Fate, attempt: number): SendOutcome {
  if (end === 'service-inactive') return { outcome: end, attempt };
  if (end === 'rejected') return { outcome: end, attempt, provider, reason: 'never' };
  return { outcome: end, attempt, provider, providerReference: null, billableUnits: 1 };
}

/** Nobody listens to any announcement. */
function silent<Listeners extends object>(): Listeners {
  return new Proxy({} as Listeners, { get: () => () => {}, has: () => true });
}

function readLater<T>(process: SimulatedProcess, ms: number, value: T): Promise<T> {
  return new Promise((resolve) => process.after(ms, 'work', () => resolve(value)));
}
