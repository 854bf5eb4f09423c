import type { RequestListener } from 'node:http';
import type { Connection } from '../server.ts';

export type TargetParts = {
  connection: Connection;
  /** A provider that takes everything. */
  providerUrl: string;
};

/** A server of `POST /v2/notifications/sms`: a listener to serve, or one that serves already. */
export type Served =
  | { listener: RequestListener }
  | {
      url: string;
      /** A live key of a service, and a text template of it. */
      apiKey: string;
      templateId: string;
    };

export type Target = (parts: TargetParts) => Promise<Served>;
