import { describe, expect, test } from '@jest/globals';
import { scheduledForProblem } from '../../src/validation/scheduled-for.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');

describe('scheduled_for', () => {
  test.each([
    '2026-03-02T12:00',
    '2026-03-02 12:30:15',
    '2026-03-02T12:30:15.123456',
    '2026-03-03',
    '20260303',
    '2026-03-03T12:00:00Z',
    '2026-03-02T12:00:00+05:00',
    '2026-03-03T11:59-0800',
  ])('%s is right: an offset is dropped without conversion', (text) => {
    expect(scheduledForProblem(text, NOW)).toBeNull();
  });

  test.each(['2026-03-02', '2026-03-02T11:59:59', '2026-03-02T11:59:59-05:00'])('%s is in the past', (text) => {
    expect(scheduledForProblem(text, NOW)).toBe('datetime can not be in the past');
  });

  test.each(['2026-03-03T12:00:01', '2026-03-04'])('%s is too far ahead', (text) => {
    expect(scheduledForProblem(text, NOW)).toBe('datetime can only be 24 hours in the future');
  });

  test.each(['', 'tomorrow', '2026-02-30', '2026-13-01', '2026-03-02T24:00', '2026-03-02T12:00 ', '12:00'])(
    '%j is no date',
    (text) => {
      expect(scheduledForProblem(text, NOW)).toMatch(/^datetime format is invalid\./);
    },
  );
});
