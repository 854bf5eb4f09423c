import table from './data/countries.json' with { type: 'json' };
import { downgradeToAscii } from './downgrade.ts';

export const UNITED_KINGDOM = 'United Kingdom';

export type PostageZone = 'united-kingdom' | 'europe' | 'rest-of-world';

/** A country by its canonical name. Parts of the United Kingdom and Crown dependencies are the United Kingdom. */
export type Country = { name: string; postageZone: PostageZone };

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(table.names));
const EUROPE: ReadonlySet<string> = new Set(
  Object.entries(table.zones).flatMap(([name, zone]) => (zone === 'europe' ? [name] : [])),
);

const DIGIT = /\p{Nd}/u;
const AND = /[&+]/g;
const IGNORED = /[ _\-'’,.()]/g;
/** `the Gambia`, and the Welsh articles. */
const ARTICLES = ['', 'the', 'yr', 'y'];

function zoneOf(name: string): PostageZone {
  if (name === UNITED_KINGDOM) return 'united-kingdom';
  return EUROPE.has(name) ? 'europe' : 'rest-of-world';
}

function normaliseName(name: string): string {
  const normalised = name.replace(AND, 'and').replace(IGNORED, '').toLowerCase();
  const ascii = downgradeToAscii(normalised);
  return ascii.includes('?') ? normalised : ascii;
}

/** The country that a line names in any of its usual spellings, or null. Text with a digit names none (content 5.5). */
export function findCountry(text: string): Country | null {
  if (DIGIT.test(text)) return null;
  const normalised = normaliseName(text);
  for (const article of ARTICLES) {
    const name = NAMES.get(article + normalised);
    if (name !== undefined) return { name, postageZone: zoneOf(name) };
  }
  return null;
}
