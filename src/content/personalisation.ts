import { normaliseKey } from './keys.ts';
import { placeholderNames } from './placeholders.ts';
import { type Values, valuesByKey } from './values.ts';

/** What of a template can hold placeholders. */
export type PersonalisedTemplate =
  | { type: 'sms'; body: string }
  | { type: 'email'; subject: string; body: string }
  | {
      type: 'letter';
      subject: string;
      body: string;
      contactBlock?: string | null;
      welshSubject?: string | null;
      welshBody?: string | null;
    };

function textsOf(template: PersonalisedTemplate): string[] {
  if (template.type === 'sms') return [template.body];
  if (template.type === 'email') return [template.subject, template.body];
  const { contactBlock, welshSubject, welshBody, subject, body } = template;
  return [contactBlock ?? '', welshSubject ?? '', welshBody ?? '', subject, body];
}

/** Every placeholder's name, conditional ones included, in the template's order and first spelling (content 1.3). */
export function requiredPersonalisation(template: PersonalisedTemplate): string[] {
  return placeholderNames(...textsOf(template));
}

/** The required names without a value. Empty text, `false`, 0 and an empty list are values; null is none. */
export function missingPersonalisation(template: PersonalisedTemplate, values: Values | null): string[] {
  const byKey = valuesByKey(values);
  return requiredPersonalisation(template).filter((name) => !byKey.has(normaliseKey(name)));
}

/** The supplied keys that fill no placeholder, as spelled. */
export function additionalPersonalisation(template: PersonalisedTemplate, values: Values | null): string[] {
  const required = new Set(requiredPersonalisation(template).map(normaliseKey));
  return Object.keys(values ?? {}).filter((key) => !required.has(normaliseKey(key)));
}
