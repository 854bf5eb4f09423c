import type { AdminRefused } from '../../../admin-refusal.ts';
import { parseEmailAddress } from '../../../content/email-address.ts';
import { parsePhoneNumber } from '../../../content/phone-number.ts';
import { removeAllWhitespace } from '../../../content/text/whitespace.ts';
import type { NotificationFilters } from '../../../messages/admin-notifications.ts';
import { TEMPLATE_TYPES } from '../../../messages/admin-templates.ts';
import { type Checked, passed } from '../../../refusal.ts';
import type { Fields } from '../../fields.ts';
import { readQuery } from '../../query.ts';
import type { HttpRequest } from '../../request.ts';
import { anyText, boolean, type FieldType, integer, listOf, nullable, oneOf, uuid } from '../field-types.ts';
import { checkFields, optional, readObject } from '../read.ts';

export type ListRequest = {
  filters: NotificationFilters;
  page: number;
  pageSize: number;
  isCsv: boolean;
  hasLinks: boolean;
};

const PAGE_SIZE = 50;
/** Rows. More than a spreadsheet's download asks for at once. */
const LARGEST_PAGE = 5000;
const LAST_PAGE = 100_000;
/** Days. Nothing is kept for longer. */
const MOST_DAYS = 36_500;

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(TEMPLATE_TYPES);

const FAILED = [
  'technical-failure',
  'temporary-failure',
  'permanent-failure',
  'validation-failed',
  'virus-scan-failed',
  'returned-letter',
];

const positive: FieldType<number> = (json) => {
  const parsed = integer(json);
  return parsed.ok && parsed.value < 1 ? { ok: false, message: 'Not a positive integer' } : parsed;
};

/** One word is as good as a list of it. */
const words = <Value>(type: FieldType<Value>): FieldType<Value[]> => {
  return (json) => listOf(type)(typeof json === 'string' ? [json] : json);
};

const FILTERS = {
  page: optional(positive),
  page_size: optional(positive),
  limit_days: optional(integer),
  status: optional(words(anyText)),
  template_type: optional(words(oneOf(TEMPLATE_TYPES))),
  include_jobs: optional(boolean),
  include_from_test_key: optional(boolean),
  include_one_off: optional(boolean),
  count_pages: optional(boolean),
  format_for_csv: optional(nullable(anyText)),
  to: optional(nullable(anyText)),
  older_than: optional(uuid),
};

/** What is asked for in the query or, to keep addresses out of logs, in the body (internal-api 6.15). */
export async function readListRequest(request: HttpRequest): Promise<Checked<ListRequest> | AdminRefused> {
  const given = request.incoming.method === 'POST' ? await readObject(request) : passed(fromQuery(request));
  if (given.outcome === 'refused') return given;
  const wrongType = templateTypeRefusal(given.value['template_type']);
  if (wrongType !== null) return wrongType;
  const checked = checkFields(FILTERS, given.value);
  if (checked.outcome === 'refused') return checked;
  const { to, status = [], template_type: types = [], ...asked } = checked.value;
  const isSearch = to !== undefined && to !== null;
  return passed({
    filters: {
      types,
      statuses: isSearch ? status : [...new Set(status.flatMap(storedStatuses))],
      includeJobs: isSearch || (asked.include_jobs ?? true),
      includeTestKey: !isSearch && (asked.include_from_test_key ?? false),
      includeOneOff: isSearch || (asked.include_one_off ?? true),
      limitDays: isSearch || asked.limit_days === undefined ? null : Math.min(Math.max(asked.limit_days, 0), MOST_DAYS),
      search: isSearch ? { recipient: storedForm(to, types[0]), reference: to } : null,
    },
    page: isSearch ? 1 : Math.min(asked.page ?? 1, LAST_PAGE),
    pageSize: isSearch ? PAGE_SIZE : Math.min(asked.page_size ?? PAGE_SIZE, LARGEST_PAGE),
    isCsv: !isSearch && Boolean(asked.format_for_csv),
    hasLinks: asked.count_pages ?? true,
  });
}

function fromQuery({ query }: HttpRequest): Fields {
  return readQuery(query, ['status', 'template_type']);
}

/** Told by the place of the first wrong one, unlike other lists. */
function templateTypeRefusal(given: unknown): AdminRefused | null {
  const types: unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const at = types.findIndex((type) => !KNOWN_TYPES.has(type));
  if (at === -1) return null;
  const message = { template_type: { [String(at)]: { template_type: ['Not a valid choice.'] } } };
  return { outcome: 'refused', status: 400, message };
}

function storedStatuses(status: string): string[] {
  if (status === 'failed') return FAILED;
  return status === 'accepted' ? ['created', 'sending'] : [status];
}

/** A recipient, or a part of one, in the form in which recipients are stored. */
function storedForm(typed: string, type: string | undefined): string {
  if (type === 'sms') {
    const number = parsePhoneNumber(typed);
    return (number.ok ? number.normalised : typed).replaceAll(/[() -]/g, '').replace(/^[+0]+/, '');
  }
  if (type === 'email') {
    const address = parseEmailAddress(typed);
    return address.ok ? address.normalised : typed.toLowerCase();
  }
  return removeAllWhitespace(typed).toLowerCase();
}
