import { tasks } from './tasks.ts';

type Task = { name: keyof typeof tasks; input: never };

/** The other end of `threads`: one call at a time in a thread of its own. */
export default function work({ name, input }: Task): unknown {
  return tasks[name](input);
}
