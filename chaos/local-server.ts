import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of its own on this machine, which can be killed and started again on the same port. */
export class LocalServer {
  readonly #program: string;
  readonly #port: number;
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  /** `program` is the name of the command, and of the package that has it. */
  constructor(program: string, port: number, options: readonly string[]) {
    this.#program = program;
    this.#port = port;
    this.#options = options;
  }

  /** Resolves when it takes connections. @throws where the machine does not have the program. */
  async start(): Promise<void> {
    const program = this.#program;
    const child = spawn(program, this.#options, { stdio: 'ignore' });
    this.#child = child;
    let failure: Error | undefined;
    child.once('error', (cause) => {
      failure = new Error(`${program} was not found: apt-get install ${program}`, { cause });
    });
    child.once('exit', (code) => {
      failure ??= new Error(`${program} ended with ${code}: is port ${this.#port} taken?`);
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
