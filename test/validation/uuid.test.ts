import { expect, test } from '@jest/globals';
import { parseUuid } from '../../src/validation/uuid.ts';

const CANONICAL = '4c1b2f7e-3a58-4d0c-9f56-8b7d1e2a6c90';

test.each([
  CANONICAL,
  CANONICAL.toUpperCase(),
  CANONICAL.replaceAll('-', ''),
  `{${CANONICAL}}`,
  `urn:uuid:${CANONICAL}`,
  `urn:uuid:{${CANONICAL.toUpperCase()}}`,
])('%s is a UUID', (text) => {
  expect(parseUuid(text)).toBe(CANONICAL);
});

test.each(['', 'x', `${CANONICAL} `, ` ${CANONICAL}`, `${CANONICAL}\n`, CANONICAL.slice(1), `${CANONICAL}0`, 'sms'])(
  '%j is none',
  (text) => {
    expect(parseUuid(text)).toBeNull();
  },
);
