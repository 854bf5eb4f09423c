import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { NatsServer } from '../../chaos/nats-server.ts';
import { Postgres } from '../../chaos/postgres.ts';
import { Program } from '../../chaos/program.ts';
import { DEMO_SERVICE_ID } from '../../src/db/demo-setup.ts';
import { tokenFor } from '../http/api-bench.ts';
import { freePorts } from '../support/free-ports.ts';
import { describeWithNats } from '../support/needs-programs.ts';

const CLIENTS = 50;
const REQUESTS_EACH = 4;
const LIMIT = 73;

describeWithNats('two API processes on one database', () => {
  let dir: string;
  let postgres: Postgres;
  let nats: NatsServer;
  let programs: Program[] = [];
  let ports: number[];

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'notify-limits-'));
    chmodSync(dir, 0o755);
    ports = await freePorts(4);
    postgres = new Postgres(dir);
    nats = new NatsServer(ports[0] ?? 0);
    await Promise.all([postgres.start(), nats.start()]);
    programs = [1, 2].map(
      (index) =>
        new Program({
          DATABASE_URL: postgres.url,
          NATS_URL: nats.url,
          DATA_DIR: path.join(dir, `process-${index}`),
          PORT: String(ports[index]),
          SANDBOX_PORT: String(ports[3]),
          SERVICES: 'api',
          API_RATE_LIMIT_ENABLED: '1',
        }),
    );
    const [one, other] = programs;
    await one?.start();
    const database = new Client(postgres.database);
    await database.connect();
    await database.query('update services set sms_message_limit = $1 where id = $2', [LIMIT, DEMO_SERVICE_ID]);
    await database.end();
    await other?.start();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await nats?.kill();
    await postgres?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const post = async (process: number): Promise<number> => {
    const demo = programs[0]?.demo();
    if (!demo) throw new Error('There is no such process');
    const { status } = await fetch(`http://127.0.0.1:${ports[process]}/v2/notifications/sms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenFor(demo.api_keys.normal)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        phone_number: '07700900123',
        template_id: demo.templates.sms,
        personalisation: { name: 'Sam' },
      }),
    });
    return status;
  };
  const client = async (index: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let sent = 0; sent < REQUESTS_EACH; sent++) statuses.push(await post(1 + (index % 2)));
    return statuses;
  };

  test('50 clients of both get exactly the daily limit, and no more after a restart and the loss of the count', async () => {
    const statuses = (await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)))).flat();
    expect(statuses.filter((status) => status === 201)).toHaveLength(LIMIT);
    expect(statuses.filter((status) => status === 429)).toHaveLength(CLIENTS * REQUESTS_EACH - LIMIT);

    const database = new Client(postgres.database);
    await database.connect();
    await database.query('truncate daily_limit_counts');
    await database.end();
    expect(await programs[0]?.stop()).toBe(0);
    await programs[0]?.start();
    expect(await Promise.all([post(1), post(2)])).toEqual([429, 429]);
  }, 60_000);
});
