import { expect, test } from '@jest/globals';
import { nextEvening, nextPrintRun, nextStep, nextTimeoutRun } from '../../machines/london-clock.ts';

const at = (iso: string) => Date.parse(iso);
const runAfter = (iso: string) => new Date(nextTimeoutRun(at(iso))).toISOString();

test.each([
  ['in winter at 00:05 UTC', '2026-01-10T12:00:00Z', '2026-01-11T00:05:00.000Z'],
  ['in summer at 23:05 UTC the day before', '2026-06-10T12:00:00Z', '2026-06-10T23:05:00.000Z'],
  ['just before the run, that run', '2026-01-11T00:04:59.999Z', '2026-01-11T00:05:00.000Z'],
  ['at the run itself, the next one', '2026-01-11T00:05:00.000Z', '2026-01-12T00:05:00.000Z'],
  ['in summer just before the run', '2026-06-10T23:04:59.999Z', '2026-06-10T23:05:00.000Z'],
  ['in summer at the run itself', '2026-06-10T23:05:00.000Z', '2026-06-11T23:05:00.000Z'],
  ['between midnight in London and midnight UTC', '2026-06-10T23:30:00Z', '2026-06-11T23:05:00.000Z'],
])('the next time-out run is %s', (_when, instant, run) => {
  expect(runAfter(instant)).toBe(run);
});

test.each([
  ['the night before clocks go forward', '2026-03-28T12:00:00Z', '2026-03-29T00:05:00.000Z'],
  ['the day clocks go forward, the next run is 23 hours later', '2026-03-29T00:05:00Z', '2026-03-29T23:05:00.000Z'],
  ['the night before clocks go back', '2026-10-24T12:00:00Z', '2026-10-24T23:05:00.000Z'],
  ['the day clocks go back, the next run is 25 hours later', '2026-10-24T23:05:00Z', '2026-10-26T00:05:00.000Z'],
  ['the hour that happens twice', '2026-10-25T01:30:00Z', '2026-10-26T00:05:00.000Z'],
])('%s', (_when, instant, run) => {
  expect(runAfter(instant)).toBe(run);
});

test('over five years every run is at 00:05 in London, later than asked for and never by more than 25 hours', () => {
  const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'medium' });
  const HOUR_MS = 3_600_000;
  for (let instant = at('2024-01-01T00:00:00Z'); instant < at('2029-01-01T00:00:00Z'); instant += 7 * HOUR_MS + 1) {
    const run = nextTimeoutRun(instant);
    expect(london.format(run)).toBe('00:05:00');
    expect(run - instant).toBeGreaterThan(0);
    expect(run - instant).toBeLessThanOrEqual(25 * HOUR_MS);
  }
});

const printRun = (createdAt: string, now = createdAt) => new Date(nextPrintRun(at(createdAt), at(now))).toISOString();

test.each([
  ['before 17:30, that day', '2026-01-10T12:00:00Z', '2026-01-10T17:50:00.000Z'],
  ['in summer, an hour earlier in UTC', '2026-06-10T12:00:00Z', '2026-06-10T16:50:00.000Z'],
  ['at 17:29:59.999, that day', '2026-01-10T17:29:59.999Z', '2026-01-10T17:50:00.000Z'],
  ['at 17:30, the day after', '2026-01-10T17:30:00Z', '2026-01-11T17:50:00.000Z'],
  ['on the evening before the clocks go forward', '2026-03-28T18:00:00Z', '2026-03-29T16:50:00.000Z'],
  ['on the evening before the clocks go back', '2026-10-24T20:00:00Z', '2026-10-25T17:50:00.000Z'],
])('a letter accepted %s is in the print run of 17:50', (_when, createdAt, run) => {
  expect(printRun(createdAt)).toBe(run);
});

test('a letter that is ready too late for a run is in the next', () => {
  expect(printRun('2026-01-10T12:00:00Z', '2026-01-10T17:49:59Z')).toBe('2026-01-10T17:50:00.000Z');
  expect(printRun('2026-01-10T12:00:00Z', '2026-01-10T17:50:00Z')).toBe('2026-01-11T17:50:00.000Z');
});

test('an evening is 20:00 in London, a step a full one', () => {
  expect(new Date(nextEvening(at('2026-06-10T19:00:00Z'))).toISOString()).toBe('2026-06-11T19:00:00.000Z');
  expect(new Date(nextEvening(at('2026-01-10T19:00:00Z'))).toISOString()).toBe('2026-01-10T20:00:00.000Z');
  expect(new Date(nextStep(at('2026-01-10T19:00:00Z'), 900_000)).toISOString()).toBe('2026-01-10T19:15:00.000Z');
});
