import { describe, expect, test } from '@jest/globals';
import { boundedLog } from '../../src/sandbox/bounded-log.ts';
import { OUTCOMES, outcomeForEmailAddress, outcomeForPhoneNumber } from '../../src/sandbox/outcomes.ts';
import { referenceCounts } from '../../src/sandbox/reference-counts.ts';

describe('a bounded log', () => {
  const log = () => boundedLog<string>({ maxEntries: 3, maxCharacters: 10 }, (entry) => entry.length);

  test('keeps the newest entries, newest first', () => {
    const entries = log();
    for (const entry of ['a', 'b', 'c', 'd']) entries.add(entry);
    expect(entries.entries()).toEqual(['d', 'c', 'b']);
  });

  test('keeps no more characters than it may, but always the newest', () => {
    const entries = log();
    for (const entry of ['aaaaa', 'bbbbb', 'c']) entries.add(entry);
    expect(entries.entries()).toEqual(['c', 'bbbbb']);
    entries.add('d'.repeat(50));
    expect(entries.entries()).toEqual(['d'.repeat(50)]);
    entries.add('e');
    expect(entries.entries()).toEqual(['e']);
  });

  test('starts afresh when cleared', () => {
    const entries = log();
    for (const entry of ['aaaaa', 'bbbb']) entries.add(entry);
    entries.clear();
    for (const entry of ['c', 'd', 'e', 'f']) entries.add(entry);
    expect(entries.entries()).toEqual(['f', 'e', 'd']);
  });
});

describe('reference counts', () => {
  test('count each sighting, across generations', () => {
    const counts = referenceCounts(2);
    expect(['a', 'b', 'a', 'a'].map(counts.count)).toEqual([1, 1, 2, 3]);
    expect(counts.totals()).toEqual({ references: 2, repeated: 1 });
  });

  test('forget the oldest references', () => {
    const counts = referenceCounts(2);
    for (const reference of ['a', 'b', 'c', 'd']) counts.count(reference);
    expect(['a', 'c'].map(counts.timesSeen)).toEqual([0, 1]);
  });
});

describe('outcomes', () => {
  test.each(OUTCOMES)('$name can be had by its recipients', (outcome) => {
    const { phoneNumber, localPart } = outcome;
    if (phoneNumber !== null) {
      expect(outcomeForPhoneNumber(phoneNumber)).toBe(outcome);
      expect(outcomeForPhoneNumber(`44${phoneNumber.slice(1)}`)).toBe(outcome);
    }
    if (localPart !== null) {
      expect(outcomeForEmailAddress(`${localPart}@example.com`)).toBe(outcome);
      expect(outcomeForEmailAddress(`${localPart.toUpperCase()}+7@simulator.notify`)).toBe(outcome);
    }
  });
});
