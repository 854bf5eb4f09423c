import type { AnyStateNode } from 'xstate';

/** The dotted paths of all states without sub-states: where an actor can be when it is stored. */
export function restingStates(node: AnyStateNode): string[] {
  const children = Object.values(node.states) as AnyStateNode[];
  return children.length === 0 ? [node.path.join('.')] : children.flatMap(restingStates);
}
