import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tokenOf } from '../src/app/banner.ts';

/** Prints a token for the demo service: `npm run --silent token [normal|team|test]`. Good for 30 seconds. */
const demo = JSON.parse(readFileSync(path.join(process.env['DATA_DIR'] ?? '.data', 'demo.json'), 'utf8')) as {
  api_keys: Record<string, string>;
};
const kind = process.argv[2] ?? 'normal';
const key = demo.api_keys[kind];
if (!key) {
  console.error(`There is no ${kind} key: choose ${Object.keys(demo.api_keys).join(', ')}`);
  process.exit(1);
}
console.log(tokenOf(key));
