import { storableText } from './json.ts';

/** Names of repeatable parameters become lists; of any other parameter the first value counts (public-api 2.0). */
export function readQuery(
  query: URLSearchParams,
  repeatable: readonly string[] = [],
): Record<string, string | string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name).map(storableText);
      return [storableText(name), repeatable.includes(name) ? values : (values[0] ?? '')];
    }),
  );
}
