import { spawnSync } from 'node:child_process';
import { describe, test } from '@jest/globals';

const MISSING = 'not run: this machine has no redis-server (apt-get install redis-server)';

/** Tests that need a redis-server. Where there is none they say so instead of running; in CI they run, and fail. */
export function describeWithRedis(name: string, tests: () => void): void {
  const isInstalled = spawnSync('redis-server', ['--version']).status === 0;
  if (isInstalled || process.env['CI']) describe(name, tests);
  else
    describe(name, () => {
      test(MISSING, () => console.warn(`${name}: ${MISSING}`));
    });
}
