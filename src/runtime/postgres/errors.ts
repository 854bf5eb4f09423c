/** SQLSTATE classes and codes of failures that are the server's or the moment's, not the statement's. */
const PASSING = /^(08|53|57P0|40001|40P01|55P03|57014)/;
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The driver reports a lost connection, or one not got in time, in words only. */
const LOST_CONNECTION =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i;

/** Whether a database error may pass: repeating the statement is then right. */
export function isRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error ? String(error.code) : '';
  const message = 'message' in error ? String(error.message) : '';
  return PASSING.test(code) || UNREACHABLE.has(code) || LOST_CONNECTION.test(message);
}
