import { allStates, type Chart, type ChartState } from './chart.ts';

/** A line of a chart's table form. A state without anything to take has one line, with empty cells. */
export type ChartLine = {
  state: string;
  description: string;
  event: string;
  guard: string;
  target: string;
  actions: string;
};

export const CHART_COLUMNS = ['State', 'What it means', 'Event', 'Guard', 'Leads to', 'Actions'] as const;

/** What is shown instead of a target where the state does not change. */
const STAYS = 'stays';

/** A chart as a plain table: one line for each way that each event may go. The first line of a state describes it. */
export function chartLines(chart: Chart): ChartLine[] {
  return [...allStates(chart).flatMap(linesOf), ...linesOf(chart.root)];
}

/** The same table in Markdown, with the drawing beside it. */
export function chartMarkdown(chart: Chart): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `# ${chart.name}`,
    '',
    'Written by `npm run generate` from the chart in `machines/`; do not edit.',
    'Guards of one event are asked from top to bottom; the first that holds decides.',
    '',
    `![The statechart, drawn](${chart.name}.svg)`,
    '',
    line(CHART_COLUMNS),
    line(CHART_COLUMNS.map(() => '---')),
    ...chartLines(chart).map(({ state, description, event, guard, target, actions }) =>
      line([
        code(state),
        inCell(description),
        code(event),
        code(guard),
        target === STAYS ? STAYS : code(target),
        code(actions),
      ]),
    ),
    '',
  ].join('\n');
}

function linesOf(state: ChartState): ChartLine[] {
  const name = state.path === '' ? 'any state' : state.path;
  const about = descriptionOf(state);
  const branches = state.handlers.flatMap(({ event, branches: ways }) => ways.map((way) => ({ event, ...way })));
  if (branches.length === 0) {
    return state.path === ''
      ? []
      : [{ state: name, description: about, event: '', guard: '', target: '', actions: '' }];
  }
  return branches.map(({ event, guard, target, actions, description }, index) => ({
    state: name,
    description: [index === 0 ? about : '', description ?? ''].filter((text) => text !== '').join(' '),
    event,
    guard: guard ?? '',
    target: target ?? STAYS,
    actions: actions.join(', '),
  }));
}

function descriptionOf({ description, kind, isInitial, invokes, entry, exit }: ChartState): string {
  return [
    isInitial ? 'Initial.' : '',
    kind === 'final' ? 'Final.' : '',
    description ?? '',
    invokes.length > 0 ? `Owes ${invokes.join(', ')}.` : '',
    entry.length > 0 ? `On entry: ${entry.join(', ')}.` : '',
    exit.length > 0 ? `On exit: ${exit.join(', ')}.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function code(text: string): string {
  return text === '' ? '' : `\`${inCell(text)}\``;
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
