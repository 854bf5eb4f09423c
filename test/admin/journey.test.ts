import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotifyClient } from 'notifications-node-client';
import { adminToken } from './admin-bench.ts';
import { type ScriptedProgram, startScriptedProgram } from './scripted-program.ts';

describe('an outside script', () => {
  let program: ScriptedProgram;
  beforeAll(async () => {
    program = await startScriptedProgram();
  }, 60_000);
  afterAll(() => program?.stop());

  test('creates a user, a service, a template and a key, and sends a text with it at once', async () => {
    const { make, url } = program;
    const { id: user } = await make('/user', {
      name: 'Script',
      email_address: 'script@example.gov.uk',
      mobile_number: '07700900123',
      password: 'a long enough password',
    });
    const { id: service } = await make('/service', {
      user_id: user,
      created_by: user,
      name: 'A scripted service',
      email_from: 'scripted',
      message_limit: 50,
      restricted: false,
    });
    const { id: template } = await make(`/service/${service}/template`, {
      name: 'Greeting',
      template_type: 'sms',
      content: 'Hello ((name))',
      service,
      created_by: user,
    });
    const key = await make(`/service/${service}/api-key`, { name: 'script', key_type: 'normal', created_by: user });

    const client = new NotifyClient(url, `script-${service}-${key}`);
    const personalisation = { name: 'Sam' };
    const { data: sent } = await client.sendSms(String(template), '07700900001', { personalisation });
    const status = async () => (await client.getNotificationById(sent.id)).data.status;
    while ((await status()) !== 'delivered') await sleep(25);
  });

  test('is refused with the secret that everybody knows', async () => {
    const authorization = `Bearer ${adminToken({}, 'dev-notify-secret-key')}`;
    expect((await fetch(`${program.url}/user`, { headers: { authorization } })).status).toBe(403);
  });
});
