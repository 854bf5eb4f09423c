import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Demo = {
  api_url: string;
  service_id: string;
  api_keys: { normal: string; team: string; test: string };
  templates: { sms: string; email: string };
};

/** The program under test as a process of its own, which can be killed at any instant and started again. */
export class Program {
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  get dataDir(): string {
    return this.#env['DATA_DIR'] ?? '.data';
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves when the program says that it runs. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['src/main.ts'], {
      env: { ...process.env, LOG_LEVEL: 'error', API_RATE_LIMIT_ENABLED: '0', ...this.#env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      for (const line of chunk.toString().split('\n')) if (line.includes('"level":50')) console.error(line);
    });
    while (!/^ {2}API |^Running /m.test(output)) {
      if (child.exitCode !== null) throw new Error(`It ended at the start:\n${output}`);
      await sleep(5);
    }
  }

  /** Kills without warning; resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end; resolves with its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  demo(): Demo {
    return JSON.parse(readFileSync(path.join(this.dataDir, 'demo.json'), 'utf8')) as Demo;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }
}
