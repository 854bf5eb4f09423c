import type { ServiceBroker, ServiceSchema } from 'moleculer';
import type { HttpServer } from '../src/http/server.ts';
import type { Call } from '../src/messages.ts';
import { typedCall } from '../src/moleculer.ts';

type Deps = {
  /** Builds the server on a way to call the other actors. */
  server(call: Call): HttpServer;
  /** Told the port once the server listens. */
  onListening(port: number): void;
};

/** The actor that is the HTTP API. It has started when it listens, and stopped when no request is left. */
export function apiService({ server, onListening }: Deps, broker: Pick<ServiceBroker, 'call'>): ServiceSchema {
  const http = server(typedCall(broker));
  return {
    name: 'api',
    started: async () => onListening(await http.listen()),
    stopped: () => http.close(),
  };
}
