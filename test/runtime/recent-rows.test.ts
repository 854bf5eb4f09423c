import { expect, test } from '@jest/globals';
import { RecentRows } from '../../src/runtime/recent-rows.ts';
import type { Row } from '../../src/runtime/row.ts';

const row = (id: string, version = 1): Row => ({
  id,
  version,
  state: 'a',
  context: {},
  wakeAt: null,
  pool: '',
  leasedBy: null,
  timers: null,
});

test('the newest version of each row is kept, and the row that came first makes room', () => {
  const recent = new RecentRows(2);
  recent.keep(row('a'));
  recent.keep(row('b'));
  recent.keep(row('a', 2));
  expect(recent.get('a')?.version).toBe(2);
  recent.keep(row('c'));
  expect([recent.get('a'), recent.get('b')?.id, recent.get('c')?.id]).toEqual([undefined, 'b', 'c']);
});

test('a row that was forgotten may come again', () => {
  const recent = new RecentRows(2);
  recent.keep(row('a'));
  recent.forget('a');
  expect(recent.get('a')).toBeUndefined();
  recent.keep(row('a', 3));
  expect(recent.get('a')?.version).toBe(3);
});
