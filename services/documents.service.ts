import type { ServiceSchema } from 'moleculer';
import type { HttpServer } from '../src/http/server.ts';

type Deps = {
  /** The pages on which recipients download files. */
  pages: HttpServer;
  /** Told the port once the pages are there. */
  onListening(port: number): void;
};

/** The actor that lets recipients download files sent by email. Started when it listens. */
export function documentsService({ pages, onListening }: Deps): ServiceSchema {
  return {
    name: 'documents',
    started: async () => onListening(await pages.listen()),
    stopped: () => pages.close(),
  };
}
