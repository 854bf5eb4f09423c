import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type AnyStateMachine, StateMachine } from 'xstate';
import { chartOf } from '../../src/console/chart.ts';
import { drawChart } from '../../src/console/chart-drawing.ts';
import { chartMarkdown } from '../../src/console/chart-table.ts';

const MACHINES = path.join(import.meta.dirname, '../../machines');

/** Every chart as a drawing and as a table: the text of each file, by its path. */
export async function chartDocuments(): Promise<Map<string, string>> {
  const documents = new Map<string, string>();
  for (const machine of await machines()) {
    const chart = chartOf(machine);
    const drawing = (await drawChart(chart)).svg();
    documents.set(`docs/charts/${chart.name}.svg`, `<?xml version="1.0" encoding="UTF-8"?>\n${drawing}`);
    documents.set(`docs/charts/${chart.name}.md`, chartMarkdown(chart));
  }
  return documents;
}

/** The charts that the files in `machines/` export. */
async function machines(): Promise<AnyStateMachine[]> {
  const files = readdirSync(MACHINES).filter((file) => file.endsWith('.machine.ts'));
  const modules = await Promise.all(files.sort().map((file) => import(path.join(MACHINES, file))));
  return modules.flatMap((exported: Record<string, unknown>) => Object.values(exported).filter(isMachine));
}

function isMachine(value: unknown): value is AnyStateMachine {
  return value instanceof StateMachine;
}
