import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emailBodyHtml, emailParts } from '../../src/content/email.ts';
import { readPdf } from '../../src/letters/read-pdf.ts';
import { makeTemplatedLetter } from '../../src/letters/templated-letter.ts';
import { type EmailRendering, emailRendering } from '../../src/threads/email-rendering.ts';
import { openThreads, type Threads } from '../../src/threads/threads.ts';
import { drawPdf, letterTo } from '../letters/drawn-pdf.ts';

const letter = {
  addressLines: ['Sam', 'Road', 'SW1A 1AA'],
  contactBlock: 'The office\n((town))',
  subject: 'Hello ((name))',
  body: 'Dear ((name))',
  values: { name: 'Sam', town: 'Leeds' },
  createdAt: new Date('2026-05-04T10:00:00Z'),
};

describe('threads', () => {
  let threads: Threads;
  beforeAll(() => {
    threads = openThreads();
  });
  afterAll(() => threads?.close());

  test('a letter is what it would be here', async () => {
    const words = async (content: Uint8Array) => (await readPdf(content, 1)).pages[0]?.words;
    const { content, pages } = await threads.run('makeLetter', letter);
    const here = await makeTemplatedLetter(letter);
    expect(pages).toBe(here.pages);
    expect(await words(content)).toEqual(await words(here.content));
  });

  test('a PDF is checked', async () => {
    const content = await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA'));
    const options = { allowInternational: false };
    expect(await threads.run('checkPdf', { content, options })).toMatchObject({ outcome: 'passed', pages: 1 });
    expect(await threads.run('checkPdf', { content: Buffer.from('no PDF'), options })).toMatchObject({
      outcome: 'not-valid',
      message: 'unable-to-read-the-file',
    });
  });

  test('what a task throws is told, and the next one is done', async () => {
    await expect(threads.run('makeLetter', { ...letter, body: null as never })).rejects.toThrow();
    expect(await threads.run('renderEmailBody', { body: 'Hello', values: null })).toContain('Hello');
  });

  test('a task that takes too long is ended, and the next one is done', async () => {
    const hasty = openThreads({ deadlineMs: 300 });
    const body = '* a\n'.repeat(2_000_000);
    await expect(hasty.run('renderEmailBody', { body, values: null })).rejects.toThrow();
    await hasty.close();
    expect(await threads.run('renderEmailBody', { body: 'Hello', values: null })).toContain('Hello');
  });
});

describe('emails', () => {
  const asked: string[] = [];
  let threads: Threads;
  let rendering: EmailRendering;
  beforeAll(() => {
    threads = openThreads();
    rendering = emailRendering({
      run: (name, input) => {
        asked.push(name);
        return threads.run(name, input);
      },
    });
  });
  afterAll(() => threads?.close());

  test.each([
    ['small', 'Sam', []],
    ['large', 'Sam '.repeat(20_000), ['renderEmail', 'renderEmailBody']],
  ])('%s ones are rendered the same, here or there', async (_size, name, inThreads) => {
    asked.length = 0;
    const email = {
      subject: 'For ((name))',
      body: '# Dear ((name))\n\n* ((name))',
      values: { name },
      unsubscribeUrl: 'https://example.gov.uk/u',
      branding: {},
    };
    expect(await rendering.renderEmail(email)).toEqual(emailParts(email));
    expect(await rendering.renderEmailBody(email)).toBe(emailBodyHtml(email));
    expect(asked).toEqual(inThreads);
  });
});
