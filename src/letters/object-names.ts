import type { LetterPostage } from '../../machines/letter.types.ts';
import { isoDate, toLondonTime } from '../content/london-time.ts';

/** What a letter's file is named after. `createdAt` is milliseconds since the epoch. */
export type LetterNaming = { reference: string; postage: LetterPostage; createdAt: number };

/** `1` to `N` are the printer's letters for postage; economy has a word. Source: letters-broadcasts 2.2. */
const CLASSES: Readonly<Record<LetterPostage, string>> = {
  first: '1',
  second: '2',
  economy: 'ECONOMY',
  europe: 'E',
  'rest-of-world': 'N',
};

const DAY_MS = 86_400_000;
/** 17:30:00, in milliseconds since midnight. */
const DEADLINE_MS = 63_000_000;

function fileName({ reference, postage, createdAt }: LetterNaming): string {
  const timestamp = new Date(createdAt).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return `NOTIFY.${reference}.D.${CLASSES[postage]}.C.${timestamp}.PDF`.toUpperCase();
}

/** The print date in London: the next day for letters made later than 17:30:00. */
function printFolder(createdAt: number): string {
  const time = toLondonTime(new Date(createdAt));
  const isLate = time.getTime() % DAY_MS > DEADLINE_MS;
  return isoDate(new Date(time.getTime() + (isLate ? DAY_MS : 0)));
}

/** Where a PDF that was sent to us waits for its scan and its checks. `naming` has the postage that was asked for. */
export function scanKey(naming: LetterNaming): string {
  return `letters-scan/${fileName(naming)}`;
}

/** Where the scanner's finds go, and what it could not read. */
export function setAsideKey(naming: LetterNaming, why: 'FAILURE' | 'ERROR'): string {
  return `letters-scan/${why}/${fileName(naming)}`;
}

/** Where a letter that keeps the rules lies: by print date, or among the test letters. */
export function validKey(naming: LetterNaming, keyType: 'normal' | 'test'): string {
  return keyType === 'test'
    ? `test-letters/${fileName(naming)}`
    : `letters-pdf/${printFolder(naming.createdAt)}/${fileName(naming)}`;
}

export function invalidKey(naming: LetterNaming): string {
  return `letters-invalid-pdf/${fileName(naming)}`;
}
