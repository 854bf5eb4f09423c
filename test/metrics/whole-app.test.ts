import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type App, openApp } from '../../src/app/app.ts';
import { prepareDemo } from '../../src/app/demo.ts';
import { readConfig } from '../../src/config/config.ts';
import type { DemoService } from '../../src/db/demo-service.ts';
import { createLog } from '../../src/log.ts';
import { tokenFor } from '../http/api-bench.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { freePorts } from '../support/free-ports.ts';
import { type Samples, scrape } from './samples.ts';

const TOKEN = 'console-token';
/** Delivered, and delivered after an answer of 500. */
const RECIPIENTS = ['07700900001', '07700900010'];

describe('a process that runs everything', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-metrics-'));
  let database: TestDatabase;
  let app: App;
  let demo: DemoService;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { host, port, user, dbName } = database.address;
    const [api = 0, sandbox = 0] = await freePorts(2);
    const config = readConfig({
      DATA_DIR: dataDir,
      DATABASE_URL: `postgresql://${user}@localhost:${port}/${dbName}?host=${encodeURIComponent(host)}`,
      PORT: String(api),
      CONSOLE_PORT: '0',
      CONSOLE_TOKEN: TOKEN,
      SANDBOX_PORT: String(sandbox),
      SERVICES: 'api,delivery,callbacks,console,sandbox',
      LOG_LEVEL: 'silent',
    });
    app = await openApp(config, createLog(config.LOG_LEVEL), () => {});
    demo = await prepareDemo(app, config);
    await database.pool.query('update services set rate_limit = 12 where id = $1', [demo.serviceId]);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const metrics = () => scrape(`${app.consoleUrl}/metrics`, { authorization: `Bearer ${TOKEN}` });
  const until = async (told: (samples: Samples) => boolean): Promise<Samples> => {
    for (;;) {
      const samples = await metrics();
      if (told(samples)) return samples;
      await sleep(25);
    }
  };
  const send = (phoneNumber: string) =>
    fetch(`${app.apiUrl}/v2/notifications/sms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenFor(demo.apiKeys.normal)}` },
      body: JSON.stringify({
        phone_number: phoneNumber,
        template_id: demo.templates.sms,
        personalisation: { name: 'Sam' },
      }),
    });

  test("the console's token guards them, and the API has none unless told to", async () => {
    expect((await fetch(`${app.consoleUrl}/metrics`)).status).toBe(401);
    expect((await fetch(`${app.apiUrl}/metrics`)).status).toBe(404);
  });

  test("a message's whole way is counted, and says nothing of the recipient", async () => {
    for (const recipient of RECIPIENTS) expect((await send(recipient)).status).toBe(201);
    const { sum, text } = await until((samples) => {
      const told = samples.sum('service_callback_forward_duration_seconds_count', { outcome: 'taken' });
      return told === RECIPIENTS.length;
    });
    const posts = { path: '/v2/notifications/sms', method: 'POST', status: '201' };
    expect(sum('http_server_request_duration_seconds_count', posts)).toBe(2);
    expect(sum('provider_request_duration_seconds_count', { outcome: 'accepted' })).toBe(2);
    expect(sum('provider_request_duration_seconds_count', { outcome: 'failed' })).toBe(1);
    expect(sum('notification_send_retries_total', { notification_type: 'sms' })).toBe(1);
    const texts = { notification_type: 'sms', key_type: 'normal' };
    expect(sum('notification_send_duration_seconds_count', texts)).toBe(2);
    expect(sum('provider_receipts_total', { status: 'delivered' })).toBe(2);
    expect(sum('provider_priority', { provider: 'mmg' })).toBe(10);
    expect(text).not.toMatch(/7700900/);
  }, 30_000);

  test('received texts are counted by provider', async () => {
    const text = { provider: 'firetext', from: '07700900001', to: '07700900200', message: 'Yes' };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${app.sandboxUrl}/inbound`, { method: 'POST', headers, body: JSON.stringify(text) });
    const { sum } = await until((samples) => samples.sum('inbound_sms_total') === 1);
    expect(sum('inbound_sms_total', { provider: 'firetext' })).toBe(1);
  }, 30_000);

  test('what is over the limit of a minute is counted', async () => {
    while ((await send('07700900000')).status !== 429);
    const facts = { limit: 'minute', notification_type: 'sms', key_type: 'normal' };
    expect((await metrics()).sum('rate_limit_refusals_total', facts)).toBe(1);
  }, 30_000);

  test("the process's pools, connections, event loop and due rows are told", async () => {
    const { sum } = await metrics();
    for (const pool of ['sms', 'email', 'internal', 'research', 'callbacks', 'callbacks-retry']) {
      expect(sum('effect_pool_effects', { pool, state: 'running' })).toBe(0);
      expect(sum('effect_pool_effects', { pool, state: 'queued' })).toBe(0);
    }
    expect(sum('db_connection_total_connected')).toBeGreaterThan(0);
    expect(sum('db_connection_total_checked_out')).toBeLessThanOrEqual(sum('db_connection_total_connected') ?? 0);
    expect(sum('db_connection_total_waiting')).toBe(0);
    expect(sum('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    for (const actor of ['notification', 'letter']) expect(sum('actor_rows_overdue', { actor })).toBe(0);
  });
});
