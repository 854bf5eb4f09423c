import { contactBlockHtml, letterBodyHtml, letterSubjectHtml } from '../content/letter.ts';
import { letterDate } from '../content/letter-date.ts';
import type { Values } from '../content/values.ts';
import { type MadePdf, makeLetterPdf } from './letter-pdf.ts';

/** A letter from a template, before anything is filled in. */
export type TemplatedLetter = {
  addressLines: readonly string[];
  contactBlock: string | null;
  subject: string;
  body: string;
  values: Values | null;
  /** When it was accepted; its date. */
  createdAt: Date;
};

/** Fills a template in and makes its PDF. */
export function makeTemplatedLetter(letter: TemplatedLetter): Promise<MadePdf> {
  const { addressLines, contactBlock, subject, body, values, createdAt } = letter;
  return makeLetterPdf({
    addressLines,
    contactBlock: contactBlockHtml(contactBlock, values),
    date: letterDate(createdAt, 'english'),
    heading: letterSubjectHtml(subject, values),
    body: letterBodyHtml(body, values),
    createdAt,
  });
}
