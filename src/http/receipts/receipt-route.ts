import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call } from '../../messages.ts';
import type { ReceiptParse } from '../../providers/receipts/receipt.ts';
import { NOT_UNDERSTOOD } from '../../refusal.ts';
import { plain } from '../error-response.ts';
import { parseJsonBody, storableText } from '../json.ts';
import type { HttpRequest } from '../request.ts';
import { type Answer, type OpenHandler, ok } from '../route.ts';

/** What a provider's receipts must carry as basic authentication. */
export type BasicCredentials = { user: string; password: string };

export type ReceiptParts = {
  call: Call;
  /** Null where receipts are taken without authentication. */
  credentials: BasicCredentials | null;
};

type ReceiptRoute = {
  /** The body as the provider's parser takes it; undefined when it cannot be read. */
  read(body: Buffer): unknown;
  parse(body: unknown): ReceiptParse;
};

/** Says so only when the receipt is durable: providers repeat what got a 5xx. */
const SUCCESS = { result: 'success' };

/** A text provider's receipts (public-api 5.1 to 5.3). */
export function receiptHandler({ call, credentials }: ReceiptParts, { read, parse }: ReceiptRoute): OpenHandler {
  return async (request) => {
    if (credentials !== null && !isAuthorised(request, credentials)) return unauthorised();
    const body = read(await request.body());
    if (body === undefined) return plain(400, NOT_UNDERSTOOD);
    const parsed = parse(body);
    if (!parsed.ok) return plain(400, parsed.messages);
    await call('receipts.recordSms', { receipt: parsed.receipt });
    return ok(SUCCESS);
  };
}

export function readJsonReceipt(body: Buffer): unknown {
  const parsed = parseJsonBody(body);
  return parsed.ok ? parsed.value : undefined;
}

export function readFormReceipt(body: Buffer): Record<string, string> {
  const form = new URLSearchParams(body.toString());
  return Object.fromEntries([...form].reverse().map(([name, value]) => [name, storableText(value)]));
}

function isAuthorised(request: HttpRequest, { user, password }: BasicCredentials): boolean {
  const [scheme = '', given = ''] = request.incoming.headers.authorization?.split(' ') ?? [];
  return scheme.toLowerCase() === 'basic' && isSame(given, Buffer.from(`${user}:${password}`).toString('base64'));
}

/** Compares hashes, so that the time taken tells nothing of the secret, its length included. */
export function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function unauthorised(): Answer {
  const answer = plain(401, 'Unauthorized: authentication token must be provided');
  return { ...answer, headers: ['WWW-Authenticate', 'Basic'] };
}
