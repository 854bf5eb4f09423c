import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export type Recorded = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

export type Recorder = {
  url: string;
  requests: Recorded[];
  /** Resolves once this many requests have been answered. */
  received(count: number): Promise<Recorded[]>;
  stop(): Promise<void>;
};

/** A real server on a free port, or on `port`, that keeps what it is sent. */
export async function httpRecorder(answer: (response: ServerResponse) => void = ok, port = 0): Promise<Recorder> {
  const requests: Recorded[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    answer(response);
    for (const { count, resolve } of waiters) if (requests.length >= count) resolve();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    received: async (count) => {
      if (requests.length < count) await new Promise<void>((resolve) => waiters.push({ count, resolve }));
      return requests;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function ok(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"result": "success"}');
}
