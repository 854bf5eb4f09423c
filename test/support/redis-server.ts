import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Redis of its own that keeps nothing on disk, and can be killed and started again on the same port. */
export class RedisServer {
  readonly #port: number;
  #child: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Resolves when it takes connections. @throws where the machine has no `redis-server`. */
  async start(): Promise<void> {
    const options = ['--bind', '127.0.0.1', '--port', String(this.#port), '--save', '', '--dir', tmpdir()];
    const child = spawn('redis-server', options, { stdio: 'ignore' });
    this.#child = child;
    let failure: Error | undefined;
    child.once('error', (cause) => {
      failure = new Error('redis-server was not found: apt-get install redis-server', { cause });
    });
    child.once('exit', (code) => {
      failure ??= new Error(`redis-server ended with ${code}: is port ${this.#port} taken?`);
    });
    while (!(await this.#accepts())) {
      if (failure) throw failure;
      await sleep(20);
    }
  }

  /** Stands still, connections open, until `resume`. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Kills it without warning; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #accepts(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const connection = connect(this.#port, '127.0.0.1');
    connection.once('connect', () => resolve(true));
    connection.once('error', () => resolve(false));
    return promise.finally(() => connection.destroy());
  }
}
