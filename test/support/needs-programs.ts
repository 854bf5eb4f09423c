import { spawnSync } from 'node:child_process';
import { describe, test } from '@jest/globals';

/** Tests that need a program. Where there is none they say so instead of running; in CI they run, and fail. */
function describeWith(program: string) {
  const missing = `not run: this machine has no ${program} (apt-get install ${program})`;
  return (name: string, tests: () => void): void => {
    const isInstalled = spawnSync(program, ['--version']).status === 0;
    if (isInstalled || process.env['CI']) describe(name, tests);
    else
      describe(name, () => {
        test(missing, () => console.warn(`${name}: ${missing}`));
      });
  };
}

export const describeWithNats = describeWith('nats-server');
export const describeWithRedis = describeWith('redis-server');
