import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A NATS server of its own, which can be killed and started again on the same port. */
export class NatsServer {
  readonly #port: number;
  #child: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Resolves when it takes connections. @throws where the machine has no `nats-server`. */
  async start(): Promise<void> {
    const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(this.#port)], { stdio: 'ignore' });
    this.#child = child;
    let failure: Error | undefined;
    child.once('error', (cause) => {
      failure = new Error('nats-server was not found: apt-get install nats-server', { cause });
    });
    child.once('exit', (code) => {
      failure ??= new Error(`nats-server ended with ${code}: is port ${this.#port} taken?`);
    });
    while (!(await this.#accepts())) {
      if (failure) throw failure;
      await sleep(20);
    }
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
