import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; 100 on every Linux that Node supports. */
const TICKS_A_SECOND = 100;

/** Seconds of CPU that a process used, with its ended children. Fields after the name, which may hold spaces. */
function usage(pid: number | string): { parent: number; own: number; ended: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (from: number) => ((fields[from] ?? 0) + (fields[from + 1] ?? 0)) / TICKS_A_SECOND;
    return { parent: fields[1] ?? 0, own: ticks(11), ended: ticks(13) };
  } catch {
    return null;
  }
}

/** Seconds of CPU that a PostgreSQL server has used so far: the postmaster and all its children. Linux only. */
export function serverCpuSeconds(postmaster: number): number {
  const self = usage(postmaster);
  if (!self) throw new Error(`/proc does not show process ${postmaster}: CPU is counted on Linux only`);
  let seconds = self.own + self.ended;
  for (const pid of readdirSync('/proc')) {
    const child = /^\d+$/.test(pid) ? usage(pid) : null;
    if (child?.parent === postmaster) seconds += child.own;
  }
  return seconds;
}

/** Seconds of CPU that another process, without its children, has used so far. Linux only. */
export function processCpuSeconds(pid: number): number {
  const used = usage(pid);
  if (!used) throw new Error(`/proc does not show process ${pid}: CPU is counted on Linux only`);
  return used.own;
}

/** Seconds of CPU that this process has used so far. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
