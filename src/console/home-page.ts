import type { ActorCounts } from '../queries/console-actors.ts';
import type { Chart } from './chart.ts';
import { type Html, html } from './html.ts';
import { stateCounts, strayStates } from './live-counts.ts';
import { duration, numeral, page, renewal, searchForm, table } from './page.ts';

export type PoolLoad = Record<string, { running: number; queued: number }>;
export type Kind = { chart: Chart; counts: ActorCounts };

/** What is going on: every kind of actor with its counts, and the pools of this process. */
export function homePage(kinds: readonly Kind[], load: PoolLoad, isLive: boolean): string {
  const body = html`<h1>What is going on</h1>
<p>Ended states count what began in the last 24 hours. ${renewal('/', isLive)}</p>
${searchForm()}
<div class="columns">${kinds.map(kindSection)}${poolSection(kinds, load)}</div>`;
  return page({ title: 'What is going on', body, isLive });
}

function kindSection({ chart, counts }: Kind): Html {
  const rows = stateCounts(chart, counts)
    .filter(({ path }) => !path.includes('.'))
    .map(
      ({ path, rows: count, isFinal }) =>
        html`<tr><td>${path}</td><td>${isFinal ? 'ended' : 'under way'}</td><td class="number">${numeral(count)}</td></tr>`,
    );
  return html`<section>
<h2><a href="/charts/${chart.name}">${chart.name}</a></h2>
${table(['State', 'Kind', 'Rows'], rows, ['Rows'])}
${overdueLine(counts)}
${strayStates(chart, counts).map((state) => html`<p class="warning">Rows rest in “${state}”, which the chart does not have.</p>`)}
</section>`;
}

/** Whether deadlines are met. */
export function overdueLine({ overdue: { rows, oldestMs } }: ActorCounts): Html {
  if (rows === 0) return html`<p>Nothing is overdue.</p>`;
  return html`<p class="warning"><strong>${numeral(rows)} overdue</strong>, the oldest by ${duration(oldestMs)}.</p>`;
}

function poolSection(kinds: readonly Kind[], load: PoolLoad): Html {
  const waiting = new Map(kinds.flatMap(({ counts }) => [...counts.waiting]));
  const names = [...new Set([...Object.keys(load), ...waiting.keys()])];
  const rows = names.map((name) => {
    const here = load[name];
    const cells = [here?.running, here?.queued, waiting.get(name) ?? 0].map(
      (value) => html`<td class="number">${value === undefined ? '–' : numeral(value)}</td>`,
    );
    return html`<tr><td>${name}</td>${cells}</tr>`;
  });
  const numbers = ['Running here', 'Queued here', 'Held by nobody'];
  return html`<section>
<h2>Pools of effects</h2>
${table(['Pool', ...numbers], rows, numbers)}
<p class="faint">“Here” is this process; – where another process runs the pool. What nobody holds waits in the database.</p>
</section>`;
}
