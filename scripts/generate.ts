import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SETTINGS } from '../src/config/config.ts';
import { chartDocuments } from './generate/chart-documents.ts';
import { withSettings } from './generate/settings-table.ts';

/**
 * Writes what is made from the code, below the working directory: the charts in `docs/charts/` and the settings in
 * `README.md`. With `--check` it writes nothing, names the files that are not as they should be, and ends with 1.
 */
const README = 'README.md';
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const documents = await chartDocuments();
const readme = existsSync(README) ? withSettings(readFileSync(README, 'utf8'), SETTINGS) : null;
if (readme !== null) documents.set(README, readme);

const stale = [...documents].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
for (const [file, text] of values.check ? [] : stale) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
for (const [file] of stale) console.log(values.check ? `Stale: ${file}` : `Wrote ${file}`);
if (readme === null) console.warn(`${README} has no place for the settings: it is missing, or its markers are`);
if (values.check && (stale.length > 0 || readme === null)) {
  console.error('Run npm run generate');
  process.exitCode = 1;
}
