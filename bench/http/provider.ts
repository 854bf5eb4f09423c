import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What MMG and Firetext both read as success. */
const ANSWER = JSON.stringify({ Reference: 'bench', code: 0, responseCode: 0 });

/** A provider that takes every text at once. */
export async function startProvider(): Promise<{ url: string; taken(): number; stop(): void }> {
  let taken = 0;
  const server = createServer((request, response) => {
    taken++;
    request.resume();
    response.end(ANSWER);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken: () => taken,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
