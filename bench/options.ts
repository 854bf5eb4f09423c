import { parseArgs } from 'node:util';

/** What all benchmarks take. */
export type Options = {
  /** Short runs: a look, not a result. */
  quick: boolean;
  /** One JSON object on standard output instead of tables; progress goes to standard error. */
  json: boolean;
  rounds: number;
};

const SHARED = {
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  rounds: { type: 'string' },
} as const;

/** Reads the command line; `extra` are the benchmark's own options, each with a text. Throws for unknown ones. */
export function readOptions(rounds: { full: number; quick: number }, extra: readonly string[] = []) {
  const own = Object.fromEntries(extra.map((name) => [name, { type: 'string' as const }]));
  const values: Record<string, string | boolean | undefined> = parseArgs({ options: { ...SHARED, ...own } }).values;
  const quick = values['quick'] === true;
  const options: Options = {
    quick,
    json: values['json'] === true,
    rounds: Number(values['rounds'] ?? (quick ? rounds.quick : rounds.full)),
  };
  const given = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { options, given };
}

/** Progress, where it does not spoil the result. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
