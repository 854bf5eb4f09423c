import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotifyClient } from 'notifications-node-client';
import { Program } from '../../chaos/program.ts';
import { tokenOf } from '../admin/admin-bench.ts';
import { freePorts } from '../support/free-ports.ts';

type Notification = { id: string; status: string; sent_at: string | null; completed_at: string | null };
type ProviderWeight = { identifier: string; priority: number };
type SandboxCallback = { headers: Record<string, string>; body: Record<string, unknown> };

const ADMIN_SECRET = 'the secret of the admin application';

/** The program as `npm start` runs it, the unmodified client, and nothing of ours in between. */
describe('the whole product', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-journey-'));
  chmodSync(dataDir, 0o755);
  let program: Program;
  let sandboxUrl: string;

  beforeAll(async () => {
    const [api = 0, console = 0, sandbox = 0, documents = 0] = await freePorts(4);
    sandboxUrl = `http://127.0.0.1:${sandbox}`;
    program = new Program({
      DATA_DIR: dataDir,
      PORT: String(api),
      CONSOLE_PORT: String(console),
      DOCUMENTS_PORT: String(documents),
      SANDBOX_PORT: String(sandbox),
      ADMIN_CLIENT_SECRET: ADMIN_SECRET,
    });
    await program.start();
  }, 60_000);

  afterAll(async () => {
    await program?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const client = (key: 'normal' | 'team' | 'test') => {
    const demo = program.demo();
    return new NotifyClient(demo.api_url, demo.api_keys[key]);
  };
  const ended = async (id: string): Promise<Notification> => {
    for (;;) {
      const { data } = (await client('normal').getNotificationById(id)) as { data: Notification };
      if (!['created', 'sending', 'pending'].includes(data.status)) return data;
      await sleep(25);
    }
  };
  const callbacksAbout = async (id: string): Promise<SandboxCallback[]> => {
    const response = await fetch(`${sandboxUrl}/callbacks`);
    const { callbacks } = (await response.json()) as { callbacks: SandboxCallback[] };
    return callbacks.filter(({ body }) => body['id'] === id);
  };
  const callbackAbout = async (id: string): Promise<SandboxCallback> => {
    for (;;) {
      const [callback] = await callbacksAbout(id);
      if (callback) return callback;
      await sleep(25);
    }
  };

  const personalisation = { name: 'Sam' };
  const keys = ['normal', 'team', 'test'] as const;
  const outcomes = [
    ['delivered', '07700900001', 'delivered@example.com'],
    ['permanent-failure', '07700900002', 'perm-fail@simulator.notify'],
    ['temporary-failure', '07700900003', 'temp-fail@simulator.notify'],
  ] as const;

  describe.each(keys)('with the %s key', (key) => {
    test.each(outcomes)(
      'texts and emails end %s as the recipient asks, and the service is told',
      async (status, number, address) => {
        const { templates } = program.demo();
        const text = await client(key).sendSms(templates.sms, number, { personalisation, reference: 'mine' });
        const email = await client(key).sendEmail(templates.email, address, { personalisation });
        for (const { data } of [text, email]) {
          expect((await ended(data.id)).status).toBe(status);
          const { headers, body } = await callbackAbout(data.id);
          expect(headers['authorization']).toMatch(/^Bearer .{10,}$/);
          expect(body).toMatchObject({ id: data.id, status, template_version: 1 });
        }
      },
    );
  });

  test.each([
    ['a receipt that comes before the answer', '07700900007', 'delivered'],
    ['three receipts', '07700900008', 'delivered'],
    ['a provider that fails once', '07700900010', 'delivered'],
  ])('%s: one end, one callback', async (_case, number, status) => {
    const { data } = await client('normal').sendSms(program.demo().templates.sms, number, { personalisation });
    const notification = await ended(data.id);
    expect(notification).toMatchObject({ status });
    await callbackAbout(data.id);
    await sleep(300);
    expect(await callbacksAbout(data.id)).toHaveLength(1);
  });

  test('a file sent by email is downloaded by who was sent it, from the link in the email', async () => {
    const to = 'delivered@example.com';
    const csv = 'name,amount\nSam,5\n';
    const file = client('normal').prepareUpload(Buffer.from(csv), { filename: 'figures.csv' });
    const { data } = await client('normal').sendEmail(program.demo().templates.email, to, {
      personalisation: { name: file },
    });
    expect((await ended(data.id)).status).toBe('delivered');
    const sent = await fetch(`${sandboxUrl}/messages?reference=${data.id}`);
    const { messages } = (await sent.json()) as { messages: { content: string }[] };
    const link = new URL(/http:\S+\/d\/\S+\?key=[\w-]{43}/.exec(messages[0]?.content ?? '')?.[0] ?? '');

    expect(await (await fetch(link)).text()).toContain('Demo service has sent you a file.');
    const confirmation = new URL(link);
    confirmation.pathname += '/confirm-email-address';
    const confirmed = await fetch(confirmation, {
      method: 'POST',
      body: new URLSearchParams({ email_address: to }),
      redirect: 'manual',
    });
    const page = await fetch(new URL(confirmed.headers.get('location') ?? '', link));
    const path = /<a href="([^"]+)" download/.exec(await page.text())?.[1] ?? '';
    const cookie = (confirmed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const downloaded = await fetch(new URL(path, link), { headers: { cookie } });
    expect(await downloaded.text()).toBe(csv);
    expect(downloaded.headers.get('content-disposition')).toBe('attachment; filename=figures.csv');
  });

  test.each(['mmg', 'firetext'])(
    'a text that %s passes on is shown to the service, which is told of it',
    async (provider) => {
      const message = `Yes, by ${provider}`;
      const text = { provider, from: '07700900001', to: '07700900200', message };
      const headers = { 'content-type': 'application/json' };
      await fetch(`${sandboxUrl}/inbound`, { method: 'POST', headers, body: JSON.stringify(text) });
      type Received = { id: string; content: string };
      const found = async (): Promise<Received> => {
        for (;;) {
          const { data } = (await client('normal').getReceivedTexts()) as {
            data: { received_text_messages: Received[] };
          };
          const received = data.received_text_messages.find(({ content }) => content === message);
          if (received) return received;
          await sleep(25);
        }
      };
      const received = await found();
      const { body } = await callbackAbout(received.id);
      expect(body).toMatchObject({ source_number: '447700900001', destination_number: '07700900200', message });
    },
  );

  test('a recipient who complains is told of to the service', async () => {
    const { data } = await client('normal').sendEmail(program.demo().templates.email, 'complaint@example.com', {
      personalisation,
    });
    for (;;) {
      const response = await fetch(`${sandboxUrl}/callbacks`);
      const { callbacks } = (await response.json()) as { callbacks: SandboxCallback[] };
      const told = callbacks.find(({ body }) => body['notification_id'] === data.id);
      if (told) return expect(told.body).toMatchObject({ to: 'complaint@example.com', reference: null });
      await sleep(25);
    }
  });

  test('killed without warning, it loses no message that was accepted, and keeps its data', async () => {
    const { templates } = program.demo();
    const sent = await Promise.all(
      Array.from({ length: 40 }, () => client('normal').sendSms(templates.sms, '07700900001', { personalisation })),
    );
    await program.kill();
    await program.start();
    expect(program.demo().templates).toEqual(templates);
    for (const { data } of sent) expect((await ended(data.id)).status).toBe('delivered');
  }, 60_000);

  test('SIGTERM ends it cleanly', async () => {
    expect(await program.stop()).toBe(0);
    await program.start();
  }, 60_000);

  test('a text provider whose calls fail loses traffic to the other', async () => {
    const weights = async () => {
      const response = await fetch(`${program.demo().api_url}/provider-details`, {
        headers: { authorization: `Bearer ${tokenOf({ iss: 'notify-admin' }, ADMIN_SECRET)}` },
      });
      const { provider_details: providers } = (await response.json()) as { provider_details: ProviderWeight[] };
      return Object.fromEntries(providers.map(({ identifier, priority }) => [identifier, priority]));
    };
    const before = await weights();
    const texts = Array.from({ length: 120 }, () =>
      client('normal').sendSms(program.demo().templates.sms, '07700900005', { personalisation }),
    );
    await Promise.all(texts);
    while ((await weights())['mmg'] === before['mmg']) await sleep(50);
    const after = await weights();
    expect(after).toEqual(
      (after['mmg'] ?? 0) < (before['mmg'] ?? 0)
        ? { ...before, mmg: 0, firetext: 30 }
        : { ...before, mmg: 20, firetext: 10 },
    );
  }, 20_000);
});
