import { type AdminRefused, fieldRefusal } from '../../admin-refusal.ts';
import { type Checked, passed } from '../../refusal.ts';
import type { HttpRequest } from '../request.ts';

const INTEGER = /^[+-]?\d+$/;
/** No list has more pages. */
const LAST_PAGE = 1_000_000;

/** The page that is asked for, the first by default. */
export async function readPage({ query }: HttpRequest): Promise<Checked<number> | AdminRefused> {
  return pageNumber('page', query.get('page'));
}

/** A positive number, or what is wrong with it. */
export function pageNumber(name: string, given: string | null): Checked<number> | AdminRefused {
  if (given === null) return passed(1);
  const page = INTEGER.test(given) ? Number(given) : Number.NaN;
  if (Number.isNaN(page)) return fieldRefusal(name, 'Not a valid integer.');
  return page < 1 ? fieldRefusal(name, 'Not a positive integer') : passed(Math.min(page, LAST_PAGE));
}

/** The same request for another page. */
function pageLink({ incoming, query }: HttpRequest, page: number): string {
  query.set('page', String(page));
  const [path = ''] = (incoming.url ?? '').split('?', 1);
  return `${path}?${query}`;
}

/** `prev`, `next` and `last`, as far as there are such pages (internal-api 2.2). */
export function fullLinks(request: HttpRequest, page: number, pages: number): Record<string, string> {
  return {
    ...(page > 1 ? { prev: pageLink(request, page - 1) } : {}),
    ...(page < pages ? { next: pageLink(request, page + 1), last: pageLink(request, pages) } : {}),
  };
}

/** `prev` and `next`, where the pages are not counted. */
export function lightLinks(request: HttpRequest, page: number, hasNext: boolean): Record<string, string> {
  return {
    ...(page > 1 ? { prev: pageLink(request, page - 1) } : {}),
    ...(hasNext ? { next: pageLink(request, page + 1) } : {}),
  };
}
