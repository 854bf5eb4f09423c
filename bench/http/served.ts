import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TargetParts } from './target.ts';
import { TARGETS, type TargetName } from './targets.ts';

/** What a served process tells its parent once it listens; null where the target asks for no key or template. */
export type Ready = { url: string; apiKey: string | null; templateId: string | null };

/** The body of a measured server: serves one target until the parent ends it. */
async function main(): Promise<void> {
  const { target, parts } = JSON.parse(process.argv[2] ?? '') as { target: TargetName; parts: TargetParts };
  const served = await TARGETS[target](parts);
  if ('url' in served) return ready(served);
  const server = createServer(served.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ready({ url: `http://127.0.0.1:${port}`, apiKey: null, templateId: null });
}

function ready(message: Ready): void {
  process.send?.(message);
}

await main();
