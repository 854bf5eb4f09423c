type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer): void; reject(error: unknown): void };

/** Groups what arrives while earlier groups are being stored. For the peers that have no grouping of their own. */
export function coalesce<Item, Answer>(
  run: (items: Item[]) => Promise<Answer[]>,
  { max = 500, lanes = 1 } = {},
): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  let busy = 0;
  let scheduled = false;

  const flush = async () => {
    scheduled = false;
    if (busy >= lanes || waiting.length === 0) return;
    const group = waiting.slice(0, max);
    waiting = waiting.slice(max);
    busy++;
    schedule();
    try {
      const answers = await run(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    busy--;
    schedule();
  };
  const schedule = () => {
    if (scheduled || busy >= lanes || waiting.length === 0) return;
    scheduled = true;
    setImmediate(() => void flush());
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
