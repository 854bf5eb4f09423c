import { Agent, type Dispatcher, interceptors, request } from 'undici';
import { checkKey, checkMetadata, type ObjectHead, type ObjectStore, ObjectStoreError } from './object-store.ts';
import { type S3Credentials, type S3Request, s3Signer } from './s3-signer.ts';

export type S3Options = {
  /** Base address of something that speaks S3; null is AWS itself. */
  endpoint: string | null;
  bucket: string;
  /** Such as `eu-west-2`. */
  region: string;
  credentials: S3Credentials;
  /** Milliseconds that one exchange may take, its retries included. Default 10 000. */
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 10_000;
const CONNECTIONS = 50;
const RETRIES = { maxRetries: 2, minTimeout: 100, maxTimeout: 1000 };
const METADATA_PREFIX = 'x-amz-meta-';

type Answer = Dispatcher.ResponseData;

/** Objects in a bucket, addressed by path. Every operation can be repeated, so network errors and 5xx are tried again. */
export function s3Store(options: S3Options): ObjectStore {
  const { endpoint, bucket, region, credentials, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const base = endpoint ?? `https://s3.${region}.amazonaws.com`;
  const sign = s3Signer(credentials, region);
  const agent = new Agent({ connections: CONNECTIONS });
  const dispatcher = agent.compose(interceptors.retry(RETRIES));

  const exchange = async (
    method: S3Request['method'],
    key: string,
    sent: { headers?: Record<string, string>; body?: Uint8Array } = {},
  ): Promise<Answer | null> => {
    checkKey(key);
    const url = new URL(`${base}/${bucket}/${key}`);
    try {
      const headers = await sign({ method, url, headers: sent.headers ?? {}, ...(sent.body && { body: sent.body }) });
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await request(url, { method, headers, body: sent.body ?? null, dispatcher, signal });
      if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
      await answer.body.dump();
      if (answer.statusCode === 404) return null;
      throw new Error(`HTTP ${answer.statusCode}`);
    } catch (error) {
      throw new ObjectStoreError(`The object store failed to ${method} an object`, { cause: error });
    }
  };

  return {
    put: async (key, content, metadata = {}) => {
      checkMetadata(metadata);
      const headers = { 'content-length': String(content.byteLength), 'content-type': 'application/octet-stream' };
      for (const [name, value] of Object.entries(metadata)) Object.assign(headers, { [METADATA_PREFIX + name]: value });
      const answer = await exchange('PUT', key, { headers, body: content });
      if (answer === null) throw new ObjectStoreError('The bucket does not exist');
      await answer.body.dump();
    },
    get: async (key) => {
      const answer = await exchange('GET', key);
      return answer && { ...headOf(answer), stream: answer.body };
    },
    head: async (key) => {
      const answer = await exchange('HEAD', key);
      await answer?.body.dump();
      return answer && headOf(answer);
    },
    delete: async (key) => {
      const answer = await exchange('DELETE', key);
      await answer?.body.dump();
    },
    close: () => agent.close(),
  };
}

function headOf({ headers }: Answer): ObjectHead {
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(METADATA_PREFIX)) metadata[name.slice(METADATA_PREFIX.length)] = String(value);
  }
  return { sizeBytes: Number(headers['content-length']), metadata };
}
