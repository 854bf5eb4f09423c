import { type Logger, pino } from 'pino';

/** Bytes of lines that are written at once; a line waits no longer than `FLUSH_MS` milliseconds. */
const WRITTEN_AT_ONCE = 4096;
const FLUSH_MS = 100;

/**
 * Structured lines on standard output. Recipients, personalisation and secrets are never given to it; the redaction is a
 * second fence for the names under which they would come. Busy processes write many lines at once: a process that is
 * killed with SIGKILL may lose its last tenth of a second of them.
 */
export function createLog(level: string): Logger {
  const output = pino.destination({ sync: true, minLength: WRITTEN_AT_ONCE });
  setInterval(() => output.flush(), FLUSH_MS).unref();
  process.on('exit', () => output.flushSync());
  return pino(
    {
      level,
      base: { application: 'notify' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorFacts },
      formatters: { log: redacted },
    },
    output,
  );
}

const SECRET_NAMES = new Set([
  'personalisation',
  'recipient',
  'bearerToken',
  'secret',
  'authorization',
  'apiKey',
  'headers',
]);

/**
 * Names of secrets in a line's facts, or one level below. The library's own redaction looks for a path in every string:
 * measured, a thirtieth of a request.
 */
export function redacted(facts: Record<string, unknown>): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const key in facts) {
    const value = facts[key];
    clean[key] = SECRET_NAMES.has(key) ? '[redacted]' : isPlain(value) ? withoutSecrets(value) : value;
  }
  return clean;
}

function withoutSecrets(value: Record<string, unknown>): Record<string, unknown> {
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([key, member]) => [key, SECRET_NAMES.has(key) ? '[redacted]' : member]));
}

/** Errors and the like keep their class: their serializers know them. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What may be written of an error: a database error's `detail` would show the row. */
function errorFacts(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { name, code, message, stack } = error as Record<string, unknown>;
  return { name, code, message, stack };
}
