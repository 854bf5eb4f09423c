import type { Readable } from 'node:stream';

/** Small facts kept beside an object: lower-case names of letters, digits and hyphens; values of printable ASCII. */
export type ObjectMetadata = Readonly<Record<string, string>>;

export type ObjectHead = { sizeBytes: number; metadata: ObjectMetadata };

/** `stream` must be read or destroyed: it holds a file or a connection. */
export type StoredObject = ObjectHead & { stream: Readable };

/**
 * Files by key, outside the database. A key is segments of `A-Z a-z 0-9 _ . -` joined by `/`, 512 characters at most; no
 * segment begins with a full stop. Every method throws `ObjectStoreError` when the store cannot be reached.
 */
export type ObjectStore = {
  /** Whole or not at all, and durable when it resolves. Replaces what was there; safe to repeat. */
  put(key: string, content: Uint8Array, metadata?: ObjectMetadata): Promise<void>;
  /** Null where there is no such object; the same holds for `head`. */
  get(key: string): Promise<StoredObject | null>;
  /** Whether it exists, and what is known of it, without its content. */
  head(key: string): Promise<ObjectHead | null>;
  /** Safe to repeat: an object that is not there is deleted already. */
  delete(key: string): Promise<void>;
  close(): Promise<void>;
};

/** The store could not be reached or failed. Never carries content. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code = 'object_store_failed';
  readonly retryable = true;
}

const MAX_KEY_LENGTH = 512;
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;
const METADATA_NAME = /^[a-z0-9-]+$/;
const METADATA_VALUE = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;

/** @throws {RangeError} for a key that not every store could keep, or that could leave its place */
export function checkKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH || !KEY.test(key)) throw new RangeError('An object has a key that is not safe');
}

/** @throws {RangeError} for what does not fit into HTTP headers */
export function checkMetadata(metadata: ObjectMetadata): void {
  for (const [name, value] of Object.entries(metadata)) {
    if (!METADATA_NAME.test(name) || !METADATA_VALUE.test(value)) {
      throw new RangeError(`An object has metadata that cannot be kept: ${name}`);
    }
  }
}

/** The whole content of an object. */
export async function readAll({ stream }: StoredObject): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    throw new ObjectStoreError('An object could not be read to its end', { cause: error });
  }
  return Buffer.concat(chunks);
}
