import { allStates, type Branch, type Chart, type ChartState, type Handler } from './chart.ts';
import { bold, cell, coloured, escapeDot, FAINT, faint, row, small, table, wrapped } from './dot-table.ts';
import { type SharedHandlers, sharedHandlers } from './shared-handlers.ts';

/** Muted, and dark enough on white for thin lines. An edge has its target's. */
const EDGE_COLOURS = ['#1d70b8', '#00703c', '#8a4b00', '#912b88', '#a3281b', '#28687f', '#4c2c92', '#594d00'];
const INK = '#0b0c0c';
const LINE = '#505a5f';
const HEADER_FILL = '#e8eff6';
const FINAL_FILL = '#eeefef';

/** The place in a drawing where a state's live count, or a mark, is written later: its width is kept free. */
export function slotOf(index: number): string {
  return `@@slot${String(index).padStart(3, '0')}@@`;
}

/** The `id` of a state's element in the drawing. */
export function elementId(path: string): string {
  return `state.${path}`;
}

/**
 * A chart in Graphviz's language. Each state is a box that lists what it takes: an event, then a line for each way that
 * it may go, with guard, target and actions. One edge runs from a box to each of its targets. Compound states are
 * clusters, final states have a double border, and what three or more states take alike stands once, in a lettered box.
 */
export function chartDot(chart: Chart): string {
  const writer = new DotWriter(chart);
  return [
    `digraph ${quoted(chart.name)} {`,
    'graph [rankdir=LR, compound=true, nodesep=0.2, ranksep=0.7, pad=0.15, bgcolor=white, fontname="Arial", fontsize=11]',
    `node [shape=plain, fontname="Arial", fontsize=11, fontcolor="${INK}", color="${LINE}"]`,
    `edge [arrowsize=0.8, penwidth=1.3, color="${INK}"]`,
    ...writer.root(chart.root),
    ...writer.edges,
    '}',
    '',
  ].join('\n');
}

class DotWriter {
  readonly edges: string[] = [];
  readonly #states = new Map<string, ChartState>();
  readonly #slots = new Map<string, string>();
  readonly #colours = new Map<string, string>();
  readonly #shared: SharedHandlers[];
  readonly #sharedKeys: Set<string>;

  constructor(chart: Chart) {
    this.#shared = sharedHandlers(chart);
    this.#sharedKeys = new Set(this.#shared.flatMap(({ handlers }) => handlers.map(keyOf)));
    allStates(chart).forEach((state, index) => {
      this.#states.set(state.path, state);
      this.#slots.set(state.path, slotOf(index));
    });
    chart.root.states.forEach(({ name }, index) => {
      this.#colours.set(name, EDGE_COLOURS[index % EDGE_COLOURS.length] ?? INK);
    });
  }

  root(root: ChartState): string[] {
    return [
      ...this.#initialMark(root),
      ...root.states.map((state) => this.#state(state)),
      `{ rank=max; ${root.states.flatMap(({ kind, path }) => (kind === 'final' ? quoted(path) : [])).join('; ')} }`,
      ...this.#ownBox(root, 'In any state'),
      ...this.#shared.map((shared, index) => this.#sharedBox(shared, index)),
    ];
  }

  #state(state: ChartState): string {
    if (state.kind === 'compound') return this.#cluster(state);
    const rows = [
      ...this.#heading(state),
      ...this.#alsoTakes(state),
      ...this.#handlerRows(state.path, this.#own(state)),
    ];
    const isFinal = state.kind === 'final';
    const shape = isFinal ? 'shape=box, style="rounded,filled", fillcolor="white", peripheries=2, margin=0.02, ' : '';
    const label = table(rows, isFinal ? 'none' : 'solid');
    return `${quoted(state.path)} [id=${quoted(elementId(state.path))}, ${shape}label=<${label}>]`;
  }

  #cluster(state: ChartState): string {
    return [
      `subgraph ${quoted(clusterOf(state.path))} {`,
      `id=${quoted(elementId(state.path))}; style=rounded; color="${LINE}"; penwidth=1.4; labeljust=l; margin=12`,
      `label=<${table([...this.#heading(state), ...this.#alsoTakes(state)], 'none')}>`,
      ...this.#initialMark(state),
      ...state.states.map((inner) => this.#state(inner)),
      ...this.#ownBox(state, `In all of ${state.path}`),
      '}',
    ].join('\n');
  }

  /** What a compound state, or the root, takes beside those inside it. */
  #ownBox(state: ChartState, title: string): string[] {
    const handlers = this.#own(state);
    if (handlers.length === 0) return [];
    const node = `on ${state.path}`;
    return [this.#listBox(node, small(faint(escapeDot(title))), handlers)];
  }

  #sharedBox({ states, handlers }: SharedHandlers, index: number): string {
    const names = states.map(({ path }) => path).join(', ');
    const title = wrapped(`${letterOf(index)}: taken alike in ${names}`);
    return this.#listBox(`shared ${index}`, title, handlers);
  }

  #listBox(node: string, title: string, handlers: Handler[]): string {
    const rows = [row(cell(title, { span: 2 })), ...this.#handlerRows(node, handlers)];
    return `${quoted(node)} [label=<${table(rows, 'dashed')}>]`;
  }

  #initialMark({ path, states }: ChartState): string[] {
    const initial = states.find(({ isInitial }) => isInitial);
    if (!initial) return [];
    const mark = `initial ${path}`;
    this.edges.push(`${quoted(mark)} -> ${this.#head(initial.path, INK)}`);
    return [`${quoted(mark)} [shape=circle, style=filled, fillcolor="${INK}", width=0.16, fixedsize=true, label=""]`];
  }

  #heading(state: ChartState): string[] {
    const fill = state.kind === 'compound' ? null : state.kind === 'final' ? FINAL_FILL : HEADER_FILL;
    const title = `${bold(escapeDot(state.name))}${state.kind === 'final' ? small(faint(' final')) : ''}`;
    const slot = this.#slots.get(state.path) ?? '';
    return [
      row(cell(title, { fill }), cell(bold(slot), { fill, align: 'RIGHT' })),
      ...(state.description === null ? [] : [row(cell(small(faint(wrapped(state.description))), { span: 2 }))]),
      ...fact('owes', state.invokes),
      ...fact('on entry', state.entry),
      ...fact('on exit', state.exit),
    ];
  }

  #alsoTakes(state: ChartState): string[] {
    return fact(
      'also takes',
      this.#shared.flatMap(({ states }, index) => (states.includes(state) ? letterOf(index) : [])),
    );
  }

  #own(state: ChartState): Handler[] {
    return state.handlers.filter((handler) => !this.#sharedKeys.has(keyOf(handler)));
  }

  #handlerRows(node: string, handlers: Handler[]): string[] {
    const targets = new Set<string>();
    return handlers.flatMap(({ event, branches }, of) => [
      row(cell(bold(escapeDot(event)), { span: 2, topLine: true })),
      ...branches.flatMap((branch, index) => {
        const port = `t${of}_${index}`;
        const { target } = branch;
        const colour = target === null ? FAINT : this.#colourOf(target);
        if (target !== null && !targets.has(target)) {
          targets.add(target);
          this.edges.push(`${quoted(node)}:${port}:e -> ${this.#head(target, colour)}`);
        }
        return branchRows(branch, index, port, colour);
      }),
    ]);
  }

  #colourOf(target: string): string {
    return this.#colours.get(target.split('.')[0] ?? '') ?? INK;
  }

  /** The end of an edge: a compound state is met at its border. */
  #head(target: string, colour: string): string {
    let state = this.#states.get(target);
    const isCompound = state?.kind === 'compound';
    while (state?.kind === 'compound') state = state.states.find(({ isInitial }) => isInitial);
    const head = isCompound ? `, lhead=${quoted(clusterOf(target))}` : '';
    return `${quoted(state?.path ?? target)} [color="${colour}"${head}]`;
  }
}

function branchRows({ guard, actions, target }: Branch, index: number, port: string, colour: string): string[] {
  const otherwise = index > 0 ? 'otherwise' : 'always';
  const condition = guard === null ? faint(`  ${otherwise}`) : coloured(INK, escapeDot(`  [${guard}]`));
  const goes = target === null ? faint('stays   ') : coloured(colour, escapeDot(`→ ${target}   `));
  const does =
    actions.length === 0 ? [] : [row(cell(small(faint(escapeDot(`  / ${actions.join(', ')}`))), { span: 2 }))];
  return [row(cell(condition, {}), cell(goes, { align: 'RIGHT', port })), ...does];
}

function fact(label: string, names: string[]): string[] {
  if (names.length === 0) return [];
  return [row(cell(`${faint(escapeDot(`${label} `))}${escapeDot(names.join(', '))}`, { span: 2 }))];
}

function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function keyOf(handler: Handler): string {
  return JSON.stringify(handler);
}

function clusterOf(path: string): string {
  return `cluster ${path}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
