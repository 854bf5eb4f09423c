import { type EmailParts, type EmailPartsInput, emailBodyHtml, emailParts } from '../content/email.ts';
import type { Values } from '../content/values.ts';
import { isBcryptPassword } from '../crypto/bcrypt.ts';
import { type CheckedPdf, type CheckPdfOptions, checkPdf } from '../letters/check-pdf.ts';
import type { MadePdf } from '../letters/letter-pdf.ts';
import { makeTemplatedLetter, type TemplatedLetter } from '../letters/templated-letter.ts';

/**
 * What is computed beside the main thread: by name, input and output. Both cross as structured clones, so that a Buffer
 * arrives as a plain array of bytes.
 */
export type Tasks = {
  renderEmail(email: EmailPartsInput): EmailParts;
  renderEmailBody(email: { body: string; values: Values | null }): string;
  makeLetter(letter: TemplatedLetter): Promise<MadePdf>;
  isBcryptPassword(check: { password: string; stored: string }): boolean;
  checkPdf(pdf: { content: Uint8Array; options: CheckPdfOptions }): Promise<CheckedPdf>;
};

export const tasks: Tasks = {
  renderEmail: emailParts,
  renderEmailBody: emailBodyHtml,
  makeLetter: makeTemplatedLetter,
  isBcryptPassword,
  checkPdf: ({ content, options }) => checkPdf(content, options),
};
