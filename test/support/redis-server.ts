import { tmpdir } from 'node:os';
import { LocalServer } from '../../chaos/local-server.ts';

/** A Redis of its own that keeps nothing on disk. */
export class RedisServer extends LocalServer {
  readonly url: string;

  constructor(port: number) {
    super('redis-server', port, ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--dir', tmpdir()]);
    this.url = `redis://127.0.0.1:${port}`;
  }
}
