/** `npm run chaos -- kill --kills 20`: runs one of the experiments on real processes. Each prints its count. */
const experiments = ['kill'] as const;
const [name, ...rest] = process.argv.slice(2);
const found = experiments.find((experiment) => experiment === name);
if (!found) {
  console.error(`Which? ${experiments.join(', ')}`);
  process.exit(1);
}
process.argv.splice(2, process.argv.length, ...rest);
await import(`./${found}.ts`);

export {};
