import { LocalServer } from './local-server.ts';

/** A NATS server of its own. */
export class NatsServer extends LocalServer {
  readonly url: string;

  constructor(port: number) {
    super('nats-server', port, ['-a', '127.0.0.1', '-p', String(port)]);
    this.url = `nats://127.0.0.1:${port}`;
  }
}
