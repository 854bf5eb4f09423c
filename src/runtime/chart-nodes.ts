import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** A node's transitions for an event in XState's order: the exact type first, then wildcards, the longest first. */
export function matching(node: AnyStateNode, type: string): AnyTransitionDefinition[] {
  const wildcards = [...node.transitions.keys()]
    .filter((descriptor) => descriptor !== type && matchesWildcard(type, descriptor))
    .sort((a, b) => b.length - a.length);
  return [type, ...wildcards].flatMap((descriptor) => node.transitions.get(descriptor) ?? []);
}

function matchesWildcard(type: string, descriptor: string): boolean {
  if (descriptor === '*') return true;
  return descriptor.endsWith('.*') && type.startsWith(descriptor.slice(0, -1));
}

/** The states below `node` that are entered with it. */
export function initialPath(node: AnyStateNode): AnyStateNode[] {
  const [next] = node.initial?.target ?? [];
  if (!next) return [];
  const path = ancestry(next);
  return [...path.slice(path.indexOf(node) + 1), ...initialPath(next)];
}

/** From the root to the node. */
export function ancestry(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [...ancestry(node.parent), node] : [node];
}

/** Whether `node` lies below `ancestor`. */
export function isWithin(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  return node !== ancestor && ancestry(node).includes(ancestor);
}

/** The innermost state that holds both; for a transition of the root to itself there is none. */
export function commonAncestor(target: AnyStateNode, source: AnyStateNode): AnyStateNode | undefined {
  return ancestry(target)
    .slice(0, -1)
    .findLast((ancestor) => isWithin(source, ancestor));
}

/** The active nodes of a resting state, from the root down. Throws for a path that the chart does not have. */
export function nodesOf(machine: AnyStateMachine, state: string): AnyStateNode[] {
  let node: AnyStateNode = machine.root;
  const nodes = [node];
  for (const key of state.split('.')) {
    const child = (node.states as Record<string, AnyStateNode | undefined>)[key];
    if (!child) throw new Error(`${machine.id} has no state ${state}`);
    node = child;
    nodes.push(node);
  }
  return nodes;
}

/** The dotted path of active nodes, the root left out. */
export function pathOf(nodes: AnyStateNode[]): string {
  return nodes
    .slice(1)
    .map((node) => node.key)
    .join('.');
}
