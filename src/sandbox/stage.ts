import type { Response } from 'express';
import type { ApiPoster } from './api-poster.ts';
import type { MessageLog } from './message-log.ts';
import type { Timing } from './play-outcome.ts';
import type { ReceiptJournal } from './receipt-journal.ts';
import type { SnsTopic } from './sns-topic.ts';

/** What the sandbox's providers share. */
export type Stage = {
  messages: MessageLog;
  api: ApiPoster;
  timing: Timing;
  topic: SnsTopic;
  journal: ReceiptJournal;
  /** The sandbox's own base URL. */
  url(): string;
};

/** Answers with JSON, unless the client has gone. Plain Node: Express's own `json` costs a third more. */
export function answerJson(
  response: Response,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
