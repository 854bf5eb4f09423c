import path from 'node:path';
import type { Config } from '../config/config.ts';
import { directoryStore } from '../object-store/directory-store.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { s3Store } from '../object-store/s3-store.ts';

/** The bucket where one is configured, else a directory below the data directory. Nothing is touched yet. */
export function openObjectStore(config: Config): ObjectStore {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint } = config;
  if (bucket === null) return directoryStore(path.join(config.DATA_DIR, 'objects'));
  const accessKeyId = config.S3_ACCESS_KEY_ID ?? config.AWS_ACCESS_KEY_ID;
  const secretAccessKey = config.S3_SECRET_ACCESS_KEY ?? config.AWS_SECRET_ACCESS_KEY;
  if (accessKeyId === null || secretAccessKey === null) throw new Error('The bucket has no access key');
  const region = config.S3_REGION ?? config.AWS_REGION;
  return s3Store({ endpoint, bucket, region, credentials: { accessKeyId, secretAccessKey } });
}
