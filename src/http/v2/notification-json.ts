import type { NotificationView } from '../../messages.ts';
import { wireTime, wireTimeOrNull } from './wire.ts';

/** A notification as `GET` shows it (public-api 2.5). `root` is the API's address as the caller knows it. */
export function notificationJson(root: string, view: NotificationView): object {
  const { id, type, template, cost } = view;
  return {
    id,
    reference: view.reference,
    email_address: type === 'email' ? view.recipient : null,
    phone_number: type === 'sms' ? view.recipient : null,
    line_1: null,
    line_2: null,
    line_3: null,
    line_4: null,
    line_5: null,
    line_6: null,
    postcode: null,
    type,
    status: view.status,
    template: { ...template, uri: `${root}v2/template/${template.id}/version/${template.version}` },
    body: view.body,
    subject: view.subject,
    created_at: wireTime(view.createdAt),
    created_by_name: view.createdByName,
    sent_at: wireTimeOrNull(view.sentAt),
    completed_at: wireTimeOrNull(view.completedAt),
    scheduled_for: null,
    postage: null,
    one_click_unsubscribe_url: view.oneClickUnsubscribeUrl,
    is_cost_data_ready: cost.isReady,
    cost_in_pounds: cost.inPounds,
    cost_details: cost.details,
  };
}
