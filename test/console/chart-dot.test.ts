import { describe, expect, test } from '@jest/globals';
import { assign, fromPromise, setup } from 'xstate';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { type Chart, chartOf } from '../../src/console/chart.ts';
import { chartDot } from '../../src/console/chart-dot.ts';
import { drawChart } from '../../src/console/chart-drawing.ts';
import { chartLines, chartMarkdown } from '../../src/console/chart-table.ts';
import { sharedHandlers } from '../../src/console/shared-handlers.ts';

const machine = setup({
  types: { context: {} as { count: number }, events: {} as { type: 'door.opened' } | { type: 'door.shut' } },
  actors: { ring: fromPromise<undefined, undefined>(async () => undefined) },
  delays: { patience: 1000 },
  guards: { 'is <late> & "loud"': () => true },
  actions: { countRing: assign({ count: ({ context }) => context.count + 1 }), shout: () => {} },
}).createMachine({
  id: 'bell',
  context: { count: 0 },
  initial: 'outside',
  on: { 'door.shut': {} },
  states: {
    outside: {
      description: 'Somebody waits | outside.',
      initial: 'ringing',
      states: {
        ringing: {
          entry: 'countRing',
          invoke: { id: 'ring', src: 'ring', onDone: { target: 'listening', actions: 'shout' }, onError: '#bell.away' },
        },
        listening: {
          after: { patience: 'ringing' },
          on: { 'door.opened': [{ guard: 'is <late> & "loud"', target: '#bell.away' }, { target: '#bell.inside' }] },
        },
      },
    },
    inside: { type: 'final' },
    away: { type: 'final', description: 'Gone.' },
  },
});
const bell = chartOf(machine);

describe('a chart read from its machine', () => {
  test('names events as trails do', () => {
    const events = chartLines(bell).map(({ event }) => event);
    expect(events).toEqual(
      expect.arrayContaining(['ring.done', 'ring.error', 'after.patience', 'door.opened', 'door.shut']),
    );
  });

  test('has a line for each way that an event may go, in the order in which guards are asked', () => {
    const ways = chartLines(bell).filter(({ event }) => event === 'door.opened');
    expect(ways.map(({ guard, target }) => [guard, target])).toEqual([
      ['is <late> & "loud"', 'away'],
      ['', 'inside'],
    ]);
  });

  test('says of each state whether it begins, ends, owes an effect or acts on entry', () => {
    const about = new Map(chartLines(bell).map(({ state, description }) => [state, description]));
    expect(about.get('outside')).toBe('Initial. Somebody waits | outside.');
    expect(about.get('away')).toBe('Final. Gone.');
    expect(about.get('outside.ringing')).not.toContain('xstate');
    expect(chartLines(bell).find(({ state }) => state === 'outside.ringing')?.description).toBe(
      'Initial. Owes ring. On entry: countRing.',
    );
  });

  test('reads as a table in Markdown, whatever its texts contain', () => {
    expect(chartMarkdown(bell)).toContain('| `outside` | Initial. Somebody waits \\| outside. |');
    expect(chartMarkdown(bell)).toContain('| `any state` |  | `door.shut` |  | stays |  |');
  });
});

describe('the drawing in Graphviz’s language', () => {
  const dot = chartDot(bell);

  test('puts a compound state round the states inside it', () => {
    const cluster = dot.slice(dot.indexOf('subgraph "cluster outside"'), dot.indexOf('\n}\n'));
    expect(cluster).toContain('"outside.ringing" [id="state.outside.ringing"');
    expect(cluster).toContain('"outside.listening" [id="state.outside.listening"');
    expect(cluster).not.toContain('"inside"');
  });

  test('marks where it begins, outside and inside', () => {
    expect(dot).toContain('"initial " -> "outside.ringing" [color="#0b0c0c", lhead="cluster outside"]');
    expect(dot).toContain('"initial outside" -> "outside.ringing"');
  });

  test('gives final states a double border and the last column', () => {
    expect(dot).toMatch(/"inside" \[id="state.inside", [^\n]*peripheries=2/);
    expect(dot).toContain('{ rank=max; "inside"; "away" }');
  });

  test('shows the effect that a state owes, and labels ways with guard, target and actions', () => {
    expect(dot).toContain('owes </FONT>ring<');
    expect(dot).toContain('after.patience');
    expect(dot).toContain('→ outside.listening');
    expect(dot).toContain('/ shout');
  });

  test('escapes what the chart calls things', () => {
    expect(dot).toContain('[is &lt;late&gt; &amp; &quot;loud&quot;]');
  });

  test('draws one line from a box to each of its targets', () => {
    const lines = chartDot(chartOf(notificationMachine)).split('\n');
    const toFailure = lines.filter((line) => /^"created.calling":\S+ -> "technical-failure"/.test(line));
    expect(toFailure).toHaveLength(1);
  });

  test('is the same each time', async () => {
    expect(chartDot(bell)).toBe(dot);
    expect((await drawChart(bell)).svg()).toBe((await drawChart(bell)).svg());
  });
});

describe('what several states take alike', () => {
  const alike = (...states: string[]): Chart => ({
    name: 'alike',
    root: {
      ...bell.root,
      handlers: [],
      states: states.map((name) => ({
        ...bell.root,
        name,
        path: name,
        kind: 'resting',
        states: [],
        handlers: [
          { event: 'door.shut', kind: 'event', branches: [] },
          { event: 'after.patience', kind: 'after', branches: [] },
        ],
      })),
    },
  });

  test('is shared by three states, but never a timer', () => {
    const shared = sharedHandlers(alike('a', 'b', 'c'));
    expect(
      shared.map(({ states, handlers }) => [states.map(({ path }) => path), handlers.map(({ event }) => event)]),
    ).toEqual([[['a', 'b', 'c'], ['door.shut']]]);
  });

  test('stays with each where they are only two', () => {
    expect(sharedHandlers(alike('a', 'b'))).toEqual([]);
  });

  test('stands once in the drawing', () => {
    const dot = chartDot(alike('a', 'b', 'c'));
    expect(dot.match(/door\.shut/g)).toHaveLength(1);
    expect(dot.match(/also takes/g)).toHaveLength(3);
  });
});

describe('a laid-out chart', () => {
  test('has its notes in the boxes, escaped, and nothing where there is none', async () => {
    const svg = (await drawChart(bell)).svg(new Map([['outside.ringing', '<3 & more']]), 'outside.ringing');
    expect(svg).toContain('>&lt;3 &amp; more</text>');
    expect(svg).not.toContain('@@slot');
    expect(svg.match(/class="here /g)).toHaveLength(2);
  });
});
