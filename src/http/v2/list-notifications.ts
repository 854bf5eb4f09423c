import type { Call, NotificationView } from '../../messages.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { refusalAnswer } from '../error-response.ts';
import { checkDocument } from '../json-document.ts';
import { readQuery } from '../query.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { type ListNotificationsQuery, validateListNotifications } from '../schemas/list-notifications.ts';
import { notificationJson } from './notification-json.ts';
import { filteredStatuses } from './status-filter.ts';

const REPEATABLE = ['template_type', 'status'];

/** `GET /v2/notifications` (public-api 2.6). */
export function listNotifications({ call }: { call: Call }): ServiceHandler {
  return async (request, { service, apiKey }) => {
    const { query: given, root } = request;
    const checked = checkDocument<ListNotificationsQuery>(readQuery(given, REPEATABLE), validateListNotifications);
    if (checked.outcome === 'refused') return refusalAnswer(checked);
    const query = checked.value;
    const { notifications } = await call('notifications.list', {
      serviceId: service.id,
      keyType: apiKey.keyType,
      types: query.template_type ?? [],
      statuses: filteredStatuses(query.status ?? []),
      reference: query.reference ?? null,
      olderThan: query.older_than === undefined ? null : parseUuid(query.older_than),
      includeJobs: query.include_jobs !== undefined,
    });
    return ok({
      notifications: notifications.map((view) => notificationJson(root, view)),
      links: pageLinks(`${root}v2/notifications`, query, notifications),
    });
  };
}

/** `next` is there whenever the page holds anything: clients stop at the first empty page. */
function pageLinks(url: string, query: ListNotificationsQuery, page: readonly NotificationView[]): object {
  const last = page.at(-1);
  const current = link(url, query);
  return last === undefined ? { current } : { current, next: link(url, { ...query, older_than: last.id }) };
}

function link(url: string, query: ListNotificationsQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) parameters.append(name, value);
  }
  const text = parameters.toString();
  return text === '' ? url : `${url}?${text}`;
}
