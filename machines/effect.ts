import { fromPromise, type PromiseActorLogic } from 'xstate';

/**
 * Promise logic without a body, for a chart to invoke. The state that invokes it owes the effect for as long as it is
 * active; whoever runs the chart does the work and answers with the usual done or error event. Running the chart with
 * plain XState needs `machine.provide({ actors })`.
 */
export function effect<Input, Output>(): PromiseActorLogic<Output, Input> {
  return fromPromise<Output, Input>(() =>
    Promise.reject(new Error('An effect is run by the runtime, not by the chart')),
  );
}

/** A named action without a body: the runtime turns it into a child row or an announcement when the step commits. */
export function announced(): void {}

/** When something happened, in milliseconds since the epoch. Every event that the runtime delivers carries it. */
export type At = { at: number };

/** The event's own time; XState's bare events (a plain actor in a viewer) have none, then `otherwise` is used. */
export function timeOf(event: object, otherwise: number): number {
  return 'at' in event && typeof event.at === 'number' ? event.at : otherwise;
}

/** The process that held an effect's lease died or hung: the outcome of the running attempt is unknown. */
export type LeaseExpired = { type: 'lease.expired' } & At;
