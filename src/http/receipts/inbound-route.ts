import type { Call } from '../../messages.ts';
import type { InboundSms } from '../../providers/receipts/inbound-sms.ts';
import { NOT_UNDERSTOOD } from '../../refusal.ts';
import { plain } from '../error-response.ts';
import type { Fields } from '../fields.ts';
import { storable } from '../json.ts';
import type { HttpRequest } from '../request.ts';
import { type Answer, type OpenHandler, ok } from '../route.ts';
import { isSame } from './receipt-route.ts';

/** User names and passwords, any of which go together. */
export type InboundCredentials = { users: readonly string[]; passwords: readonly string[] };

export type InboundParts = { call: Call; credentials: InboundCredentials };

type InboundRoute = {
  /** The body's fields; null when it cannot be read, which is found out before who sent it. */
  read(request: HttpRequest): Promise<Fields | null>;
  /** Null where a field is missing. */
  parse(fields: Fields): InboundSms | null;
  /** What the provider is told of a text that nobody takes. */
  dropped: Answer;
};

export const TAKEN: Answer = ok({ status: 'ok' });

/** Texts that people send to services' numbers (public-api 5.6). Says so only when the text is durable. */
export function inboundHandler({ call, credentials }: InboundParts, route: InboundRoute): OpenHandler {
  return async (request) => {
    const fields = await route.read(request);
    if (fields === null) return plain(400, NOT_UNDERSTOOD);
    const { authorization } = request.incoming.headers;
    if (!authorization) return unauthorised();
    if (!isKnown(authorization, credentials)) return plain(403, 'Forbidden: invalid authentication token provided');
    const sms = route.parse(fields);
    if (sms === null) return plain(400, NOT_UNDERSTOOD);
    const { outcome } = await call('inbound.recordSms', {
      sms: storable(sms) as InboundSms,
      requestId: request.trace.traceId,
    });
    return outcome === 'recorded' ? TAKEN : route.dropped;
  };
}

function unauthorised(): Answer {
  const answer = plain(401, 'Unauthorized: authentication token must be provided');
  return { ...answer, headers: ['WWW-Authenticate', 'Bearer'] };
}

function isKnown(authorization: string, { users, passwords }: InboundCredentials): boolean {
  const [scheme = '', encoded = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'basic') return false;
  const given = Buffer.from(encoded, 'base64').toString();
  const colon = given.indexOf(':');
  if (colon < 0) return false;
  const isUser = users.some((user) => isSame(given.slice(0, colon), user));
  const isPassword = passwords.some((password) => isSame(given.slice(colon + 1), password));
  return isUser && isPassword;
}
