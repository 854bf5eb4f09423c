import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordComplaint } from '../../src/commands/record-complaint.ts';
import { type RecordSesEventParts, recordSesEvent, sweepParkedReceipts } from '../../src/commands/record-ses-event.ts';
import { sesEvent } from '../../src/providers/receipts/ses.ts';
import { findByReference } from '../../src/queries/find-by-reference.ts';
import { parkedReceipts } from '../../src/queries/parked-receipts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Bench, notificationBench } from '../support/notification-bench.ts';

describe('a receipt that came before its reference', () => {
  let database: TestDatabase;
  let bench: Bench;
  let parts: RecordSesEventParts;
  const warnings: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const { pool } = database;
    bench = notificationBench(pool);
    parts = {
      findByReference: findByReference(pool),
      parked: parkedReceipts(pool),
      recordComplaint: recordComplaint({ pool, startCallback: async () => {} }),
      send: (id, event) => bench.send(id, { ...event }),
      now: () => bench.clock.now(),
      log: { info: () => {}, warn: (_facts, message) => warnings.push(message), error: () => {} },
      metrics: { receiptRecorded: () => {} },
    };
  });
  afterAll(() => database?.drop());

  const delivery = (messageId: string) => {
    const timestamp = new Date().toISOString();
    return sesEvent({
      notificationType: 'Delivery',
      mail: { messageId, timestamp, destination: [] },
      delivery: { timestamp },
    });
  };
  const parkedCount = async () => {
    const { rows } = await database.pool.query('select count(*)::int as n from parked_receipts');
    return rows[0]?.n;
  };

  test('is parked, and applied by the sweep though nobody told of the reference', async () => {
    expect(await recordSesEvent(parts)(delivery('ses-1'))).toEqual({ outcome: 'parked' });
    bench.answer = async ({ attempt }) => ({
      outcome: 'accepted',
      attempt,
      provider: 'ses',
      providerReference: 'ses-1',
      billableUnits: 0,
    });
    const id = await bench.start();
    await bench.settled(id, 'sending.awaitingReceipt');
    await sweepParkedReceipts(parts)();
    await bench.settled(id, 'delivered');
    expect(await parkedCount()).toBe(0);
  });

  test('is given up after half an hour, with a warning that names no recipient', async () => {
    await recordSesEvent(parts)(delivery('ses-2'));
    await database.pool.query("update parked_receipts set parked_at = now() - interval '31 minutes'");
    await sweepParkedReceipts(parts)();
    expect(await parkedCount()).toBe(0);
    expect(warnings).toEqual(['notification not found for reference: ses-2 (update to delivered)']);
  });
});
