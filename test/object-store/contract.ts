import { expect, test } from '@jest/globals';
import { type ObjectStore, readAll } from '../../src/object-store/object-store.ts';

/** What every object store promises. */
export function objectStoreContract(open: () => ObjectStore): void {
  const content = async (key: string) => {
    const object = await open().get(key);
    return object && (await readAll(object));
  };

  test('an object comes back byte for byte, with its size and metadata', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
    await open().put('documents/a/1', bytes, { 'made-by': 'a test', empty: '' });
    const object = await open().get('documents/a/1');
    expect(object).toMatchObject({ sizeBytes: 300_000, metadata: { 'made-by': 'a test', empty: '' } });
    expect(object && (await readAll(object)).equals(bytes)).toBe(true);
    expect(await open().head('documents/a/1')).toEqual({
      sizeBytes: 300_000,
      metadata: { 'made-by': 'a test', empty: '' },
    });
  });

  test('putting again replaces content and metadata', async () => {
    await open().put('twice', Buffer.from('first'), { old: 'yes' });
    await open().put('twice', Buffer.from('second'));
    expect(await content('twice')).toEqual(Buffer.from('second'));
    expect(await open().head('twice')).toEqual({ sizeBytes: 6, metadata: {} });
  });

  test('an object without content is an object', async () => {
    await open().put('empty', Buffer.alloc(0));
    expect(await open().head('empty')).toMatchObject({ sizeBytes: 0 });
    expect(await content('empty')).toEqual(Buffer.alloc(0));
  });

  test('what is not there is null, and can be deleted', async () => {
    expect(await open().get('nothing/here')).toBeNull();
    expect(await open().head('nothing/here')).toBeNull();
    await open().delete('nothing/here');
  });

  test('a deleted object is gone', async () => {
    await open().put('short/lived', Buffer.from('x'));
    await open().delete('short/lived');
    expect(await open().head('short/lived')).toBeNull();
  });

  test('a key may continue another', async () => {
    await open().put('whole', Buffer.from('1'));
    await open().put('whole/part', Buffer.from('2'));
    expect(await content('whole')).toEqual(Buffer.from('1'));
    expect(await content('whole/part')).toEqual(Buffer.from('2'));
  });

  test.each(['', '/a', 'a/', 'a//b', '../a', 'a/../../b', '.tmp/a', 'a/.b', 'a b', 'a\\b', 'é', '=a', 'x'.repeat(513)])(
    'the key %j is refused',
    async (key) => {
      await expect(open().put(key, Buffer.from('x'))).rejects.toThrow(RangeError);
      await expect(open().get(key)).rejects.toThrow(RangeError);
    },
  );

  test.each([[{ Name: 'x' }], [{ name: 'line\nbreak' }], [{ name: 'é' }], [{ name: ' x' }]])(
    'the metadata %j is refused',
    async (metadata) => {
      await expect(open().put('a', Buffer.from('x'), metadata)).rejects.toThrow(RangeError);
    },
  );
}
