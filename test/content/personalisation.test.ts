import { describe, expect, test } from '@jest/globals';
import {
  additionalPersonalisation,
  missingPersonalisation,
  type PersonalisedTemplate,
  requiredPersonalisation,
} from '../../src/content/personalisation.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

type Input = {
  template_type: 'sms' | 'email' | 'letter';
  content: string;
  subject: string | null;
  values: Values | null;
  contact_block?: string;
  letter_welsh_subject?: string;
  letter_welsh_content?: string;
};
type Expected = {
  required_personalisation: string[];
  missing: string[];
  additional: string[];
  api_error: string | null;
};

function templateOf(input: Input): PersonalisedTemplate {
  return {
    type: input.template_type,
    body: input.content,
    subject: input.subject ?? '',
    contactBlock: input.contact_block ?? null,
    welshSubject: input.letter_welsh_subject ?? null,
    welshBody: input.letter_welsh_content ?? null,
  };
}

describe('personalisation', () => {
  test.each(vectors<Input, Expected>('personalisation'))('%s', (_, { input, expected }) => {
    const template = templateOf(input);
    const missing = missingPersonalisation(template, input.values);
    expect(requiredPersonalisation(template)).toEqual(expected.required_personalisation);
    expect(missing).toEqual(expected.missing);
    expect(additionalPersonalisation(template, input.values)).toEqual(expected.additional);
    expect(missing.length === 0 ? null : `Missing personalisation: ${missing.join(', ')}`).toBe(expected.api_error);
  });
});
