import type { Call } from '../../messages.ts';
import { dvlaStatus } from '../../providers/receipts/dvla.ts';
import { invalid, refused } from '../../refusal.ts';
import { refusalAnswer } from '../error-response.ts';
import { readJson } from '../json-document.ts';
import type { OpenHandler } from '../route.ts';

export type LetterStatusParts = {
  call: Call;
  /** The notification's id in a token of ours; null for any other text. */
  letterOf(token: string): string | null;
};

/** `POST /notifications/letter/status`: what the printer says of a letter (public-api 5.5). Errors are those of v2. */
export function postLetterStatus({ call, letterOf }: LetterStatusParts): OpenHandler {
  return async (request) => {
    const id = letterOf(request.query.get('token') ?? '');
    if (id === null) {
      return refusalAnswer(refused(403, 'InvalidRequest', 'A valid token must be provided in the query string'));
    }
    const json = await readJson(request);
    if (json.outcome === 'refused') return refusalAnswer(json);
    const parsed = dvlaStatus(json.value);
    if (!parsed.ok) return refusalAnswer(invalid(parsed.messages));
    if (parsed.status.notificationId !== id) {
      const message = 'Notification ID in letter callback data does not match ID in token';
      return refusalAnswer(refused(400, 'InvalidRequest', message));
    }
    await call('receipts.recordPrintStatus', { status: parsed.status });
    return { status: 204, body: null };
  };
}
