import type { Count } from './experiment.ts';

/** One line an experiment, in Markdown. Times are in milliseconds, median and worst. */
export function table(counts: readonly Count[]): string {
  const columns: [string, (count: Count) => string][] = [
    ['experiment', ({ experiment }) => experiment],
    ['faults', ({ faults }) => String(faults)],
    ['offered a second', ({ rate }) => String(rate)],
    ['accepted', ({ accepted }) => String(accepted)],
    ['not accepted', ({ notAccepted, skipped }) => byReason({ ...notAccepted, ...(skipped && { skipped }) })],
    ['lost', ({ lost }) => String(lost)],
    ['sent twice', ({ sentTwiceWhy }) => byReason(sentTwiceWhy)],
    ['told twice', ({ toldTwice }) => String(toldTwice)],
    ['next call', ({ nextCallMs }) => spread(nextCallMs)],
    ['backlog handed over', ({ backlogMs }) => spread(backlogMs)],
    ['full rate', ({ fullRateMs }) => spread(fullRateMs)],
  ];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([name]) => name)),
    line(columns.map(() => '---')),
    ...counts.map((count) => line(columns.map(([, cell]) => cell(count)))),
  ].join('\n');
}

function byReason(reasons: Record<string, number>): string {
  const parts = Object.entries(reasons).map(([reason, times]) => `${times} ${reason}`);
  return parts.length === 0 ? '0' : parts.join(', ');
}

function spread(times: Count['nextCallMs']): string {
  return times ? `${times.median} / ${times.worst}` : '';
}
