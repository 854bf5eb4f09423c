import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { firetextProvider } from '../../src/providers/firetext.ts';
import { mmgProvider } from '../../src/providers/mmg.ts';
import type { Closable, SmsProvider } from '../../src/providers/provider.ts';
import { reachProvider } from '../../src/providers/reach.ts';
import { httpRecorder, type Recorder } from '../sandbox/http-recorder.ts';
import { smsTo } from '../sandbox/requests.ts';

const open: { close?(): Promise<void>; stop?(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await (part.close ?? part.stop)?.();
});

async function server(answer?: (response: ServerResponse) => void): Promise<Recorder> {
  const recorder = await httpRecorder(answer);
  open.push(recorder);
  return recorder;
}

const replying =
  (body: string, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status).end(body);
  };

type Client = SmsProvider & Closable;
const keys = { apiKey: 'the-key', internationalApiKey: 'abroad-key' };
const clients: [string, (url: string, timeoutMs?: number) => Client][] = [
  ['mmg', (url, timeoutMs = 5_000) => mmgProvider({ url, ...keys, timeoutMs })],
  ['firetext', (url, timeoutMs = 5_000) => firetextProvider({ url, ...keys, timeoutMs })],
  ['reach', (url, timeoutMs = 5_000) => reachProvider({ url, timeoutMs })],
];

function using<T extends Client>(client: T): T {
  open.push(client);
  return client;
}

const TEXT = 'Ŵy £5 & 100% 😀 \n“quoted” \ud800';

describe('mmg', () => {
  test('posts the JSON of MMG with the key verbatim', async () => {
    const mmg = await server(replying('{"Reference": 12345678}'));
    const client = using(mmgProvider({ url: `${mmg.url}/jsonv2a/api.php`, apiKey: 'a key=' }));
    const answer = await client.send(smsTo('447700900123', { content: TEXT, reference: 'ref-1' }));
    expect(answer).toEqual({ outcome: 'accepted', providerReference: null });
    expect(mmg.requests).toMatchObject([
      {
        method: 'POST',
        path: '/jsonv2a/api.php',
        headers: { authorization: 'Basic a key=', 'content-type': 'application/json' },
      },
    ]);
    expect(JSON.parse(mmg.requests[0]?.body ?? '')).toEqual({
      reqType: 'BULK',
      MSISDN: '447700900123',
      msg: TEXT,
      sender: 'GOVUK',
      cid: 'ref-1',
      multi: true,
    });
  });

  test('names the receipt address where one is configured', async () => {
    const mmg = await server(replying('{}'));
    const receiptUrl = 'https://user:pass@api.example/notifications/sms/mmg';
    await using(mmgProvider({ url: mmg.url, apiKey: 'k', receiptUrl })).send(smsTo('447700900123'));
    expect(JSON.parse(mmg.requests[0]?.body ?? '')).toMatchObject({ delurl: receiptUrl });
  });
});

describe('firetext', () => {
  test.each([
    [false, 'the-key'],
    [true, 'abroad-key'],
  ])('posts the form of Firetext (international: %s) with the %s', async (international, apiKey) => {
    const firetext = await server(replying('{"code": 0}'));
    const request = smsTo('+447700900123', { content: 'a & b = £1 😀', reference: 'ref-1', international });
    const answer = await using(firetextProvider({ url: firetext.url, ...keys })).send(request);
    expect(answer).toEqual({ outcome: 'accepted', providerReference: null });
    expect(firetext.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(firetext.requests[0]?.body))).toEqual({
      apiKey,
      from: 'GOVUK',
      to: '447700900123',
      message: 'a & b = £1 😀',
      reference: 'ref-1',
    });
  });

  test('names the receipt address where one is configured', async () => {
    const firetext = await server(replying('{"code": 0}'));
    await using(firetextProvider({ url: firetext.url, ...keys, receiptUrl: 'https://api.example/r' })).send(
      smsTo('44'),
    );
    expect(new URLSearchParams(firetext.requests[0]?.body).get('receipt')).toBe('https://api.example/r');
  });

  test.each([
    ['{"code": 1, "description": "Authentication error"}', 'code 1'],
    ['{"code": 0.5}', 'code 0.5'],
    ['{"result": "queued"}', undefined],
    ['{"code": null}', undefined],
    ['[]', undefined],
    ['null', undefined],
  ])('%s is Invalid response JSON', async (body, detail) => {
    const firetext = await server(replying(body));
    const answer = await using(firetextProvider({ url: firetext.url, ...keys })).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Invalid response JSON', ...(detail && { detail }) });
  });
});

describe.each(clients)('%s', (name, client) => {
  test('has its name', () => {
    expect(using(client('http://127.0.0.1:1')).name).toBe(name);
  });

  test.each([300, 302, 400, 401, 404, 429, 500, 503])('a %i is Request failed', async (status) => {
    const provider = await server(replying('{"code": 0}', status));
    const answer = await using(client(provider.url)).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Request failed', detail: `HTTP ${status}` });
  });

  test.each(['', '<html>', '{"code": 0'])('a 2xx with the body %j is Invalid response JSON', async (body) => {
    const provider = await server(replying(body));
    const answer = await using(client(provider.url)).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Invalid response JSON' });
  });

  test('a provider that is not there is Request failed', async () => {
    const gone = await httpRecorder();
    await gone.stop();
    const answer = await using(client(gone.url)).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Request failed', detail: 'ECONNREFUSED' });
  });

  test('a provider that hangs up is Request failed', async () => {
    const provider = await server((response) => response.socket?.destroy());
    const answer = await using(client(provider.url)).send(smsTo('447700900123'));
    expect(answer).toMatchObject({ outcome: 'failed', reason: 'Request failed' });
  });

  test('no answer within the time-out is Request failed', async () => {
    const provider = await server(() => {});
    const answer = await using(client(provider.url, 100)).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Request failed', detail: 'TimeoutError' });
  });

  test('an answer that never ends is cut off by the same time-out', async () => {
    const provider = await server((response) => {
      response.writeHead(200).write('{');
    });
    const answer = await using(client(provider.url, 100)).send(smsTo('447700900123'));
    expect(answer).toEqual({ outcome: 'failed', reason: 'Request failed', detail: 'TimeoutError' });
  });

  test('an answer beyond all measure is not read', async () => {
    const provider = await server(replying(`"${'x'.repeat(200_000)}"`));
    const answer = await using(client(provider.url)).send(smsTo('447700900123'));
    expect(answer).toMatchObject({ outcome: 'failed', reason: 'Request failed' });
  });

  test('connections are used again', async () => {
    const ports = new Set<number | undefined>();
    const provider = await server((response) => {
      ports.add(response.req.socket.remotePort);
      replying('{"code": 0}')(response);
    });
    const sender = using(client(provider.url));
    for (let sent = 0; sent < 20; sent += 1) await sender.send(smsTo('447700900123'));
    expect(ports.size).toBeLessThan(20);
  });

  test('a closed client still answers', async () => {
    const provider = await server();
    const sender = client(provider.url);
    await sender.close();
    expect(await sender.send(smsTo('447700900123'))).toMatchObject({ outcome: 'failed', reason: 'Request failed' });
  });
});
