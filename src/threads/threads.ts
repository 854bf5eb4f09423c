import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { Tasks } from './tasks.ts';

type Input<Name extends keyof Tasks> = Parameters<Tasks[Name]>[0];
type Output<Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>;

/** Work that keeps a processor busy, done beside the main thread, which goes on answering. */
export type Threads = {
  /**
   * Rejects with what the task threw, where it takes longer than 20 seconds (waiting for a free thread included), or more
   * memory than it may; its thread ends then.
   */
  run<Name extends keyof Tasks>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  close(): Promise<void>;
};

const DEADLINE_MS = 20_000;
const MEMORY_MB = 512;
/** A thread without work ends after this time. */
const IDLE_MS = 30_000;
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** One processor is left to the main thread. Threads begin with the first work. */
export function openThreads({ deadlineMs = DEADLINE_MS }: { deadlineMs?: number } = {}): Threads {
  const pool = new Tinypool({
    filename: WORKER,
    minThreads: 0,
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return {
    run: (name, input) => pool.run({ name, input }, { signal: AbortSignal.timeout(deadlineMs) }),
    close: () => pool.destroy(),
  };
}
