/**
 * How one send ended.
 *
 * - `accepted`: the provider has the message; a receipt may follow, or may even have come already.
 * - `failed`: may pass later. A time-out is a failure too, although the provider may have taken the message.
 * - `rejected`: the same request never will be accepted.
 *
 * `reason` is fit for a log: it names no recipient. `detail` says what lay below, such as `HTTP 503` or `ECONNREFUSED`.
 */
export type ProviderAnswer =
  | { outcome: 'accepted'; providerReference: string | null }
  | { outcome: 'failed'; reason: string; detail?: string; throttled?: boolean }
  | { outcome: 'rejected'; reason: string };

export type SmsRequest = {
  /** Digits in international form, no `+`. */
  to: string;
  /** The finished text, any Unicode. */
  content: string;
  /** The notification's id; receipts carry it back. */
  reference: string;
  sender: string;
  international: boolean;
};

export type EmailRequest = {
  notificationId: string;
  /** `"Name" <local@host>`; the name may hold any Unicode. */
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  plainText: string;
  html: string;
  /** Further message headers by name, such as `List-Unsubscribe`. */
  headers: Record<string, string>;
};

/** `send` never throws and always ends, within its client's time-out. */
export interface SmsProvider {
  readonly name: string;
  readonly supportsInternational: boolean;
  send(request: SmsRequest): Promise<ProviderAnswer>;
}

/** As {@link SmsProvider}, for emails. */
export interface EmailProvider {
  readonly name: string;
  send(request: EmailRequest): Promise<ProviderAnswer>;
}

/** A client that keeps connections open until it is closed. */
export type Closable = { close(): Promise<void> };

/** Milliseconds that one call to a provider may take, connecting and reading included (workflows 3). */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** Simultaneous connections to one provider; further calls wait for a free one, on their own time-out. */
export const DEFAULT_CONNECTIONS = 256;

/** What every provider client takes. */
export type ClientOptions = {
  /** @default 10000 */
  timeoutMs?: number;
  /** @default 256 */
  connections?: number;
};
