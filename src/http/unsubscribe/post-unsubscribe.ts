import type { Call } from '../../messages.ts';
import { type Answer, type OpenHandler, ok } from '../route.ts';

const DONE = { result: 'success', message: 'Unsubscribe successful' };
const REFUSALS = {
  'invalid-token': 'This is not a valid unsubscribe link.',
  'unknown-notification': 'This unsubscribe link is invalid or expired.',
} as const;

/** The token can be read by anyone, and names the recipient. */
export const UNSUBSCRIBE_LOGGED_PATH = '/unsubscribe/{notification_id}/{token}';

/** The id must be written as a UUID with hyphens; anything else is no route of ours. */
export const UNSUBSCRIBE_PATH =
  /^\/unsubscribe\/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\/([^/]+)$/;

/** `POST /unsubscribe/{notification_id}/{token}`: mail clients' one click (public-api 2.13). The body is ignored. */
export function postUnsubscribe({ call }: { call: Call }): OpenHandler {
  return async ({ params, facts }) => {
    const notificationId = (params['0'] ?? '').toLowerCase();
    facts['notification_id'] = notificationId;
    const { outcome } = await call('notifications.unsubscribe', { notificationId, token: params['1'] ?? '' });
    return outcome === 'recorded' ? ok(DONE) : refusal(REFUSALS[outcome]);
  };
}

function refusal(message: string): Answer {
  return { status: 404, body: { result: 'error', message: { 'unsubscribe request': message } } };
}
