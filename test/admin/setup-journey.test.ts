import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotifyClient } from 'notifications-node-client';
import type { Json } from './admin-bench.ts';
import { type ScriptedProgram, startScriptedProgram } from './scripted-program.ts';

type Told = { authorization: string | undefined; body: { id: string; status: string; reference: string | null } };

const GUEST = '07700900555';
const STRANGER = '07700900556';
const TOKEN = 'a token of the receiver';

/** Everything that a service needs is set up over HTTP; then the unmodified client works with it. */
describe('a service that a script sets up', () => {
  let program: ScriptedProgram;
  let receiver: Server;
  const told: Told[] = [];
  let user: Json;
  let service: Json;
  const clients: Record<string, NotifyClient> = {};
  const templates: Record<string, string> = {};
  const at = (path: string) => `/service/${service['id']}/${path}`;

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      told.push({ authorization: request.headers.authorization, body: JSON.parse(body) });
      response.end();
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    program = await startScriptedProgram();
  }, 60_000);
  afterAll(async () => {
    await program?.stop();
    receiver.close();
  });

  test('has members, permissions, senders, a guest list and a callback', async () => {
    const { make, post, call } = program;
    user = await make('/user', {
      name: 'Script',
      email_address: 'script@example.gov.uk',
      mobile_number: '07700900123',
      password: 'a long enough password',
    });
    await post(`/user/${user['id']}/activate`);
    service = await make('/service', {
      user_id: user['id'],
      created_by: user['id'],
      name: 'Set up by a script',
      email_from: 'set.up',
      message_limit: 1000,
      restricted: false,
    });
    const permissions = ['email', 'sms', 'letter', 'international_sms'];
    expect((await make(`/service/${service['id']}`, { permissions }))['permissions']).toEqual([...permissions].sort());

    await post(at('sms-sender'), { sms_sender: 'SCRIPT', is_default: true });
    const address = 'replies@example.gov.uk';
    const { id: verification } = await make(at('email-reply-to/verify'), { email: address });
    expect(verification).toEqual(expect.any(String));
    await post(at('email-reply-to'), { email_address: address, is_default: true });
    await post(at('letter-contact'), { contact_block: '1 Street\nTown', is_default: true });
    await call('PUT', at('guest-list'), { email_addresses: [], phone_numbers: [GUEST] });
    const { port } = receiver.address() as AddressInfo;
    await post(at('delivery-receipt-api'), {
      url: `http://127.0.0.1:${port}/told`,
      bearer_token: TOKEN,
      updated_by_id: user['id'],
    });
    expect(await program.get(at('sms-sender'))).toEqual([
      expect.objectContaining({ sms_sender: 'SCRIPT' }),
      expect.objectContaining({ sms_sender: expect.any(String), is_default: false }),
    ]);
  });

  test('has templates in a folder and keys of each type', async () => {
    const { make } = program;
    const folder = await make(at('template-folder'), { name: 'From the script', parent_id: null });
    const [contact] = (await program.get(at('letter-contact'))) as unknown as [Json];
    for (const facts of [
      { template_type: 'sms', content: 'Hello ((name))' },
      { template_type: 'email', subject: 'For ((name))', content: 'Dear ((name))' },
      { template_type: 'letter', subject: 'About ((name))', content: 'Dear ((name))', reply_to: contact['id'] },
    ]) {
      const template = await make(at('template'), {
        name: `A ${facts.template_type}`,
        service: service['id'],
        created_by: user['id'],
        parent_folder_id: folder['id'],
        ...facts,
      });
      templates[facts.template_type] = String(template['id']);
    }
    for (const type of ['normal', 'team', 'test']) {
      const secret = await make(at('api-key'), { name: type, key_type: type, created_by: user['id'] });
      clients[type] = new NotifyClient(program.url, `${type}-${service['id']}-${secret}`);
    }
    const listed = (await program.get(at('template?detailed=False')))['data'];
    expect(listed?.map(({ folder: place }) => place)).toEqual([folder['id'], folder['id'], folder['id']]);
  });

  const client = (type = 'normal'): NotifyClient => {
    const found = clients[type];
    if (found === undefined) throw new Error(`No ${type} client`);
    return found;
  };
  const template = (type: string): string => templates[type] ?? '';
  const personalisation = { name: 'Sam' };

  test('the client sends with every key, sees what it sent, and is told of it', async () => {
    const { data: text } = await client().sendSms(template('sms'), STRANGER, { personalisation, reference: 'text' });
    expect(text.content).toMatchObject({ body: 'Hello Sam', from_number: 'SCRIPT' });
    const { data: email } = await client('test').sendEmail(template('email'), 'someone@example.com', {
      personalisation,
      reference: 'email',
    });
    expect(email.content).toMatchObject({ subject: 'For Sam', body: expect.stringContaining('Dear Sam') });
    const { data: guest } = await client('team').sendSms(template('sms'), GUEST, { personalisation });
    await expect(client('team').sendSms(template('sms'), STRANGER, { personalisation })).rejects.toMatchObject({
      response: { status: 400 },
    });

    const sent: [string, string][] = [
      ['normal', text.id],
      ['test', email.id],
      ['team', guest.id],
    ];
    for (const [type, id] of sent) {
      const status = async () => (await client(type).getNotificationById(id)).data.status;
      while ((await status()) !== 'delivered') await sleep(25);
      while (!told.some(({ body }) => body.id === id)) await sleep(25);
    }
    expect(told.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
    expect(told.find(({ body }) => body.id === text.id)?.body).toMatchObject({
      status: 'delivered',
      reference: 'text',
    });
    const { data: list } = await client().getNotifications('sms', 'delivered', 'text');
    expect(list.notifications.map(({ id }: { id: string }) => id)).toEqual([text.id]);
  });

  test('the client reads and previews every template', async () => {
    const { data: all } = await client().getAllTemplates();
    expect(all.templates.map(({ type }: { type: string }) => type).sort()).toEqual(['email', 'letter', 'sms']);
    const { data: letter } = await client().getTemplateById(template('letter'));
    expect(letter).toMatchObject({ letter_contact_block: '1 Street\nTown', postage: 'second', version: 1 });
    for (const [type, body] of [
      ['sms', 'Hello Sam'],
      ['email', 'Dear Sam'],
      ['letter', 'Dear Sam'],
    ] as const) {
      const { data } = await client().previewTemplateById(template(type), personalisation);
      expect([data.type, data.body.trim()]).toEqual([type, body]);
    }
  });

  test('a change of a template, a sender or the guest list is in force for the next request', async () => {
    const { post, call } = program;
    for (let round = 2; round < 7; round++) {
      await post(at(`template/${template('sms')}`), { content: `Round ${round} ((name))`, created_by: user['id'] });
      await post(at('sms-sender'), { sms_sender: `SENDER${round}`, is_default: true });
      const { data } = await client().sendSms(template('sms'), STRANGER, { personalisation });
      expect([data.content, data.template.version]).toEqual([
        { body: `Round ${round} Sam`, from_number: `SENDER${round}` },
        round,
      ]);
    }
    const { data: first } = await client().getTemplateByIdAndVersion(template('sms'), 1);
    expect(first.body).toBe('Hello ((name))');
    await call('PUT', at('guest-list'), { email_addresses: [], phone_numbers: [STRANGER] });
    const { data: welcome } = await client('team').sendSms(template('sms'), STRANGER, { personalisation });
    expect(welcome.id).toEqual(expect.any(String));
    await post(at(`template/${template('email')}`), { archived: true, created_by: user['id'] });
    await expect(
      client().sendEmail(template('email'), 'someone@example.com', { personalisation }),
    ).rejects.toMatchObject({
      response: { status: 400, data: { errors: [{ message: 'Template has been deleted' }] } },
    });
  });

  test('a letter goes, is seen by members, and comes back', async () => {
    const address = { address_line_1: 'Sam Smith', address_line_2: '1 Street', address_line_3: 'SW1A 1AA' };
    const { data: sent } = await client('test').sendLetter(template('letter'), {
      personalisation: { ...personalisation, ...address },
    });
    const seen = () => program.get(at(`notifications/${sent.id}`));
    while ((await seen())['status'] !== 'delivered') await sleep(25);
    expect(await seen()).toMatchObject({ notification_type: 'letter', key_name: 'test', postage: 'second' });
    await program.post('/letters/returned', { references: [(await seen())['reference']] });
    expect((await seen())['status']).toBe('returned-letter');
    expect(await program.get(at('returned-letter-statistics'))).toMatchObject({ returned_letter_count: 1 });
  });

  test('a letter is cancelled once', async () => {
    const address = { address_line_1: 'Sam Smith', address_line_2: '1 Street', address_line_3: 'SW1A 1AA' };
    const { data: sent } = await client().sendLetter(template('letter'), {
      personalisation: { ...personalisation, ...address },
    });
    const cancel = () => program.post(at(`notifications/${sent.id}/cancel`), {});
    expect(await cancel()).toMatchObject({ id: sent.id, status: 'cancelled' });
    await expect(cancel()).rejects.toThrow('This letter has already been cancelled.');
  });

  test('a member sends a one-off message, which is in the list', async () => {
    const { id } = await program.post(at('send-notification'), {
      template_id: template('sms'),
      to: STRANGER,
      created_by: user['id'],
      personalisation,
    });
    while ((await program.get(at(`notifications/${id}`)))['status'] !== 'delivered') await sleep(25);
    const listed = (await program.get(at('notifications?template_type=sms&page_size=3')))['notifications'];
    expect(listed?.[0]).toMatchObject({ id, created_by: { id: user['id'] }, reply_to_text: 'SENDER6' });
  });

  test('a revoked key opens nothing any more', async () => {
    const keys = (await program.get(at('api-keys')))['apiKeys'];
    const key = keys?.find(({ name }) => name === 'team')?.['id'];
    await client('team').getAllTemplates();
    await program.post(at(`api-key/revoke/${key}`), { created_by: user['id'] });
    await expect(client('team').getAllTemplates()).rejects.toMatchObject({ response: { status: 403 } });
    await client().getAllTemplates();
  });
});
