import type { Drawing, Matrix } from './matrix.ts';

/** Whether a mask inverts a module; the index is the mask's number. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Penalties of ISO/IEC 18004, 7.8.3. */
const RUN_PENALTY = 3;
const BLOCK_PENALTY = 3;
const FINDER_PENALTY = 40;
const BALANCE_PENALTY = 10;
const SHORTEST_RUN = 5;
const FINDER_LIKE = '1011101';
/** Light modules beside what looks like a finder. */
const QUIET = 4;

function masked({ modules, taken }: Drawing, mask: (x: number, y: number) => boolean): Matrix {
  return modules.map((row, y) => row.map((value, x) => (taken[y]?.[x] === 0 && mask(x, y) ? 1 - value : value)));
}

function runs(line: string): number {
  const found = line.match(/0{5,}|1{5,}/g) ?? [];
  return found.reduce((sum, run) => sum + RUN_PENALTY + run.length - SHORTEST_RUN, 0);
}

function isLight(line: string, from: number, to: number): boolean {
  return !line.slice(Math.max(0, from), to).includes('1');
}

function finders(line: string): number {
  let count = 0;
  for (let at = line.indexOf(FINDER_LIKE); at !== -1; ) {
    const end = at + FINDER_LIKE.length;
    const isQuiet = isLight(line, at - QUIET, at) || isLight(line, end, end + QUIET);
    if (isQuiet) count += 1;
    // Without light beside it the pattern may still overlap with one that has: three dark modules on.
    at = line.indexOf(FINDER_LIKE, isQuiet ? end : at + 4);
  }
  return count * FINDER_PENALTY;
}

function blocks(rows: Matrix): number {
  let count = 0;
  for (let y = 0; y + 1 < rows.length; y += 1) {
    const [row = [], next = []] = [rows[y], rows[y + 1]];
    for (let x = 0; x + 1 < row.length; x += 1) {
      if (row[x] === row[x + 1] && row[x] === next[x] && row[x] === next[x + 1]) count += 1;
    }
  }
  return count * BLOCK_PENALTY;
}

function balance(rows: Matrix): number {
  const dark = rows.flat().reduce((sum, value) => sum + value, 0);
  const percent = (dark / rows.length ** 2) * 100;
  return Math.floor(Math.abs(percent - 50) / 5) * BALANCE_PENALTY;
}

function penalty(rows: Matrix): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] ?? 0));
  const lines = [...rows, ...columns].map((line) => line.join(''));
  return lines.reduce((sum, line) => sum + runs(line) + finders(line), blocks(rows) + balance(rows));
}

/** The masked modules with the least penalty, and the number of that mask. */
export function bestMask(drawing: Drawing): { mask: number; modules: Matrix } {
  const candidates = MASKS.map((mask, index) => {
    const modules = masked(drawing, mask);
    return { mask: index, modules, penalty: penalty(modules) };
  });
  return candidates.reduce((best, candidate) => (candidate.penalty < best.penalty ? candidate : best));
}
