import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import { apiPoster, type SandboxLogger } from './api-poster.ts';
import { type InboundLogins, inboundRoutes } from './inbound-routes.ts';
import { inspectRoutes } from './inspect-routes.ts';
import { type MessageFilter, type MessageList, messageLog } from './message-log.ts';
import { outcomeForEmailAddress, outcomeForPhoneNumber } from './outcomes.ts';
import { pauses } from './pauses.ts';
import { postReceipts } from './play-outcome.ts';
import { printRoutes } from './print-routes.ts';
import { forgetful, type OwedReceipts, receiptJournal } from './receipt-journal.ts';
import { sesReport, sesRoutes } from './ses-routes.ts';
import { smsReport, smsRoutes } from './sms-routes.ts';
import { SANDBOX_TOPIC_ARN, snsTopic } from './sns-topic.ts';
import type { Stage } from './stage.ts';
import { type SandboxCallback, webhookRoutes } from './webhook-routes.ts';

export type SandboxOptions = {
  /** 0 takes any free port. */
  port: number;
  /** @default '127.0.0.1' */
  host?: string;
  /**
   * The API's base URL, where receipts go; a function is asked each time. User and password in it become basic
   * authentication.
   */
  apiUrl: string | (() => string);
  /** What received texts are passed on with. @default what the API takes in development */
  inboundLogins?: InboundLogins;
  /** Multiplies the delays of outcomes and of retries to the API, for tests. @default 1 */
  delayFactor?: number;
  /** Where receipts that are owed are kept over a restart. Default: nowhere. */
  journalFile?: string;
  logger?: SandboxLogger;
};

export type Sandbox = {
  /** Base URL; the providers' addresses are `/mmg`, `/firetext`, `/reach` and `/dvla` below it, and SES's endpoint is it. */
  url: string;
  port: number;
  /** The SNS topic of its SES events, for the API's allow-list. */
  topicArn: string;
  messages(filter?: MessageFilter): MessageList;
  /** What services were told, newest first. */
  callbacks(limit?: number): SandboxCallback[];
  /** Forgets messages and callbacks. */
  clear(): void;
  /** Ends everything at once: open requests are cut, waiting receipts are dropped. */
  stop(): Promise<void>;
};

const DEVELOPMENT_LOGINS: InboundLogins = { mmg: 'sandbox:sandbox-mmg', firetext: 'notify:sandbox-firetext' };
/** Milliseconds that an idle connection stays open: longer than clients keep theirs, so that none is cut in use. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts the sandbox: one HTTP server that plays the SMS providers, SES with SNS, the letters' printer, and the server
 * of a service.
 * It authenticates nobody and shows what it was sent, so it belongs on loopback. Rejects when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    port,
    host = '127.0.0.1',
    apiUrl,
    delayFactor = 1,
    journalFile,
    inboundLogins = DEVELOPMENT_LOGINS,
    logger,
  } = options;
  const waiting = pauses();
  const api = apiPoster(typeof apiUrl === 'string' ? () => apiUrl : apiUrl, waiting, delayFactor, logger);
  const messages = messageLog();
  const { routes, callbacks } = webhookRoutes(waiting);
  let url = '';
  const stage: Stage = {
    messages,
    api,
    timing: { waiting, delayFactor },
    topic: await snsTopic(),
    journal: journalFile === undefined ? forgetful : receiptJournal(journalFile),
    url: () => url,
  };

  const app = bareApp()
    .use(smsRoutes(stage))
    .use(sesRoutes(stage))
    .use(printRoutes(stage))
    .use(inboundRoutes(stage, inboundLogins))
    .use(routes)
    .use(inspectRoutes(messages, callbacks));
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  const boundPort = await listen(server, port, host);
  url = `http://${host}:${boundPort}`;
  for (const { owed, settle } of stage.journal.inherited) void postOwed(stage, owed).then(settle);

  return {
    url,
    port: boundPort,
    topicArn: SANDBOX_TOPIC_ARN,
    messages: messages.list,
    callbacks: callbacks.list,
    clear: () => {
      messages.clear();
      callbacks.clear();
    },
    stop: async () => {
      waiting.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, api.stop()]);
    },
  };
}

/** The receipts of a message that an earlier process took. Some may have come already: providers repeat them too. */
function postOwed(stage: Stage, { message, messageId }: OwedReceipts): Promise<void> {
  const [outcome, report] =
    messageId === null
      ? [outcomeForPhoneNumber(message.to), smsReport(stage, message)]
      : [outcomeForEmailAddress(message.to), sesReport(stage, message, messageId)];
  return postReceipts(outcome, report, stage.timing);
}

function bareApp(): Express {
  return express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
