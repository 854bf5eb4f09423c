import type { Clock } from '../runtime/clock.ts';
import { GroupCommit } from '../runtime/group-commit.ts';

type Outcome<Answer> = { answer: Answer } | { error: unknown };

/** Items in one statement at most. */
const MOST = 2000;

/**
 * Does together what gathers while the call before is in flight: `run` gets the items in the order in which they came,
 * and answers in that order. Where it fails, all of them have failed.
 */
export function inCompany<Item, Answer>(
  clock: Clock,
  run: (items: Item[]) => Promise<Answer[]>,
): (item: Item) => Promise<Answer> {
  const settle = (items: Item[]): Promise<Outcome<Answer>[]> =>
    run(items).then(
      (answers) => answers.map((answer) => ({ answer })),
      (error: unknown) => items.map(() => ({ error })),
    );
  const commit = new GroupCommit<Item, Outcome<Answer>>(settle, {
    clock,
    max: MOST,
    lanes: 1,
    isRetryable: () => false,
  });
  return async (item) => {
    const outcome = await commit.add(item);
    if ('error' in outcome) throw outcome.error;
    return outcome.answer;
  };
}
