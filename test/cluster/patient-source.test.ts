import { describe, expect, jest, test } from '@jest/globals';
import { patientSource } from '../../src/app/patient-source.ts';
import type { DirectorySource } from '../../src/db/cached-directory.ts';
import { Overloaded } from '../../src/runtime/group-commit.ts';

const sourceOf = (service: DirectorySource['service']): DirectorySource => ({
  service,
  template: async () => null,
  providers: async () => [],
});

describe('reading services, templates and providers', () => {
  test('goes on over a database that is away for a moment', async () => {
    let failures = 3;
    const source = patientSource(
      sourceOf(async () => {
        if (failures-- > 0) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
        return null;
      }),
    );
    expect(await source.service('1')).toBeNull();
    expect(failures).toBe(-1);
  });

  test('a fault that does not pass is told at once', async () => {
    const source = patientSource(sourceOf(() => Promise.reject(new Error('no such table'))));
    await expect(source.service('1')).rejects.toThrow('no such table');
  });

  test('a database that gives no answer is given up', async () => {
    jest.useFakeTimers();
    try {
      const answer = expect(patientSource(sourceOf(() => new Promise(() => {}))).service('1')).rejects.toBeInstanceOf(
        Overloaded,
      );
      jest.advanceTimersByTime(10_000);
      await answer;
    } finally {
      jest.useRealTimers();
    }
  });
});
