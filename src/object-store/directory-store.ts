import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkKey, checkMetadata, type ObjectHead, type ObjectStore, ObjectStoreError } from './object-store.ts';

/** Objects being written; the name cannot be part of a key. */
const TEMPORARY = '.tmp';
/** What is older than this in there was left by a process that ended while it wrote. */
const ABANDONED_AFTER_MS = 3_600_000;
const LENGTH_BYTES = 4;
/** Metadata that is longer was not written here. */
const MAX_HEADER_BYTES = 65_536;

/**
 * Objects as files below a directory. A file is the length of its header (4 bytes, big endian), the header (JSON: the
 * metadata), and the content, so that one rename publishes all of it. Its name begins with `=`, which no key has: the
 * keys `a` and `a/b` may both exist. All processes that share objects must share the directory.
 */
export function directoryStore(directory: string): ObjectStore {
  const root = path.resolve(directory);
  const temporary = path.join(root, TEMPORARY);
  let isPrepared = false;
  const prepare = async (): Promise<void> => {
    if (isPrepared) return;
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    await removeAbandoned(temporary);
    isPrepared = true;
  };
  const fileOf = (key: string): string => {
    checkKey(key);
    const segments = key.split('/');
    return path.join(root, ...segments.slice(0, -1), `=${segments.at(-1)}`);
  };
  return {
    put: async (key, content, metadata = {}) => {
      const file = fileOf(key);
      checkMetadata(metadata);
      await guarded(async () => {
        await prepare();
        await publish(path.join(temporary, randomUUID()), file, root, [header(metadata), content]);
      });
    },
    get: (key) =>
      guarded(() =>
        withFile(fileOf(key), async (handle) => {
          const { start, ...head } = await readHead(handle);
          return { ...head, stream: handle.createReadStream({ start }) };
        }),
      ),
    head: (key) =>
      guarded(() =>
        withFile(fileOf(key), async (handle) => {
          const { sizeBytes, metadata } = await readHead(handle);
          await handle.close();
          return { sizeBytes, metadata };
        }),
      ),
    delete: (key) => guarded(() => rm(fileOf(key), { force: true })),
    close: async () => {},
  };
}

/** Writes aside, flushes, and renames: a crash leaves the old object or the new one. */
async function publish(aside: string, file: string, root: string, parts: readonly Uint8Array[]): Promise<void> {
  const directory = path.dirname(file);
  const made = await mkdir(directory, { recursive: true, mode: 0o700 });
  const handle = await open(aside, 'wx', 0o600);
  try {
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await flush(directory);
  if (made !== undefined) await flushAbove(directory, root);
}

/** A new directory is a name in the one above it. */
async function flushAbove(directory: string, root: string): Promise<void> {
  for (let above = path.dirname(directory); above.length >= root.length; above = path.dirname(above))
    await flush(above);
}

/** Makes names in a directory durable. */
async function flush(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function header(metadata: object): Buffer {
  const json = Buffer.from(JSON.stringify(metadata));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json]);
}

async function readHead(handle: FileHandle): Promise<ObjectHead & { start: number }> {
  const { size } = await handle.stat();
  const length = (await readBytes(handle, 0, LENGTH_BYTES)).readUInt32BE();
  if (length > MAX_HEADER_BYTES) throw new Error('The object has no header');
  const json = await readBytes(handle, LENGTH_BYTES, length);
  const start = LENGTH_BYTES + length;
  return { start, sizeBytes: size - start, metadata: JSON.parse(json.toString()) as ObjectHead['metadata'] };
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('The object is shorter than its header says');
  return buffer;
}

/** The handle is the work's to close, unless it fails. */
async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
  try {
    return await work(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    try {
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new ObjectStoreError('The object directory failed', { cause: error });
  }
}

function isAbsence(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
