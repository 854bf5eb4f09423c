import { afterEach, expect, test } from '@jest/globals';
import { firetextInboundSms, mmgInboundSms } from '../../src/providers/receipts/inbound-sms.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { httpRecorder } from './http-recorder.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open(options: Partial<SandboxOptions> = {}) {
  const api = await httpRecorder();
  const { host } = new URL(api.url);
  const sandbox = await startSandbox({ port: 0, apiUrl: `http://receipts:secret@${host}`, ...options });
  stops.push(api.stop, sandbox.stop);
  const send = (body: object) =>
    fetch(`${sandbox.url}/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { api, send };
}

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
const text = { from: '07700900123', to: '07700900200', message: 'One & two \\ +1 % €\nend' };

test('MMG passes a text on in its own encoding, with its own password', async () => {
  const { api, send } = await open({ inboundLogins: { mmg: 'mmg:one', firetext: 'notify:two' } });
  expect((await send(text)).status).toBe(202);
  const [post] = await api.received(1);
  expect(post?.path).toBe('/notifications/sms/receive/mmg');
  expect(post?.headers['authorization']).toBe(basic('mmg:one'));
  expect(mmgInboundSms(JSON.parse(post?.body ?? ''))).toMatchObject({
    number: '07700900200',
    sender: '447700900123',
    text: text.message,
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
});

test('Firetext passes a text on as a form', async () => {
  const { api, send } = await open();
  await send({ ...text, provider: 'firetext' });
  const [post] = await api.received(1);
  expect(post?.path).toBe('/notifications/sms/receive/firetext');
  expect(post?.headers['authorization']).toBe(basic('notify:sandbox-firetext'));
  const form = Object.fromEntries(new URLSearchParams(post?.body));
  expect(firetextInboundSms(form)).toMatchObject({ number: '07700900200', text: text.message });
});

test('a text without sender, number or words is refused', async () => {
  const { send } = await open();
  for (const name of ['from', 'to', 'message']) expect((await send({ ...text, [name]: '' })).status).toBe(400);
});
