import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firetextProvider } from '../../src/providers/firetext.ts';
import { mmgProvider } from '../../src/providers/mmg.ts';
import type { Closable, SmsProvider } from '../../src/providers/provider.ts';
import { reachProvider } from '../../src/providers/reach.ts';
import { firetextReceipt } from '../../src/providers/receipts/firetext.ts';
import { mmgReceipt } from '../../src/providers/receipts/mmg.ts';
import { reachReceipt } from '../../src/providers/receipts/reach.ts';
import type { ReceiptParse } from '../../src/providers/receipts/receipt.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { httpRecorder, type Recorder } from './http-recorder.ts';
import { smsTo } from './requests.ts';

type Provider = {
  name: 'mmg' | 'firetext' | 'reach';
  client: (url: string, timeoutMs: number) => SmsProvider & Closable;
  parse: (body: string) => ReceiptParse;
  hasPending: boolean;
};

const providers: Provider[] = [
  {
    name: 'mmg',
    client: (url, timeoutMs) => mmgProvider({ url: `${url}/mmg`, apiKey: 'key', timeoutMs }),
    parse: (body) => mmgReceipt(JSON.parse(body)),
    hasPending: false,
  },
  {
    name: 'firetext',
    client: (url, timeoutMs) =>
      firetextProvider({ url: `${url}/firetext`, apiKey: 'key', internationalApiKey: 'abroad', timeoutMs }),
    parse: (body) => firetextReceipt(Object.fromEntries(new URLSearchParams(body))),
    hasPending: true,
  },
  {
    name: 'reach',
    client: (url, timeoutMs) => reachProvider({ url: `${url}/reach`, timeoutMs }),
    parse: (body) => reachReceipt(JSON.parse(body)),
    hasPending: false,
  },
];

describe.each(providers)('$name', ({ name, client: makeClient, parse, hasPending }) => {
  let api: Recorder;
  let sandbox: Sandbox;
  let client: SmsProvider & Closable;

  beforeAll(async () => {
    api = await httpRecorder();
    sandbox = await startSandbox({ port: 0, apiUrl: api.url, delayFactor: 0.01 });
    client = makeClient(sandbox.url, 5_000);
  });

  afterAll(async () => {
    await client.close();
    await sandbox.stop();
    await api.stop();
  });

  /** The statuses that the API has been told for a reference, in order. */
  const told = (reference: string): string[] =>
    api.requests.flatMap(({ path, body }) => {
      const parsed = parse(body);
      if (!parsed.ok) throw new Error(parsed.messages.join());
      expect(path).toBe(`/notifications/sms/${name}`);
      return parsed.receipt.reference === reference ? [parsed.receipt.status] : [];
    });

  /** Sends, and waits until the API has had `count` receipts more. */
  const sendAndWait = async (to: string, count: number) => {
    const request = smsTo(to);
    const before = api.requests.length;
    const answer = await client.send(request);
    await api.received(before + count);
    return { answer, statuses: told(request.reference) };
  };

  const accepted = { outcome: 'accepted', providerReference: null };
  const temporary = hasPending ? ['pending', 'permanent-failure'] : ['temporary-failure'];

  test.each([
    ['447700900001', ['delivered']],
    ['447700900002', ['permanent-failure']],
    ['447700900003', temporary],
    ['447700900004', ['delivered']],
    ['447700900008', ['delivered', 'delivered', 'delivered']],
    ['447700900011', hasPending ? ['pending', 'delivered'] : ['delivered']],
    ['447700900999', ['delivered']],
    ['15551234567', ['delivered']],
  ])('accepts a text to %s and tells: %j', async (to, statuses) => {
    expect(await sendAndWait(to, statuses.length)).toEqual({ answer: accepted, statuses });
  });

  test('accepts a text to 009 and is silent', async () => {
    const silent = smsTo('447700900009');
    expect(await client.send(silent)).toEqual(accepted);
    await sendAndWait('447700900001', 1);
    expect(told(silent.reference)).toEqual([]);
  });

  test('tells of a text to 007 before it answers', async () => {
    const request = smsTo('447700900007');
    expect(await client.send(request)).toEqual(accepted);
    expect(told(request.reference)).toEqual(['delivered']);
  });

  test('answers 500 to every try of 005', async () => {
    const request = smsTo('447700900005');
    const error = { outcome: 'failed', reason: 'Request failed', detail: 'HTTP 500' };
    expect([await client.send(request), await client.send(request)]).toEqual([error, error]);
    expect(sandbox.messages({ reference: request.reference }).messages).toMatchObject([
      { timesSeen: 2 },
      { timesSeen: 2 },
    ]);
  });

  test('never answers 006', async () => {
    const impatient = makeClient(sandbox.url, 150);
    const answer = await impatient.send(smsTo('447700900006'));
    await impatient.close();
    expect(answer).toEqual({ outcome: 'failed', reason: 'Request failed', detail: 'TimeoutError' });
  });

  test('answers 500 to the first try of 010, then delivers', async () => {
    const request = smsTo('447700900010');
    expect(await client.send(request)).toMatchObject({ outcome: 'failed', detail: 'HTTP 500' });
    const before = api.requests.length;
    expect(await client.send(request)).toEqual(accepted);
    await api.received(before + 1);
    expect(told(request.reference)).toEqual(['delivered']);
  });

  test('keeps any Unicode as it was sent', async () => {
    const request = smsTo('447700900009', { content: 'Ŵy £5 & 100% + 😀 \n“quoted”' });
    await client.send(request);
    expect(sandbox.messages({ reference: request.reference }).messages).toMatchObject([
      { kind: 'sms', provider: name, to: request.to, from: 'GOVUK', content: request.content, outcome: 'no receipt' },
    ]);
  });
});

test('Firetext refines the failure of 003 by code 102', async () => {
  const api = await httpRecorder();
  const sandbox = await startSandbox({ port: 0, apiUrl: api.url, delayFactor: 0.01 });
  const client = firetextProvider({ url: `${sandbox.url}/firetext`, apiKey: 'key', internationalApiKey: 'abroad' });
  await client.send(smsTo('447700900003'));
  const forms = (await api.received(2)).map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  expect(forms).toMatchObject([{ status: '2' }, { status: '1', code: '102' }]);
  await client.close();
  await sandbox.stop();
  await api.stop();
});
