import { describe, expect, test } from '@jest/globals';
import { fileSizeText } from '../../src/content/file-size.ts';
import { type LetterLanguage, letterDate } from '../../src/content/letter-date.ts';
import {
  canCancelLetter,
  isPrinted,
  isTooLateToCancel,
  letterTimings,
  type Postage,
} from '../../src/content/letter-timings.ts';
import { addWorkingDays, isWorkingDay } from '../../src/content/working-days.ts';
import { vectors } from './vectors.ts';

const utc = (text: string) => new Date(`${text}Z`);

describe('print and delivery times', () => {
  type Input = { upload_time_utc: string; postage: Postage; now_utc: string };
  type Expected = { printed_by: string; is_printed: boolean; earliest_delivery: string; latest_delivery: string };
  test.each(vectors<Input, Expected>('letter-timings'))('%s', (_, { input, expected }) => {
    const timings = letterTimings(utc(input.upload_time_utc), input.postage);
    expect({
      printed_by: timings.printedBy,
      is_printed: isPrinted(timings, utc(input.now_utc)),
      earliest_delivery: timings.earliestDelivery,
      latest_delivery: timings.latestDelivery,
    }).toEqual({
      printed_by: new Date(expected.printed_by),
      is_printed: expected.is_printed,
      earliest_delivery: new Date(expected.earliest_delivery),
      latest_delivery: new Date(expected.latest_delivery),
    });
  });
});

describe('cancelling a letter', () => {
  type Input = { now_utc: string; created_at_utc: string; status: string };
  type Expected = { can_cancel: boolean; too_late: boolean };
  test.each(vectors<Input, Expected>('letter-cancellation'))('%s', (_, { input, expected }) => {
    const [createdAt, now] = [utc(input.created_at_utc), utc(input.now_utc)];
    expect(isTooLateToCancel(createdAt, now)).toBe(expected.too_late);
    expect(canCancelLetter(input.status, createdAt, now)).toBe(expected.can_cancel);
  });
});

describe('working days', () => {
  type Expected = {
    printing_day: boolean;
    delivery_day_first_class: boolean;
    delivery_day_other: boolean;
    next_printing_day: string;
    previous_printing_day: string;
    next_delivery_day_first: string;
    next_delivery_day_second: string;
    previous_delivery_day_first: string;
    plus_3_printing_days: string;
    minus_3_printing_days: string;
    plus_5_delivery_days_second: string;
  };
  test.each(vectors<{ date: string }, Expected>('postal-working-days'))('%s', (_, { input: { date }, expected }) => {
    expect({
      printing_day: isWorkingDay(date, 'printing'),
      delivery_day_first_class: isWorkingDay(date, 'first-class-delivery'),
      delivery_day_other: isWorkingDay(date, 'other-delivery'),
      next_printing_day: addWorkingDays(date, 1, 'printing'),
      previous_printing_day: addWorkingDays(date, -1, 'printing'),
      next_delivery_day_first: addWorkingDays(date, 1, 'first-class-delivery'),
      next_delivery_day_second: addWorkingDays(date, 1, 'other-delivery'),
      previous_delivery_day_first: addWorkingDays(date, -1, 'first-class-delivery'),
      plus_3_printing_days: addWorkingDays(date, 3, 'printing'),
      minus_3_printing_days: addWorkingDays(date, -3, 'printing'),
      plus_5_delivery_days_second: addWorkingDays(date, 5, 'other-delivery'),
    }).toEqual(expected);
  });

  test('moving by no days is an error', () => {
    expect(() => addWorkingDays('2026-01-01', 0, 'printing')).toThrow('days argument must not be 0');
  });
});

describe('letter dates', () => {
  type Input = { created_at_utc: string; language: LetterLanguage };
  test.each(vectors<Input, { date: string }>('letter-dates'))('%s', (_, { input, expected }) => {
    expect(letterDate(utc(input.created_at_utc), input.language)).toBe(expected.date);
  });
});

describe('file sizes', () => {
  test.each(vectors<{ bytes: number }, { text: string }>('file-size'))('%s', (_, { input, expected }) => {
    expect(fileSizeText(input.bytes)).toBe(expected.text);
  });
});
