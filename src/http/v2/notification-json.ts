import type { LetterView, NotificationView } from '../../messages.ts';
import { wireTime, wireTimeOrNull } from '../../wire-time.ts';

/** What letters' statuses are called here; the others as they are stored (public-api 7.1). */
const LETTER_STATUSES: Readonly<Record<string, string>> = {
  created: 'accepted',
  sending: 'accepted',
  delivered: 'received',
  'returned-letter': 'received',
};

/** A notification as `GET` shows it (public-api 2.5). `root` is the API's address as the caller knows it. */
export function notificationJson(root: string, view: NotificationView): object {
  const { id, type, template, cost, letter } = view;
  return {
    id,
    reference: view.reference,
    email_address: type === 'email' ? view.recipient : null,
    phone_number: type === 'sms' ? view.recipient : null,
    ...addressLines(letter),
    type,
    status: letter === null ? view.status : (LETTER_STATUSES[view.status] ?? view.status),
    template: { ...template, uri: `${root}v2/template/${template.id}/version/${template.version}` },
    body: view.body,
    subject: view.subject,
    created_at: wireTime(view.createdAt),
    created_by_name: view.createdByName,
    sent_at: wireTimeOrNull(view.sentAt),
    completed_at: wireTimeOrNull(view.completedAt),
    scheduled_for: null,
    postage: letter?.postage ?? null,
    one_click_unsubscribe_url: view.oneClickUnsubscribeUrl,
    ...(letter === null ? {} : { estimated_delivery: wireTime(letter.estimatedDelivery) }),
    is_cost_data_ready: cost.isReady,
    cost_in_pounds: cost.inPounds,
    cost_details: cost.details,
  };
}

function addressLines(letter: LetterView | null): object {
  const [line_1, line_2, line_3, line_4, line_5, line_6, postcode] = letter?.lines ?? [];
  const lines = { line_1, line_2, line_3, line_4, line_5, line_6, postcode };
  return Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, line ?? null]));
}
