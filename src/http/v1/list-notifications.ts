import type { Call } from '../../messages.ts';
import { boolean, type FieldType, integer } from '../admin/field-types.ts';
import { checkFields, optional } from '../admin/read.ts';
import { notFoundAnswer } from '../error-response.ts';
import { readQuery } from '../query.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { filteredStatuses } from '../v2/status-filter.ts';
import { v1RefusalAnswer } from './answers.ts';
import { legacyNotificationJson } from './notification-json.ts';

const PAGE_SIZE = 250;
/** A larger page is cut: no caller needs all of a service in one answer. */
const LARGEST_PAGE = 1000;
const REPEATABLE = ['template_type', 'status'];

const positive: FieldType<number> = (json) => {
  const parsed = integer(json);
  return !parsed.ok || parsed.value > 0 ? parsed : { ok: false, message: 'Not a positive integer' };
};

const RULES = {
  page: optional(positive),
  page_size: optional(positive),
  limit_days: optional(integer),
  include_jobs: optional(boolean),
};

/** `GET /notifications` (public-api 2.12). */
export function listLegacyNotifications({ call }: { call: Call }): ServiceHandler {
  return async ({ query }, { service, apiKey }) => {
    const given = readQuery(query, REPEATABLE);
    const checked = checkFields(RULES, given);
    if (checked.outcome === 'refused') return v1RefusalAnswer(checked);
    const { page = 1, page_size: asked = PAGE_SIZE, limit_days: limitDays = null, include_jobs } = checked.value;
    const pageSize = Math.min(asked, LARGEST_PAGE);
    const { notifications, total } = await call('notifications.listLegacy', {
      serviceId: service.id,
      keyType: apiKey.keyType,
      types: [given['template_type'] ?? []].flat(),
      statuses: filteredStatuses([given['status'] ?? []].flat()),
      includeJobs: include_jobs ?? false,
      limitDays,
      page,
      pageSize,
    });
    if (notifications.length === 0 && page > 1) return notFoundAnswer();
    return ok({
      notifications: notifications.map(legacyNotificationJson),
      page_size: pageSize,
      total,
      links: pageLinks(query, page, Math.ceil(total / pageSize)),
    });
  };
}

/** Relative, and only where there is such a page. */
function pageLinks(query: URLSearchParams, page: number, last: number): object {
  const link = (to: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(to));
    return `/notifications?${parameters}`;
  };
  return {
    ...(page > 1 && { prev: link(page - 1) }),
    ...(page < last && { next: link(page + 1), last: link(last) }),
  };
}
