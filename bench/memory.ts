import type { MemorySample } from './measured.ts';
import { watchPeerMemory } from './run.ts';
import type { BenchServer } from './server.ts';
import { number, table } from './table.ts';

const SAMPLES = 10;

/** Runs `lifecycles` lifecycles on the runtime and looks at its memory ten times. */
export async function watchMemory(
  server: BenchServer,
  lifecycles: number,
  tell: (line: string) => void,
): Promise<MemorySample[]> {
  const samples: MemorySample[] = [];
  const every = Math.ceil(lifecycles / SAMPLES);
  await watchPeerMemory(server, 'runtime', { kind: 'memory', lifecycles, every }, (sample) => {
    samples.push(sample);
    tell(`${sample.finished} lifecycles: ${number(sample.rss)} MB resident, ${number(sample.heap, 1)} MB heap`);
  });
  return samples;
}

export function memoryTable(samples: MemorySample[]): string {
  return table(
    ['lifecycles', 'resident, MB', 'heap after collection, MB', 'lifecycles/s'],
    samples.map(({ finished, rss, heap, perSecond }) => [
      String(finished),
      number(rss),
      number(heap, 1),
      number(perSecond),
    ]),
  );
}
