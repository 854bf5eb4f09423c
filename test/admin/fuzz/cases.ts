import fc from 'fast-check';
import { adminToken, UNKNOWN } from '../admin-bench.ts';
import type { FuzzedRoute } from './route-table.ts';
import type { Sent } from './sender.ts';
import type { World } from './world.ts';

type OddBody = { changes: [number | string, unknown][] } | { raw: string };

/** What is odd about a request; everything else in it is right. */
export type Case = {
  /** Which of the things of a kind is asked about. */
  nth?: number;
  body?: OddBody;
  /** By the place of the part in the path. */
  parts?: [number, string][];
  query?: string;
  contentType?: string;
  token?: keyof typeof TOKENS;
};

const DEEP = 50_000;

/** Values of the wrong type or size for most fields. */
const ODD: readonly unknown[] = [
  null,
  true,
  7,
  -1,
  99_999_999_999,
  1e300,
  '',
  'x'.repeat(256),
  'x'.repeat(20_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff.example.gov.uk',
  'urn:uuid:00000000-0000-4000-8000-00000000dead',
  UNKNOWN,
  UNKNOWN.toUpperCase(),
  '0000-01-01 00:00:00.000000',
  '9999-12-31T23:59:59.999999+14:00',
  '2026-13-45T25:61:61',
  "'; drop table users; --",
  [],
  [null],
  ['\u0000'],
  [UNKNOWN, UNKNOWN],
  [{}],
  {},
  { constructor: 1, toString: 2 },
];

const RAW: readonly string[] = [
  '',
  '{',
  '{"a":',
  'null',
  'nul',
  '[]',
  '"x"',
  '7',
  '{"name":"A","name":7,"name":null}',
  '{"__proto__":{"name":"A"},"constructor":{"prototype":1}}',
  '{"a":1e999}',
  '{"a":NaN}',
  '{"a":"\u0001"}',
  '\ufeff{}',
  '{"a":"\\u0000","\\ud800":"\\udc00"}',
  "{'a':1}",
  '[1,2',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
];

/** Encoded, as they stand in a path. */
const ODD_PARTS = [
  '',
  'x',
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%ff',
  '%2F',
  '..%2f..',
  '%2e%2e',
  '-1',
  '0',
  '99999999999999999999999999',
  UNKNOWN,
  UNKNOWN.toUpperCase(),
  UNKNOWN.replaceAll('-', ''),
  `%7B${UNKNOWN}%7D`,
  `urn:uuid:${UNKNOWN}`,
  `${UNKNOWN}%20`,
  'x'.repeat(8000),
  '%F0%9F%98%80',
  'null',
  '__proto__',
  "';--",
];

const QUERY_NAMES = [
  'user_id',
  'only_active',
  'detailed',
  'include_from_test_key',
  'start_date',
  'end_date',
  'service_name',
  'today_only',
  'limit_days',
  'domain',
  'email',
  'page',
  'page_size',
  'status',
  'template_type',
  'older_than',
  'to',
  'format_for_csv',
  'reported_at',
  'year',
  '__proto__',
];
/** Encoded, too; `%D9%A3` is an Arabic three. */
const QUERY_VALUES = [
  'True',
  'False',
  'sms',
  UNKNOWN,
  '',
  '%',
  '%00',
  '%ff',
  '%ED%A0%80',
  '%5B%5D',
  '+',
  'x'.repeat(500),
].concat(['0', '1', '-1', '1e9', '99999999999', '%D9%A3', '2026-01-01', '0001-01-01', '9999-12-31', '2026-02-31']);

const TOKENS = {
  right: () => adminToken(),
  none: () => null,
  nonsense: () => 'nonsense',
  'three dots': () => '...',
  'a null byte': () => 'a.%00.b',
  huge: () => `${'a'.repeat(6000)}.b.c`,
  expired: () => adminToken({ iat: Math.floor(Date.now() / 1000) - 31 }),
  'from the future': () => adminToken({ iat: 1e300 }),
  'of no time': () => adminToken({ iat: {} }),
  'of another client': () => adminToken({ iss: 'govuk-alerts' }),
  'of a list': () => adminToken({ iss: [UNKNOWN] }),
  'signed otherwise': () => adminToken({}, 'another secret'),
};

const unicode = fc.string({ unit: 'binary' });
/** In place of it stands an id of something, right for other fields or for none. */
const ANY_ID = '\u0001';
const value = fc.oneof(
  { weight: 1, arbitrary: fc.nat(50).map((nth) => ANY_ID + nth) },
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  fc.jsonValue({ maxDepth: 3 }),
  unicode,
);
/** The nth of the fields that the route knows, or some other name. */
const name = fc.oneof(
  { weight: 5, arbitrary: fc.nat(40) },
  fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'x', '\u0000', 'page'),
  unicode,
);
const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_PARTS) },
  unicode.map((text) => encodeURIComponent(text.toWellFormed())),
);
const changed = fc.record({ changes: fc.array(fc.tuple(name, value), { maxLength: 3 }) });
const raw = fc.record({ raw: fc.oneof(fc.constantFrom(...RAW), unicode) });
const body: fc.Arbitrary<OddBody> = fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: raw });
const parts = (minLength: number) => fc.array(fc.tuple(fc.nat(3), part), { minLength, maxLength: 2 });
const queryValue = fc.oneof(
  fc.constantFrom(...QUERY_VALUES),
  unicode.map((text) => encodeURIComponent(text.toWellFormed())),
);
const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERY_NAMES), queryValue), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const nth = fc.nat(5);
const token = fc.constantFrom(...(Object.keys(TOKENS) as (keyof typeof TOKENS)[]));
const contentType = fc.constantFrom('', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'x');

/** Cases for routes that take bodies, and for those that do not. */
export function anyCase(takesBody: boolean): fc.Arbitrary<Case> {
  return fc.oneof<fc.WeightedArbitrary<Case>[]>(
    { weight: takesBody ? 12 : 1, arbitrary: fc.record({ nth, body }) },
    { weight: takesBody ? 1 : 8, arbitrary: fc.record({ nth, query }) },
    { weight: 4, arbitrary: fc.record({ nth, parts: parts(1) }) },
    { weight: 2, arbitrary: fc.record({ nth, token }) },
    { weight: 1, arbitrary: fc.record({ nth, contentType }) },
    { weight: 1, arbitrary: fc.record({ nth, body, query, parts: parts(0) }) },
  );
}

/** Every odd value in every field that a route knows. */
export function eachOddValue(names: readonly string[]): Case[] {
  return names.flatMap((name) => ODD.map((odd) => ({ body: { changes: [[name, odd]] } })));
}

/** Every odd value in all parameters at once, and the oddest in each alone. */
export function eachOddQuery(): Case[] {
  const together = QUERY_VALUES.map((value) => QUERY_NAMES.map((name) => `${name}=${value}`).join('&'));
  return [...together, ...QUERY_NAMES.map((name) => `${name}=a%00b`)].map((query) => ({ query }));
}

/** The request of a case. `right` is what the route's callers send. */
export function requestOf(
  route: FuzzedRoute,
  right: Readonly<Record<string, unknown>>,
  world: World,
  { nth = 0, body, parts = [], query = '', contentType = 'application/json', token = 'right' }: Case,
): Sent {
  const odd = new Map(parts.map(([nth, text]) => [route.parts[nth % Math.max(1, route.parts.length)], text]));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known = world.ids[name] ?? ['a.token.like%2Ethis'];
    return odd.get(name) ?? known[nth % known.length] ?? '';
  });
  const signed = TOKENS[token]();
  return {
    method: route.method,
    isTrusted: token === 'right',
    path: query === '' ? path : `${path}?${query}`,
    headers: {
      ...(contentType === '' ? {} : { 'content-type': contentType }),
      ...(signed === null ? {} : { authorization: `Bearer ${signed}` }),
    },
    body:
      body !== undefined && 'raw' in body
        ? body.raw
        : bodyText(right, body?.changes ?? [], Object.values(world.ids).flat()),
  };
}

function bodyText(
  right: Readonly<Record<string, unknown>>,
  changes: readonly [number | string, unknown][],
  ids: readonly string[],
): string {
  const names = Object.keys(right);
  const members = new Map(Object.entries(right));
  for (const [given, odd] of changes) {
    const name = typeof given === 'string' ? given : (names[given % names.length] ?? 'x');
    const isId = typeof odd === 'string' && odd.startsWith(ANY_ID);
    members.set(name, isId ? ids[Number(odd.slice(1)) % ids.length] : odd);
  }
  if (members.size === 0) return '';
  // Written by hand, so that `__proto__` is a member like others.
  const text = [...members].map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member) ?? 'null'}`);
  return `{${text.join(',')}}`;
}
