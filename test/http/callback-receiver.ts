import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type ReceivedCall = { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };
export type CallbackReceiver = Awaited<ReturnType<typeof callbackReceiver>>;

/** A service's server on a free port, which keeps what it is told. */
export async function callbackReceiver() {
  const calls: ReceivedCall[] = [];
  let told = Promise.withResolvers<void>();
  const receiver = { status: 200 };
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>;
    calls.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(receiver.status).end();
    told.resolve();
    told = Promise.withResolvers<void>();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** Resolves once so many calls have come. */
    received: async (count: number) => {
      while (calls.length < count) await told.promise;
      return calls;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
