import { toLondonTime } from './london-time.ts';

export type LetterLanguage = 'english' | 'welsh';

const MONTHS: Readonly<Record<LetterLanguage, readonly string[]>> = {
  english: 'January February March April May June July August September October November December'.split(' '),
  welsh: 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr'.split(' '),
};

/** The date printed on a letter, London's: `4 May 2026`. */
export function letterDate(createdAt: Date, language: LetterLanguage): string {
  const time = toLondonTime(createdAt);
  return `${time.getUTCDate()} ${MONTHS[language][time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}
