import { boundedLog } from './bounded-log.ts';
import { referenceCounts } from './reference-counts.ts';

/** One request that a provider of the sandbox got. A retry is a message of its own. */
export type SandboxMessage = {
  kind: 'sms' | 'email' | 'letter';
  provider: 'mmg' | 'firetext' | 'reach' | 'ses' | 'dvla';
  to: string;
  from: string;
  /** The notification's id. */
  reference: string;
  subject: string | null;
  /** The text, or the email's plain text; of a letter its address. */
  content: string;
  html: string | null;
  /** The email's further headers. */
  headers: Record<string, string>;
  /** The name of the outcome that the recipient chose. */
  outcome: string;
  /** ISO 8601. */
  receivedAt: string;
};

export type ListedMessage = SandboxMessage & {
  /** How often this reference reached a provider so far, every try counted. */
  timesSeen: number;
};

export type MessageFilter = { kind?: string; to?: string; reference?: string; limit?: number };

export type MessageList = {
  /** Since the start or the last clearing, dropped ones included. */
  totals: { received: number; references: number; repeated: number };
  /** Newest first. */
  messages: ListedMessage[];
};

export type MessageLog = {
  /** Returns how often the message's reference has been seen now. */
  add(message: SandboxMessage): number;
  list(filter?: MessageFilter): MessageList;
  clear(): void;
};

const LIMITS = { maxEntries: 10_000, maxCharacters: 32_000_000 };

/** Remembers the newest 10,000 messages, fewer where they are long. */
export function messageLog(): MessageLog {
  const log = boundedLog<SandboxMessage>(LIMITS, ({ content, html }) => content.length + (html?.length ?? 0) + 500);
  const counts = referenceCounts();
  let received = 0;

  return {
    add: (message) => {
      received += 1;
      log.add(message);
      return counts.count(message.reference);
    },
    list: (filter = {}) => ({
      totals: { received, ...counts.totals() },
      messages: log
        .entries()
        .filter((message) => matches(message, filter))
        .slice(0, filter.limit)
        .map((message) => ({ ...message, timesSeen: counts.timesSeen(message.reference) })),
    }),
    clear: () => {
      received = 0;
      log.clear();
      counts.clear();
    },
  };
}

function matches(message: SandboxMessage, { kind, to, reference }: MessageFilter): boolean {
  return (
    (kind === undefined || message.kind === kind) &&
    (to === undefined || message.to === to) &&
    (reference === undefined || message.reference === reference)
  );
}
