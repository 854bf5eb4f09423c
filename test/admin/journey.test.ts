import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotifyClient } from 'notifications-node-client';
import { Program } from '../../chaos/program.ts';
import { freePorts } from '../support/free-ports.ts';
import { adminToken, type Json } from './admin-bench.ts';

/** The program as `npm start` runs it, a script outside that knows the admin application's secret, and the client. */
describe('an outside script', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-admin-'));
  chmodSync(dataDir, 0o755);
  const secret = 'a secret of the script';
  let program: Program;
  let url: string;

  beforeAll(async () => {
    const [api = 0, console = 0, sandbox = 0, documents = 0] = await freePorts(4);
    url = `http://127.0.0.1:${api}`;
    program = new Program({
      DATA_DIR: dataDir,
      PORT: String(api),
      CONSOLE_PORT: String(console),
      SANDBOX_PORT: String(sandbox),
      DOCUMENTS_PORT: String(documents),
      INTERNAL_CLIENT_API_KEYS: JSON.stringify({ 'notify-admin': [secret] }),
    });
    await program.start();
  }, 60_000);
  afterAll(async () => {
    await program?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const post = async (where: string, body: object): Promise<Json> => {
    const response = await fetch(url + where, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken({}, secret)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { data } = (await response.json()) as { data: Json };
    return data;
  };

  test('creates a user, a service, a template and a key, and sends a text with it at once', async () => {
    const { id: user } = await post('/user', {
      name: 'Script',
      email_address: 'script@example.gov.uk',
      mobile_number: '07700900123',
      password: 'a long enough password',
    });
    const { id: service } = await post('/service', {
      user_id: user,
      created_by: user,
      name: 'A scripted service',
      email_from: 'scripted',
      message_limit: 50,
      restricted: false,
    });
    const { id: template } = await post(`/service/${service}/template`, {
      name: 'Greeting',
      template_type: 'sms',
      content: 'Hello ((name))',
      service,
      created_by: user,
    });
    const key = await post(`/service/${service}/api-key`, { name: 'script', key_type: 'normal', created_by: user });

    const client = new NotifyClient(url, `script-${service}-${key}`);
    const personalisation = { name: 'Sam' };
    const { data: sent } = await client.sendSms(String(template), '07700900001', { personalisation });
    const status = async () => (await client.getNotificationById(sent.id)).data.status;
    while ((await status()) !== 'delivered') await sleep(25);
  });

  test('is refused with the secret that everybody knows', async () => {
    const authorization = `Bearer ${adminToken({}, 'dev-notify-secret-key')}`;
    expect((await fetch(`${url}/user`, { headers: { authorization } })).status).toBe(403);
  });
});
