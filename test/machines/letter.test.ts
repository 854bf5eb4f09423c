import { describe, expect, test } from '@jest/globals';
import { letterMachine } from '../../machines/letter.machine.ts';
import type { LetterInput } from '../../machines/letter.types.ts';
import { CREATED_AT, leaseExpired, Walk } from './walk.ts';

const MINUTE_MS = 60_000;
const normal: LetterInput = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  keyType: 'normal',
  isPrecompiled: false,
  postage: 'second',
  fakesDelivery: true,
  createdAt: CREATED_AT,
};
const begin = (changes: Partial<LetterInput> = {}) => new Walk(letterMachine, { ...normal, ...changes });
const pdf = (changes: Partial<LetterInput> = {}) => begin({ isPrecompiled: true, ...changes });

const done = (effect: string, output: object, at = CREATED_AT) => ({ type: `xstate.done.actor.${effect}`, output, at });
const broken = (effect: string) => ({ type: `xstate.error.actor.${effect}`, error: 'no' });
const due = (timer: string, state: string) => ({ type: `xstate.after.${timer}.letter.${state}` });

const rendered = (pages: number) => done('renderPdf', { outcome: 'rendered', pages });
const clean = done('scanFile', { outcome: 'clean' });
const passed = (postage: string | null = null) =>
  done('sanitisePdf', { outcome: 'passed', pages: 3, address: 'Sam\nRoad\nSW1A 1AA', postage });
const filed = done('fileValidPdf', { outcome: 'filed' });
const printRun = due('nextPrintRun', 'created.ready');
const accepted = done('printLetter', { outcome: 'accepted', provider: 'dvla' });
const despatched = { type: 'print.despatched' };
const cancel = { type: 'cancellation.asked' };
const cancelJob = { type: 'job.cancelled' };
const returned = { type: 'letter.returned' };

const inPrint = () => begin().take(rendered(3), printRun);
const sending = () => inPrint().take(accepted);

describe('a letter from a template', () => {
  test('owes its PDF first, and has no units until it is there', () => {
    const walk = begin();
    expect(walk.state).toBe('created.rendering');
    expect(walk.last.begun).toMatchObject({ src: 'renderPdf', input: { attempt: 1 } });
    expect(walk.context).toMatchObject({ billableUnits: 0, updatedAt: null });
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [10, 5],
  ])('of %d pages has %d sheets, and waits for the print run', (pages, sheets) => {
    const walk = begin().take(rendered(pages));
    expect([walk.state, walk.context['billableUnits']]).toEqual(['created.ready', sheets]);
    // Created at 13:00 in London's summer.
    expect(walk.armedDelay).toBe(290 * MINUTE_MS);
  });

  test('of eleven pages is not valid, and costs nothing', () => {
    const walk = begin().take(rendered(11));
    expect([walk.state, walk.context['billableUnits']]).toEqual(['validation-failed', 0]);
    expect(walk.context).toMatchObject({ failure: { message: 'letter-too-long', invalidPages: null, pages: 11 } });
  });

  test('that is ready is printed before its time where an operator says so, and never before it is ready', () => {
    const print = { type: 'operator.print' };
    expect(begin().take(rendered(3), print).state).toBe('created.printing');
    expect(begin().take(print).last.accepted).toBe(false);
  });

  test('whose PDF cannot be made is tried four times, then at the next quarter of an hour after its first hour', () => {
    const walk = begin();
    const delays: (number | null)[] = [];
    while (walk.take(done('renderPdf', { outcome: 'engine-failed', reason: 'no' })).state === 'created.renderBackoff') {
      delays.push(walk.armedDelay);
      walk.take(due('shortRetry', 'created.renderBackoff'));
    }
    expect(delays).toEqual([180_000, 180_000, 180_000]);
    expect([walk.state, walk.armedDelay]).toEqual(['created.awaitingReplay', 60 * MINUTE_MS]);
    walk.take(due('nextReplay', 'created.awaitingReplay'));
    expect([walk.state, walk.context['attempts']]).toEqual(['created.rendering', 1]);
  });

  test('whose PDF cannot be stored is left for the replay at once', () => {
    expect(begin().take(done('renderPdf', { outcome: 'store-failed', reason: 'no' })).state).toBe(
      'created.awaitingReplay',
    );
  });

  test('whose process died is made again at once', () => {
    const walk = begin().take(leaseExpired);
    expect([walk.state, walk.context['attempts']]).toEqual(['created.rendering', 2]);
  });
});

describe('a letter as a PDF', () => {
  test('is scanned before anybody opens it', () => {
    const walk = pdf();
    expect(walk.state).toBe('pending-virus-check.scanning');
    expect(walk.last.begun).toMatchObject({ src: 'scanFile', input: { attempt: 1, isLast: false } });
  });

  test('with a virus ends there', () => {
    expect(pdf().take(done('scanFile', { outcome: 'infected' })).state).toBe('virus-scan-failed');
  });

  test('is scanned six times, five minutes apart; the last one knows that it is', () => {
    const walk = pdf();
    const delays: (number | null)[] = [];
    let input: unknown;
    while (walk.take(done('scanFile', { outcome: 'failed', reason: 'no' })).state !== 'technical-failure') {
      delays.push(walk.armedDelay);
      walk.take(due('longRetry', 'pending-virus-check.scanBackoff'));
      input = walk.last.begun?.input;
    }
    expect(delays).toEqual(Array(5).fill(300_000));
    expect(input).toEqual({ attempt: 6, isLast: true });
  });

  test('that passes its checks is created when its facts are stored, and ready when its file is in place', () => {
    const walk = pdf().take(clean, passed('europe'));
    expect(walk.state).toBe('created.filing');
    expect(walk.context).toMatchObject({ billableUnits: 2, postage: 'europe', address: 'Sam\nRoad\nSW1A 1AA' });
    expect(walk.last.begun).toMatchObject({ input: { postage: 'europe' } });
    expect(walk.take(filed).state).toBe('created.ready');
  });

  test('to the UK keeps the postage that was asked for', () => {
    expect(pdf({ postage: 'first' }).take(clean, passed()).context).toMatchObject({ postage: 'first' });
  });

  test('that does not pass is filed with the invalid ones first', () => {
    const failed = done('sanitisePdf', { outcome: 'not-valid', message: 'x', invalidPages: [1], pages: 1 });
    const walk = pdf().take(clean, failed);
    expect(walk.state).toBe('pending-virus-check.filingInvalid');
    const failure = { message: 'x', invalidPages: [1], pages: 1 };
    expect(walk.last.begun).toMatchObject({ input: { failure } });
    walk.take(done('fileInvalidPdf', { outcome: 'filed' }));
    expect([walk.state, walk.context['billableUnits']]).toEqual(['validation-failed', 0]);
  });

  test('whose file is in the wrong place needs a person', () => {
    const walk = pdf().take(clean, passed(), done('fileValidPdf', { outcome: 'store-failed', reason: 'no' }));
    expect(walk.state).toBe('technical-failure');
  });

  test('that could not be read is scanned anew: every ten minutes at first, then at 20:00', () => {
    const storeFailed = (at: number) => done('sanitisePdf', { outcome: 'store-failed', reason: 'no' }, at);
    const walk = pdf().take(clean, storeFailed(CREATED_AT));
    expect([walk.state, walk.armedDelay]).toEqual(['pending-virus-check.awaitingRescan', 20 * MINUTE_MS]);
    const late = CREATED_AT + 125 * MINUTE_MS;
    expect(pdf().take(clean, storeFailed(late)).armedDelay).toBe(295 * MINUTE_MS);
    expect(walk.take(due('nextRescan', 'pending-virus-check.awaitingRescan')).state).toBe(
      'pending-virus-check.scanning',
    );
  });

  test('from the ERROR folder is scanned when an operator asks for it', () => {
    const walk = pdf();
    while (walk.state !== 'technical-failure')
      walk.take(broken('scanFile'), due('longRetry', 'pending-virus-check.scanBackoff'));
    expect(walk.take({ type: 'operator.replayScan' }).state).toBe('pending-virus-check.scanning');
  });
});

describe('the print run', () => {
  test('hands the letter over once, and notes who has it', () => {
    const walk = inPrint();
    expect(walk.last.begun).toMatchObject({ src: 'printLetter', input: { attempt: 1 } });
    walk.take(accepted);
    expect([walk.state, walk.context['sentBy'], walk.context['sentAt']]).toEqual([
      'sending.awaitingPrinter',
      'dvla',
      CREATED_AT,
    ]);
  });

  test('is tried 56 times, three minutes apart', () => {
    const walk = inPrint();
    let retries = 0;
    while (
      walk.take(done('printLetter', { outcome: 'try-later', reason: 'HTTP 503' })).state === 'created.printBackoff'
    ) {
      expect(walk.armedDelay).toBe(180_000);
      walk.take(due('shortRetry', 'created.printBackoff'));
      retries++;
    }
    expect([retries, walk.state]).toEqual([55, 'technical-failure']);
  });

  test('that the printer refuses is not tried again, but by an operator', () => {
    const walk = inPrint().take(done('printLetter', { outcome: 'refused', reason: 'HTTP 400' }));
    expect(walk.state).toBe('technical-failure');
    expect(walk.take({ type: 'operator.retry' }).state).toBe('created.printing');
  });

  test.each([
    [despatched, 'delivered.kept'],
    [{ type: 'print.rejected' }, 'technical-failure'],
  ])('afterwards %j leads to %s', (event, state) => {
    expect(sending().take(event).state).toBe(state);
  });

  test('the printer’s news may come before its answer', () => {
    expect(inPrint().take(despatched, accepted).state).toBe('delivered.kept');
  });

  test('a letter stays with the printer without end, looked at once a week', () => {
    const walk = sending();
    expect(walk.take(due('stillThere', 'sending.awaitingPrinter')).state).toBe('sending.awaitingPrinter');
    expect(walk.armedDelay).toBe(604_800_000);
  });
});

describe('a letter of a test key', () => {
  test('from a template is sending, and its printer is made up once the PDF is there', () => {
    const walk = begin({ keyType: 'test' });
    expect(walk.state).toBe('sending.rendering');
    walk.take(rendered(3));
    expect([walk.state, walk.last.begun?.src, walk.context['billableUnits']]).toEqual([
      'sending.faking',
      'fakePrint',
      0,
    ]);
    expect(walk.take(despatched, done('fakePrint', {})).state).toBe('delivered.kept');
  });

  test('is delivered at once where no printer is made up; its PDF is made all the same', () => {
    const walk = begin({ keyType: 'test', fakesDelivery: false });
    expect([walk.state, walk.context['updatedAt']]).toEqual(['delivered.rendering', CREATED_AT]);
    expect(walk.take(rendered(3)).state).toBe('delivered.kept');
  });

  test.each([true, false])('that is too long is not valid, though it was more already (%s)', (fakesDelivery) => {
    expect(begin({ keyType: 'test', fakesDelivery }).take(rendered(11)).state).toBe('validation-failed');
  });

  test('as a PDF is delivered when it has passed its checks', () => {
    const walk = pdf({ keyType: 'test' }).take(clean, passed());
    expect([walk.state, walk.context['billableUnits']]).toEqual(['delivered.filing', 2]);
    expect(walk.take(filed).state).toBe('delivered.kept');
  });

  test('never gets to the printer', () => {
    const walk = begin({ keyType: 'test' }).take(rendered(1), done('fakePrint', {}));
    expect(walk.take(printRun).last.accepted).toBe(false);
  });
});

/** The table of letterbroadcasts 1.9: what each status makes of what comes from outside. */
describe('late and contradicting events', () => {
  const failed = () => inPrint().take(done('printLetter', { outcome: 'refused', reason: 'no' }));
  const states: Record<string, () => Walk> = {
    'pending-virus-check': () => pdf(),
    created: () => begin().take(rendered(3)),
    printing: inPrint,
    sending,
    delivered: () => sending().take(despatched),
    'technical-failure': failed,
    'permanent-failure': () => sending().take({ type: 'operator.permanentFailure' }),
    'validation-failed': () => begin().take(rendered(11)),
    'virus-scan-failed': () => pdf().take(done('scanFile', { outcome: 'infected' })),
    cancelled: () => begin().take(cancel),
    'returned-letter': () => sending().take(returned),
  };
  const refusers = (event: { type: string }) =>
    Object.entries(states).flatMap(([name, walk]) => (walk().take(event).last.accepted ? [] : [name]));

  test('CANCEL is taken before printing only', () => {
    expect(refusers(cancel)).toEqual(
      Object.keys(states).filter((name) => !['pending-virus-check', 'created'].includes(name)),
    );
  });

  test('the cancelling of a job also takes those that failed, and clears their units', () => {
    expect(refusers(cancelJob)).toEqual([
      'printing',
      'sending',
      'delivered',
      'permanent-failure',
      'cancelled',
      'returned-letter',
    ]);
    const walk = failed().take(cancelJob);
    expect([walk.state, walk.context['billableUnits']]).toEqual(['cancelled', 0]);
  });

  test('a single cancelling keeps the units', () => {
    expect(begin().take(rendered(3), cancel).context).toMatchObject({ billableUnits: 2 });
  });

  test('RETURNED is refused where the letter was never printed', () => {
    expect(refusers(returned)).toEqual([
      'pending-virus-check',
      'validation-failed',
      'virus-scan-failed',
      'cancelled',
      'returned-letter',
    ]);
  });

  test.each([despatched, { type: 'print.rejected' }])('%j is for letters that are not at their end', (event) => {
    expect(refusers(event)).toEqual(
      Object.keys(states).filter((name) => !['created', 'printing', 'sending'].includes(name)),
    );
  });

  test('results that are not waited for any more change nothing', () => {
    const walk = begin().take(cancel, rendered(3));
    expect([walk.state, walk.last.accepted]).toEqual(['cancelled', false]);
    const waiting = pdf().take(clean, passed(), clean);
    expect(waiting.state).toBe('created.filing');
  });
});
