import { NOT_UNDERSTOOD, type Refused } from '../refusal.ts';
import type { Answer, ErrorFamily } from './route.ts';

const NOT_FOUND =
  'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.';
const NOT_ALLOWED = 'The method is not allowed for the requested URL.';
const TIMED_OUT = 'Timeout serving request';
const CRASHED = 'Internal server error';

/** A command's or a check's refusal, as public-api 3.1 has it. */
export function refusalAnswer({ status, errors }: Refused): Answer {
  return { status, body: { status_code: status, errors } };
}

/** A failed authentication, as public-api 1.2 has it. */
export function authErrorAnswer(family: ErrorFamily, status: 401 | 403, message: string): Answer {
  if (family === 'v2') return v2(status, 'AuthError', message);
  return { status, body: { result: 'error', message: { token: [message] } } };
}

/** Unknown path (public-api 3.4). */
export function notFoundAnswer(): Answer {
  return plain(404, NOT_FOUND);
}

export function methodNotAllowedAnswer(allow: string): Answer {
  return { ...plain(405, NOT_ALLOWED), headers: ['Allow', allow] };
}

export function timeoutAnswer(family: ErrorFamily): Answer {
  return family === 'v2' ? v2(504, 'EventletTimeout', TIMED_OUT) : plain(504, TIMED_OUT);
}

/** Something broke. Nothing but the error's class name is told. */
export function failureAnswer(family: ErrorFamily, error: unknown): Answer {
  if (family === 'plain') return plain(500, CRASHED);
  return v2(500, error instanceof Error ? error.name : 'Error', CRASHED);
}

export function bodyTooLargeAnswer(family: ErrorFamily, maxBytes: number): Answer {
  const message = `Request body cannot be larger than ${maxBytes} bytes`;
  return family === 'v2' ? v2(413, 'RequestEntityTooLarge', message) : plain(413, message);
}

/** What is no HTTP request, or too slow or too large to be one. The path, and so the family, is not known. */
export function unreadableAnswer(code: string | undefined): Answer {
  if (code === 'HPE_HEADER_OVERFLOW') return plain(431, 'The request’s headers are too large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return plain(408, 'The request took too long to arrive');
  return plain(400, NOT_UNDERSTOOD);
}

/** An error outside `/v2`. */
export function plain(status: number, message: string | readonly string[]): Answer {
  return { status, body: { result: 'error', message } };
}

function v2(status: number, error: string, message: string): Answer {
  return { status, body: { status_code: status, errors: [{ error, message }] } };
}
