import { setTimeout as sleep } from 'node:timers/promises';
import type { DirectorySource } from '../db/cached-directory.ts';
import { Overloaded } from '../runtime/group-commit.ts';
import { isRetryable } from '../runtime/postgres/errors.ts';

/** As long as a new message waits for the database. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 100;

/**
 * Reads again while the database cannot be reached, for ten seconds in all: a restarted database then fails no request
 * and no attempt to send. Callers share their reads. One that gets no answer, for the database stands still, ends with
 * `Overloaded`, so that those who wait for it do not gather without end.
 */
export function patientSource(source: DirectorySource): DirectorySource {
  return {
    service: (serviceId) => patiently(() => source.service(serviceId)),
    template: (serviceId, templateId, version) => patiently(() => source.template(serviceId, templateId, version)),
    providers: () => patiently(() => source.providers()),
  };
}

async function patiently<T>(read: () => Promise<T>): Promise<T> {
  const { promise: outOfPatience, reject } = Promise.withResolvers<never>();
  const over = new AbortController();
  const timer = setTimeout(() => reject(new Overloaded()), PATIENCE_MS);
  try {
    return await Promise.race([untilReachable(read, over.signal), outOfPatience]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function untilReachable<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (signal.aborted || !isRetryable(error)) throw error;
      await sleep(RETRY_MS);
    }
  }
}
