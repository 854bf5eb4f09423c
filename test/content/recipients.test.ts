import { describe, expect, test } from '@jest/globals';
import { isGovernmentEmailAddress, normaliseEmailAddress, parseEmailAddress } from '../../src/content/email-address.ts';
import { formatRecipient, isAllowedRecipient } from '../../src/content/recipients.ts';
import { vectors } from './vectors.ts';

describe('email addresses', () => {
  type Expected = {
    valid: boolean;
    error: string | null;
    validated: string | null;
    formatted: string | null;
    stored_normalised: string;
  };
  test.each(vectors<{ email_address: string }, Expected>('email-addresses'))('%s', (_, { input, expected }) => {
    const parsed = parseEmailAddress(input.email_address);
    expect({
      valid: parsed.ok,
      error: parsed.ok ? null : parsed.message,
      validated: parsed.ok ? parsed.address : null,
      formatted: parsed.ok ? parsed.normalised : null,
      stored_normalised: normaliseEmailAddress(input.email_address),
    }).toEqual(expected);
  });
});

describe('public-sector email domains', () => {
  type Input = { email_address: string };
  test.each(vectors<Input, { government: boolean }>('government-email-domains'))('%s', (_, { input, expected }) => {
    expect(isGovernmentEmailAddress(input.email_address)).toBe(expected.government);
  });
});

describe('formatted recipients', () => {
  test.each(vectors<{ recipient: unknown }, { formatted: string }>('format-recipient'))('%s', (_, vector) => {
    expect(formatRecipient(vector.input.recipient)).toBe(vector.expected.formatted);
  });
});

describe('allowed recipients', () => {
  type Input = { recipient: string; allowlist: string[] };
  test.each(vectors<Input, { allowed: boolean }>('recipient-allowlist'))('%s', (_, { input, expected }) => {
    expect(isAllowedRecipient(input.recipient, input.allowlist)).toBe(expected.allowed);
  });
});
