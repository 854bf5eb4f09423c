import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Kept = { content: Buffer; metadata: Record<string, string> };

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/**
 * The part of S3 that we use, over HTTP, with the check of signatures written from AWS's description of Signature
 * Version 4. `failures` makes the next requests fail with 503.
 */
export async function s3Server(secretAccessKey: string, bucket: string) {
  const objects = new Map<string, Kept>();
  const state = { failures: 0, requests: 0, refusals: [] as string[] };

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    state.requests += 1;
    const problem = signatureProblem(request, body, secretAccessKey);
    if (problem !== null) {
      state.refusals.push(problem);
      response.writeHead(403).end();
      return;
    }
    if (state.failures > 0) {
      state.failures -= 1;
      response.writeHead(503).end('SlowDown');
      return;
    }
    const [, inBucket, key] = /^\/([^/]+)\/(.+)$/.exec(request.url ?? '') ?? [];
    if (inBucket !== bucket || key === undefined) return void response.writeHead(404).end('NoSuchBucket');
    if (request.method === 'PUT') {
      objects.set(key, { content: body, metadata: metadataOf(request) });
      return void response.writeHead(200).end();
    }
    const kept = objects.get(key);
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (kept === undefined) return void response.writeHead(404).end('NoSuchKey');
    response.writeHead(200, { ...kept.metadata, 'content-length': kept.content.length });
    response.end(request.method === 'HEAD' ? undefined : kept.content);
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    answer(request, response, Buffer.concat(chunks));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(state, {
    objects,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  });
}

/** Null for a request that is signed as it must be. */
function signatureProblem({ method, url, headers }: IncomingMessage, body: Buffer, secret: string): string | null {
  const parts = /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+), ?SignedHeaders=(\S+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  const [, scope = '', signedHeaders = '', signature] = parts ?? [];
  if (signature === undefined) return 'no signature';
  const names = signedHeaders.split(';');
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.includes(name)) return `${name} unsigned`;
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'another content';
  const canonical = [
    method,
    url,
    '',
    ...names.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString('hex') === signature ? null : 'another signature';
}

function metadataOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith('x-amz-meta-') ? [[name, String(value)]] : [])),
  );
}
