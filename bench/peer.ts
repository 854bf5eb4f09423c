import type { Pool } from 'pg';
import type { Connection } from './server.ts';

/** One notification of about 1 KB, as the outside world hands it in. */
export type Message = {
  id: string;
  serviceId: string;
  templateId: string;
  recipient: string;
  personalisation: string;
};

/** The outside world, the same for every peer. */
export type World = {
  pool: Pool;
  /** For peers that open connections of their own. */
  connection: Connection;
  /** Hands a message to the provider; resolves with the provider's reference. */
  provider(id: string): Promise<string>;
  /** Calls the service's webhook. */
  webhook(id: string): Promise<void>;
  /** To be called when `sending` is stored: the provider's receipt may then come. */
  sent(id: string, reference: string): void;
  /** To be called when the callback's end is stored. */
  done(id: string): void;
};

/** One way of taking a notification through four durable steps, at least once each. */
export type Peer = {
  /** Makes tables; called once on an empty database. */
  setup(): Promise<void>;
  start(): Promise<void>;
  /** Resolves when the message is durable. */
  accept(message: Message): Promise<void>;
  /** A receipt that says delivered; resolves when that is durable. */
  receipt(reference: string): Promise<void>;
  /** How many lifecycles are complete in the database. */
  completed(): Promise<number>;
  stop(): Promise<void>;
};

export type PeerFactory = (world: World) => Peer | Promise<Peer>;
