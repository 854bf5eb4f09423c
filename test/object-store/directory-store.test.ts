import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { directoryStore } from '../../src/object-store/directory-store.ts';
import { ObjectStoreError, readAll } from '../../src/object-store/object-store.ts';
import { objectStoreContract } from './contract.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'notify-objects-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('a directory', () => {
  const store = directoryStore(directory);
  objectStoreContract(() => store);

  test('nothing half-written is left behind, and nobody else may read', async () => {
    const root = path.join(directory, 'tidy');
    await directoryStore(root).put('a/b', Buffer.from('x'));
    expect(readdirSync(path.join(root, '.tmp'))).toEqual([]);
    expect(readdirSync(path.join(root, 'a'))).toEqual(['=b']);
  });

  test('what a process left that ended while it wrote is removed an hour later', async () => {
    const root = path.join(directory, 'untidy');
    mkdirSync(path.join(root, '.tmp'), { recursive: true });
    for (const name of ['old', 'new']) writeFileSync(path.join(root, '.tmp', name), 'half');
    const longAgo = Date.now() / 1000 - 3700;
    utimesSync(path.join(root, '.tmp', 'old'), longAgo, longAgo);
    await directoryStore(root).put('a', Buffer.from('x'));
    expect(readdirSync(path.join(root, '.tmp'))).toEqual(['new']);
  });

  test('many writers of one key leave one whole object', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => Buffer.alloc(50_000, index));
    await Promise.all(contents.map((content) => store.put('contended', content)));
    const object = await store.get('contended');
    const kept = object && (await readAll(object));
    expect(contents.some((content) => kept?.equals(content))).toBe(true);
  });

  test('a file that is no object, or cannot be written, is a typed failure', async () => {
    writeFileSync(path.join(directory, '=broken'), 'x');
    await expect(store.get('broken')).rejects.toThrow(ObjectStoreError);
    writeFileSync(path.join(directory, 'file'), 'x');
    await expect(store.put('file/below', Buffer.from('x'))).rejects.toThrow(ObjectStoreError);
    expect(await store.get('file/below')).toBeNull();
  });
});
