import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ObjectStore, ObjectStoreError } from '../../src/object-store/object-store.ts';
import { s3Signer } from '../../src/object-store/s3-signer.ts';
import { s3Store } from '../../src/object-store/s3-store.ts';
import { objectStoreContract } from './contract.ts';
import { s3Server } from './s3-server.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const BUCKET = 'files';

describe('a bucket', () => {
  let server: Awaited<ReturnType<typeof s3Server>>;
  let store: ObjectStore;
  const open = (options: { bucket?: string; secretAccessKey?: string; timeoutMs?: number } = {}) => {
    const { bucket = BUCKET, secretAccessKey = SECRET, ...rest } = options;
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey };
    return s3Store({ endpoint: server.url, bucket, region: 'eu-west-2', credentials, ...rest });
  };
  beforeAll(async () => {
    server = await s3Server(SECRET, BUCKET);
    store = open();
  });
  afterAll(async () => {
    await store?.close();
    await server?.close();
  });

  objectStoreContract(() => store);

  test('every request was signed as AWS describes it', () => {
    expect(server.refusals).toEqual([]);
    expect(server.requests).toBeGreaterThan(0);
  });

  test('a busy store is asked again', async () => {
    server.failures = 2;
    await store.put('patience', Buffer.from('x'));
    expect(server.objects.get('patience')?.content).toEqual(Buffer.from('x'));
  });

  test.each([
    ['stays busy', {}, 10],
    ['refuses the key', { secretAccessKey: 'another' }, 0],
    ['has no such bucket', { bucket: 'another' }, 0],
  ])('a store that %s is a typed failure', async (_title, options, failures) => {
    const other = open(options);
    server.failures = failures;
    await expect(other.put('a', Buffer.from('x'))).rejects.toThrow(ObjectStoreError);
    server.failures = 0;
    await other.close();
  });

  test('a store that is away is a typed failure', async () => {
    const away = s3Store({
      endpoint: 'http://127.0.0.1:1',
      bucket: BUCKET,
      region: 'eu-west-2',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    await expect(away.get('a')).rejects.toThrow(ObjectStoreError);
    await away.close();
  });
});

test("AWS's own example of a signed GET is reproduced", async () => {
  const sign = s3Signer({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET }, 'us-east-1');
  const headers = await sign(
    {
      method: 'GET',
      url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
      headers: { range: 'bytes=0-9' },
    },
    new Date('2013-05-24T00:00:00Z'),
  );
  expect(headers['authorization']).toContain('SignedHeaders=host;range;x-amz-content-sha256;x-amz-date');
  expect(headers['authorization']).toContain(
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});
