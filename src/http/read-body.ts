import type { IncomingMessage } from 'node:http';

/** Bytes. A letter of 5 MB or several files of 2 MB fit in base64 (public-api 2.0). */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'RequestEntityTooLarge';
  readonly code = 'body_too_large';
  readonly retryable = false;
}

/** The caller went away before the body was complete: nobody waits for an answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
  readonly code = 'request_aborted';
  readonly retryable = true;
}

/**
 * Reads a body to its end. What is over the limit is not kept.
 *
 * @throws {BodyTooLarge, RequestAborted}
 */
export function readBody(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return reject(new BodyTooLarge());
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new BodyTooLarge());
      }
    });
    incoming.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.on('error', () => reject(new RequestAborted()));
    incoming.on('close', () => {
      if (!incoming.complete) reject(new RequestAborted());
    });
  });
}
