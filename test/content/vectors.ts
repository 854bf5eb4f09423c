import { readFileSync } from 'node:fs';

export type VectorCase<Input, Expected> = { group: string; input: Input; expected: Expected };

/** The cases of one file of `test/vectors`, and a title for each. */
export function vectors<Input, Expected>(name: string): [title: string, VectorCase<Input, Expected>][] {
  const file: { cases: VectorCase<Input, Expected>[] } = JSON.parse(
    readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'),
  );
  return file.cases.map((vector, index) => {
    const input = JSON.stringify(vector.input).replaceAll('%', '%%');
    return [`${index} ${vector.group} ${input.slice(0, 80)}`, vector];
  });
}
