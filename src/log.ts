import { type Logger, pino } from 'pino';

/**
 * Structured lines on standard output. Recipients, personalisation and secrets are never given to it; the redaction is a
 * second fence for the names under which they would come.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { application: 'notify' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFacts },
    redact: {
      paths: [
        '*.personalisation',
        '*.recipient',
        '*.bearerToken',
        '*.secret',
        '*.authorization',
        '*.apiKey',
        '*.headers',
      ],
      censor: '[redacted]',
    },
  });
}

/** What may be written of an error: a database error's `detail` would show the row. */
function errorFacts(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { name, code, message, stack } = error as Record<string, unknown>;
  return { name, code, message, stack };
}
