import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { unreadableAnswer } from './error-response.ts';
import { respondRaw } from './respond.ts';
import { traceOf } from './trace.ts';

export type HttpServer = {
  /** Resolves with the port when it listens; rejects when it cannot. */
  listen(): Promise<number>;
  /** Takes no new connection, lets open requests end for five seconds, then cuts them. Safe to call twice. */
  close(): Promise<void>;
};

export type HttpServerOptions = {
  /** 0 takes any free port. */
  port: number;
  host: string;
};

/** Milliseconds that open requests have to end when the server closes. */
const CLOSE_TIMEOUT_MS = 5000;
const SWEEP_MS = 50;
/** Milliseconds that an idle connection stays open: longer than a load balancer keeps its own. */
const KEEP_ALIVE_MS = 65_000;

export function httpServer(listener: RequestListener, { port, host }: HttpServerOptions): HttpServer {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false }, listener);
  server.on('checkExpectation', listener);
  server.on('clientError', refuseUnreadable);
  return {
    listen: async () => {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // Connections whose last request ends now become idle one by one.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}

function refuseUnreadable(error: NodeJS.ErrnoException, connection: Duplex): void {
  if (error.code === 'ECONNRESET' || !connection.writable) connection.destroy();
  else respondRaw(connection, traceOf({}), unreadableAnswer(error.code));
}
