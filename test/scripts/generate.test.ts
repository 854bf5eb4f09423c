import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withSettings } from '../../scripts/generate/settings-table.ts';
import { secret, text } from '../../src/config/settings.ts';

const SCRIPT = path.join(import.meta.dirname, '../../scripts/generate.ts');
const MARKED = 'Before\n<!-- config:start -->\nold\n<!-- config:end -->\nAfter\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'generate-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function generate(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

test('what was generated is fresh, and stays as it is when generated again', () => {
  writeFileSync(path.join(folder, 'README.md'), MARKED);
  expect(generate().stdout).toContain('Wrote docs/charts/notification.svg\n');
  expect(generate('--check')).toMatchObject({ status: 0, stdout: '' });
  expect(generate()).toMatchObject({ status: 0, stdout: '' });
  expect(read('docs/charts/notification.md')).toContain('| `created.calling` |');
  expect(read('README.md')).toMatch(/^Before\n.*`NOTIFY_ENVIRONMENT`.*\nAfter\n$/s);
});

test('a check names each stale file, changes none, and ends with 1', () => {
  writeFileSync(path.join(folder, 'README.md'), MARKED);
  generate();
  appendFileSync(path.join(folder, 'docs/charts/notification.md'), 'edited\n');
  rmSync(path.join(folder, 'docs/charts/service-callback.svg'));
  const { status, stdout } = generate('--check');
  expect(status).toBe(1);
  expect(stdout).toBe('Stale: docs/charts/notification.md\nStale: docs/charts/service-callback.svg\n');
  expect(read('docs/charts/notification.md')).toMatch(/edited\n$/);
});

test.each([
  ['is missing', null],
  ['has no markers', 'No place for a table\n'],
])('a README that %s is left alone with a warning, and fails the check', (_title, readme) => {
  if (readme) writeFileSync(path.join(folder, 'README.md'), readme);
  const written = generate();
  expect(written.status).toBe(0);
  expect(written.stderr).toContain('README.md has no place for the settings');
  if (readme) expect(read('README.md')).toBe(readme);
  expect(generate('--check').status).toBe(1);
});

describe('the table of settings', () => {
  const table =
    withSettings(MARKED, { PLACE: text('a|b', 'Where | when.'), KEY: secret('dev-secret', 'Opens it.') }) ?? '';

  test('has name, meaning and default', () => {
    expect(table).toContain('| `PLACE` | Where \\| when. | `a\\|b` |\n');
  });

  test('does not show a secret’s default', () => {
    expect(table).toContain('| `KEY` | Opens it. | (development only) |\n');
    expect(table).not.toContain('dev-secret');
  });
});
