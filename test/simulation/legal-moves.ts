import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** Every move that a chart can make, as a trail tells it: `from event to`. Guards are not looked at. */
export function legalMoves(machine: AnyStateMachine): Set<string> {
  const moves = new Set([` start ${leafOf(machine.root)}`]);
  for (const leaf of nodesOf(machine.root).filter(isLeaf)) {
    for (const node of [leaf, ...ancestorsOf(leaf)]) {
      for (const transitions of node.transitions.values()) {
        for (const { eventType, target } of transitions) {
          const to = target?.[0] ? leafOf(target[0]) : pathOf(leaf);
          moves.add(`${pathOf(leaf)} ${trailName(eventType)} ${to}`);
        }
      }
    }
  }
  return moves;
}

/** Dotted paths of all states in which an actor can rest. */
export function restingStates(machine: AnyStateMachine): string[] {
  return nodesOf(machine.root).filter(isLeaf).map(pathOf);
}

/** Dotted paths of the states that end an actor. */
export function finalStates(machine: AnyStateMachine): string[] {
  return nodesOf(machine.root)
    .filter(({ type }) => type === 'final')
    .map(pathOf);
}

export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(nodesOf)];
}

function isLeaf({ type }: AnyStateNode): boolean {
  return type === 'atomic' || type === 'final';
}

function ancestorsOf({ parent }: AnyStateNode): AnyStateNode[] {
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}

function pathOf({ path }: AnyStateNode): string {
  return path.join('.');
}

function leafOf(node: AnyStateNode): string {
  const initial = node.initial.target?.[0];
  return initial && initial !== node ? leafOf(initial) : pathOf(node);
}

/** As the runtime shortens XState's names. */
function trailName(type: string): string {
  const [, kind, , name] = type.split('.');
  if (type.startsWith('xstate.done.actor.') || type.startsWith('xstate.error.actor.')) return `${name}.${kind}`;
  return type.startsWith('xstate.after.') ? `after.${type.split('.')[2]}` : type;
}
