import { beforeEach, describe, expect, test } from '@jest/globals';
import { cachedDirectory, type Directory, type DirectorySource } from '../../src/db/cached-directory.ts';
import { ttlCache } from '../../src/db/ttl-cache.ts';

/** A source that records what was asked of it and answers when told to. */
function controlledSource() {
  const asked: string[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const answerLater = (question: string) => {
    asked.push(question);
    return new Promise<null>((resolve, reject) => {
      answers.push((error) => (error ? reject(error) : resolve(null)));
    });
  };
  const source: DirectorySource = {
    service: (id) => answerLater(`service ${id}`),
    template: (serviceId, id, version) => answerLater(`template ${serviceId} ${id} ${version ?? 'current'}`),
    providers: async () => {
      asked.push('providers');
      return [];
    },
  };
  const answer = (error?: Error) => answers.shift()?.(error);
  return { asked, source, answer };
}

let now: number;
let control: ReturnType<typeof controlledSource>;
let directory: Directory;
beforeEach(() => {
  now = 0;
  control = controlledSource();
  directory = cachedDirectory(control.source, { now: () => now });
});

const fill = async (look: () => unknown) => {
  const pending = look();
  control.answer();
  await pending;
};

describe('a service', () => {
  test('is asked for once by callers that miss together', async () => {
    const both = [directory.service('a'), directory.service('a')];
    control.answer();
    expect(await Promise.all(both)).toEqual([null, null]);
    expect(control.asked).toEqual(['service a']);
  });

  test('is answered without a promise for 2 seconds, also when it does not exist', async () => {
    await fill(() => directory.service('a'));
    now = 1999;
    expect(directory.service('a')).toBeNull();
    now = 2000;
    expect(directory.service('a')).toBeInstanceOf(Promise);
    expect(control.asked).toEqual(['service a', 'service a']);
  });

  test('is asked for again after a failure, which every waiting caller sees', async () => {
    const both = Promise.allSettled([directory.service('a'), directory.service('a')]);
    control.answer(new Error('connection lost'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await fill(() => directory.service('a'));
    expect(directory.service('a')).toBeNull();
  });
});

describe('invalidating a service', () => {
  test('forgets it and all its templates, and no other', async () => {
    for (const look of [
      () => directory.service('a'),
      () => directory.template('a', 't'),
      () => directory.template('a', 't', 1),
      () => directory.service('b'),
    ]) {
      await fill(look);
    }
    directory.invalidateService('a');
    expect(directory.service('a')).toBeInstanceOf(Promise);
    expect(directory.template('a', 't')).toBeInstanceOf(Promise);
    expect(directory.template('a', 't', 1)).toBeInstanceOf(Promise);
    expect(directory.service('b')).toBeNull();
  });

  test('has a load that was under way neither kept nor shared', async () => {
    const before = directory.service('a');
    directory.invalidateService('a');
    const after = directory.service('a');
    control.answer();
    await before;
    expect(directory.service('a')).toBe(after);
    control.answer();
    await after;
    expect(directory.service('a')).toBeNull();
    expect(control.asked).toEqual(['service a', 'service a']);
  });
});

test('a current template lives 2 seconds, a version of it 30', async () => {
  await fill(() => directory.template('a', 't'));
  await fill(() => directory.template('a', 't', 1));
  now = 29_999;
  expect(directory.template('a', 't', 1)).toBeNull();
  expect(directory.template('a', 't')).toBeInstanceOf(Promise);
  now = 30_000;
  expect(directory.template('a', 't', 1)).toBeInstanceOf(Promise);
});

test('providers live 10 seconds', async () => {
  await directory.providers();
  now = 9_999;
  expect(directory.providers()).toEqual([]);
  now = 10_000;
  expect(directory.providers()).toBeInstanceOf(Promise);
});

test('a full cache drops what was used least recently', async () => {
  const cache = ttlCache<string>({ ttlMs: 1000, max: 2, now: () => now });
  const load = (value: string) => () => Promise.resolve(value);
  await cache.get('a', load('a'));
  await cache.get('b', load('b'));
  expect(cache.get('a', load('unused'))).toBe('a');
  await cache.get('c', load('c'));
  expect(cache.size).toBe(2);
  expect(cache.get('a', load('unused'))).toBe('a');
  expect(cache.get('c', load('unused'))).toBe('c');
  expect(await cache.get('b', load('again'))).toBe('again');
});
