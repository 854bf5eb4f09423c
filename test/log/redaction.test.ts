import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { redacted } from '../../src/log.ts';

const LOG = fileURLToPath(new URL('../../src/log.ts', import.meta.url));

describe('what reaches the log', () => {
  test('names of secrets are covered, in a fact and one level below', () => {
    const facts = { recipient: '07900900123', request: { headers: { a: 1 }, path: '/' }, status_code: 201 };
    expect(redacted(facts)).toEqual({
      recipient: '[redacted]',
      request: { headers: '[redacted]', path: '/' },
      status_code: 201,
    });
  });

  test('an error shows its name, code, message and stack, and nothing else of it', () => {
    const [line] = linesOf(
      `log.error({ err: Object.assign(new Error('broken'), { code: '23505', detail: 'Key (recipient)=(secret)' }) }, 'It failed')`,
    );
    expect(line).toMatchObject({ msg: 'It failed', err: { name: 'Error', code: '23505', message: 'broken' } });
    expect(JSON.stringify(line)).not.toContain('secret');
  });

  test('lines that wait to be written are written when the process ends, by itself or by process.exit', () => {
    expect(linesOf(`log.info({ n: 1 }, 'first'); log.info({ n: 2 }, 'second')`)).toHaveLength(2);
    expect(linesOf(`log.info({ n: 1 }, 'last words'); process.exitCode = 0; process.exit()`)).toHaveLength(1);
  });
});

/** The parsed lines that a process of its own writes. */
function linesOf(body: string): Record<string, unknown>[] {
  const program = `import { createLog } from ${JSON.stringify(LOG)}; const log = createLog('info'); ${body}`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
