import { bareExpress } from './bare-express.ts';
import { expressInsert } from './express-insert.ts';
import type { Target } from './target.ts';
import { apiProcess, wholeApp } from './whole-app.ts';

/** Every server, in the order of the table. */
export const TARGETS = {
  'API process': apiProcess,
  'API and delivery in one': wholeApp,
  'Express, nothing stored': bareExpress,
  'Express + one insert': expressInsert,
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof TARGETS;
export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];
