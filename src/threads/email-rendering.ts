import { type EmailParts, type EmailPartsInput, emailBodyHtml, emailParts } from '../content/email.ts';
import type { Values } from '../content/values.ts';
import type { Threads } from './threads.ts';

type Body = { body: string; values: Values | null };

/** Rendering emails: at once where they are small, as nearly all are, else in a thread. */
export type EmailRendering = {
  renderEmail(email: EmailPartsInput): EmailParts | Promise<EmailParts>;
  /** As `emailBodyHtml`. */
  renderEmailBody(email: Body): string | Promise<string>;
};

/** Characters. Rendering so many takes some ten milliseconds; the most that an email may have, a second or more. */
const MOST_AT_ONCE = 50_000;

export function emailRendering({ run }: Pick<Threads, 'run'>): EmailRendering {
  return {
    renderEmail: (email) => (isLarge(email) ? run('renderEmail', email) : emailParts(email)),
    renderEmailBody: (email) => (isLarge(email) ? run('renderEmailBody', email) : emailBodyHtml(email)),
  };
}

function isLarge({ body, values }: Body): boolean {
  return body.length + (values === null ? 0 : JSON.stringify(values).length) > MOST_AT_ONCE;
}
