import type { Drawing } from './chart-drawing.ts';
import { CHART_COLUMNS, type ChartLine, chartLines } from './chart-table.ts';
import { type Kind, overdueLine } from './home-page.ts';
import { type Html, html, trusted } from './html.ts';
import { stateCounts } from './live-counts.ts';
import { numeral, page, renewal, table } from './page.ts';

/** A statechart: drawn, with the rows that are in each state now, and as a table. */
export function chartPage({ chart, counts }: Kind, drawing: Drawing, isLive: boolean): string {
  const found = stateCounts(chart, counts);
  const notes = new Map(
    found.map(({ path, rows, isFinal }) => [path, isFinal ? `${numeral(rows)} in 24 h` : `${numeral(rows)} now`]),
  );
  const countOf = new Map(found.map(({ path, rows }) => [path, rows]));
  const body = html`<h1>${chart.name}</h1>
<p>Each box is a state. It lists the events that the state takes and, under each, the ways that the event may go:
[guard], the state it leads to, / actions. The first guard that holds decides. One line runs from a box to each of its targets.
A dot marks where a state begins, a double border a final state. A lettered box stands for what several states take alike.</p>
${overdueLine(counts)}
<p>${renewal(`/charts/${chart.name}`, isLive)} <a href="#table">The same as a table</a></p>
<div class="scroll drawing">${trusted(drawing.svg(notes))}</div>
<h2 id="table">As a table</h2>
${table(
  ['Rows', ...CHART_COLUMNS],
  chartLines(chart).map((line, index, lines) => tableRow(line, lines[index - 1], countOf)),
  ['Rows'],
)}`;
  return page({ title: chart.name, body, isLive });
}

function tableRow(line: ChartLine, before: ChartLine | undefined, countOf: ReadonlyMap<string, number>): Html {
  const isFirst = before?.state !== line.state;
  const count = isFirst ? countOf.get(line.state) : undefined;
  const sameEvent = !isFirst && before?.event === line.event;
  return html`<tr${trusted(isFirst ? ' class="first"' : '')}><td class="number">${count === undefined ? '' : numeral(count)}</td>
<td><code>${isFirst ? line.state : ''}</code></td><td class="text">${line.description}</td>
<td><code>${sameEvent ? '' : line.event}</code></td><td><code>${line.guard}</code></td>
<td><code>${line.target}</code></td><td><code>${line.actions}</code></td></tr>`;
}
