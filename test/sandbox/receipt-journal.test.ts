import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SandboxMessage } from '../../src/sandbox/message-log.ts';
import { receiptJournal } from '../../src/sandbox/receipt-journal.ts';

const message: SandboxMessage = {
  kind: 'sms',
  provider: 'mmg',
  to: '447700900001',
  from: 'DEMO',
  reference: 'a',
  subject: null,
  content: 'Hello',
  html: null,
  headers: {},
  outcome: 'delivered',
  receivedAt: '2026-03-02T10:00:00.000Z',
};

describe('receipts that a sandbox owes', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'notify-journal-'));
    file = path.join(dir, 'receipts.jsonl');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const inherited = () => receiptJournal(file).inherited.map(({ owed }) => owed.message.reference);

  test('are owed on by the next process until they are posted', () => {
    const journal = receiptJournal(file);
    journal.owe({ message, messageId: null });
    const settle = journal.owe({ message: { ...message, reference: 'b' }, messageId: 'ses' });
    expect(inherited()).toEqual(['a', 'b']);
    settle();
    expect(inherited()).toEqual(['a']);
    receiptJournal(file).inherited[0]?.settle();
    expect(inherited()).toEqual([]);
  });

  test('survive a line that was cut off by a kill, and keep no content', () => {
    receiptJournal(file).owe({ message, messageId: null });
    expect(readFileSync(file, 'utf8')).not.toContain('Hello');
    appendFileSync(file, '{"owed":9,"rec');
    expect(inherited()).toEqual(['a']);
  });
});
