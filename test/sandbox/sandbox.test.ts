import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mmgProvider } from '../../src/providers/mmg.ts';
import { OUTCOMES } from '../../src/sandbox/outcomes.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { httpRecorder } from './http-recorder.ts';
import { smsTo } from './requests.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function sandboxFor(apiUrl: SandboxOptions['apiUrl'], options: Partial<SandboxOptions> = {}) {
  const sandbox = await startSandbox({ port: 0, apiUrl, delayFactor: 0.01, ...options });
  const mmg = mmgProvider({ url: `${sandbox.url}/mmg`, apiKey: 'key' });
  stops.push(mmg.close, sandbox.stop);
  return { sandbox, mmg };
}

async function recordingApi(...parameters: Parameters<typeof httpRecorder>) {
  const api = await httpRecorder(...parameters);
  stops.push(api.stop);
  return api;
}

const post = (sandbox: Sandbox, path: string, body = '{}', headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('receipts', () => {
  test('are posted again after a 5xx', async () => {
    const statuses = [503, 500];
    const api = await recordingApi((response) => {
      response.writeHead(statuses.shift() ?? 200).end();
    });
    const { mmg } = await sandboxFor(api.url);
    await mmg.send(smsTo('447700900001'));
    const bodies = (await api.received(3)).map(({ body }) => body);
    expect(new Set(bodies).size).toBe(1);
  });

  test('are posted again when the API was not there', async () => {
    const gone = await httpRecorder();
    await gone.stop();
    const { mmg } = await sandboxFor(gone.url);
    const request = smsTo('447700900007');
    const answer = mmg.send(request);
    const api = await recordingApi(undefined, Number(new URL(gone.url).port));
    expect(await answer).toMatchObject({ outcome: 'accepted' });
    expect(JSON.parse(api.requests[0]?.body ?? '')).toMatchObject({ CID: request.reference, status: '3' });
  });

  test('are not posted again after a 4xx, and that is logged without the recipient', async () => {
    const api = await recordingApi((response) => {
      response.writeHead(400).end();
    });
    const warnings: unknown[] = [];
    const { mmg } = await sandboxFor(api.url, { logger: { warn: (...warning) => warnings.push(warning) } });
    await mmg.send(smsTo('447700900007'));
    expect(api.requests).toHaveLength(1);
    expect(warnings).toEqual([[{ path: '/notifications/sms/mmg', status: 400 }, expect.any(String)]]);
  });

  test('are given up with a warning when the API stays away', async () => {
    const gone = await httpRecorder();
    await gone.stop();
    const warnings: unknown[] = [];
    const logger = { warn: (...warning: unknown[]) => warnings.push(warning) };
    const { mmg } = await sandboxFor(gone.url, { delayFactor: 0.0001, logger });
    await mmg.send(smsTo('447700900007'));
    expect(warnings).toEqual([[{ path: '/notifications/sms/mmg' }, expect.any(String)]]);
  });

  test('carry the credentials of the API’s address', async () => {
    const api = await recordingApi();
    const { mmg } = await sandboxFor(() => api.url.replace('http://', 'http://mmg:p%40ss@'));
    await mmg.send(smsTo('447700900007'));
    const authorization = `Basic ${Buffer.from('mmg:p@ss').toString('base64')}`;
    expect(api.requests).toMatchObject([{ path: '/notifications/sms/mmg', headers: { authorization } }]);
  });
});

describe('a provider refuses', () => {
  const text = { MSISDN: '447700900001', msg: 'Hello', sender: 'GOVUK', cid: 'ref' };

  test.each([
    ['/mmg', JSON.stringify(text), {}, 401],
    ['/mmg', '{}', { authorization: 'Basic key' }, 400],
    ['/reach', '{}', {}, 400],
    ['/v2/email/outbound-emails', '{}', {}, 403],
    ['/v2/email/outbound-emails', '{}', { authorization: 'AWS4-HMAC-SHA256 Credential=x' }, 400],
  ])('%s %s with headers %j: %i', async (path, body, headers, status) => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    expect((await post(sandbox, path, body, headers)).status).toBe(status);
    expect(sandbox.messages().messages).toEqual([]);
  });

  test.each([
    ['', 1],
    ['apiKey=key', 2],
  ])('/firetext %j with code %i', async (form, code) => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    const response = await post(sandbox, '/firetext', form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await response.json()).toMatchObject({ code });
  });
});

describe('what was sent', () => {
  test('is listed newest first, by recipient, reference and kind, and can be forgotten', async () => {
    const { sandbox, mmg } = await sandboxFor('http://127.0.0.1:1');
    const [first, second] = [smsTo('447700900009'), smsTo('447700900209')];
    for (const request of [first, second, first]) await mmg.send(request);

    const list = async (query: string) => {
      const body: unknown = await (await fetch(`${sandbox.url}/messages${query}`)).json();
      return body;
    };
    expect(await list('')).toMatchObject({
      totals: { received: 3, references: 2, repeated: 1 },
      messages: [
        { reference: first.reference, timesSeen: 2 },
        { reference: second.reference, timesSeen: 1 },
        { reference: first.reference, timesSeen: 2 },
      ],
    });
    expect(await list('?limit=1')).toMatchObject({ messages: [{ reference: first.reference }] });
    expect(await list('?to=447700900209')).toMatchObject({ messages: [{ reference: second.reference }] });
    expect(await list(`?reference=${second.reference}`)).toMatchObject({ messages: [{ to: '447700900209' }] });
    expect(await list('?kind=email')).toMatchObject({ messages: [] });

    await fetch(`${sandbox.url}/messages`, { method: 'DELETE' });
    expect(await list('')).toEqual({ totals: { received: 0, references: 0, repeated: 0 }, messages: [] });
  });

  test('is shown on a page with every outcome and nothing from elsewhere', async () => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    const response = await fetch(sandbox.url);
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const { description } of OUTCOMES) expect(html).toContain(description);
    expect(html).not.toMatch(/https?:\/\//);
  });
});

describe('the webhook receiver', () => {
  test('records calls newest first and answers 200', async () => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    expect((await post(sandbox, '/webhook?n=1', '{"id": 1}', { authorization: 'Bearer token' })).status).toBe(200);
    expect((await post(sandbox, '/webhook', 'no json', { 'content-type': 'text/plain' })).status).toBe(200);
    expect(await (await fetch(`${sandbox.url}/callbacks`)).json()).toMatchObject({
      callbacks: [
        { path: '/webhook', body: 'no json' },
        { path: '/webhook?n=1', body: { id: 1 }, headers: { authorization: 'Bearer token' } },
      ],
    });
    await fetch(`${sandbox.url}/callbacks`, { method: 'DELETE' });
    expect(sandbox.callbacks()).toEqual([]);
  });

  test.each([200, 204, 301, 404, 429, 500, 503])('answers %i where asked to', async (status) => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    const url = `${sandbox.url}/webhook/status/${status}`;
    expect((await fetch(url, { method: 'POST', redirect: 'manual' })).status).toBe(status);
    expect(sandbox.callbacks()).toHaveLength(1);
  });

  test('answers late where asked to', async () => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    expect((await post(sandbox, '/webhook/slow/20')).status).toBe(200);
  });

  test('hangs where asked to', async () => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    const url = `${sandbox.url}/webhook/hang`;
    await expect(fetch(url, { method: 'POST', signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(sandbox.callbacks()).toMatchObject([{ path: '/webhook/hang' }]);
  });
});

describe('stopping', () => {
  test('cuts open requests and drops waiting receipts', async () => {
    const api = await recordingApi();
    const sandbox = await startSandbox({ port: 0, apiUrl: api.url, delayFactor: 1_000 });
    const mmg = mmgProvider({ url: `${sandbox.url}/mmg`, apiKey: 'key' });
    stops.push(mmg.close);
    await mmg.send(smsTo('447700900001'));
    const hanging = mmg.send(smsTo('447700900006'));
    const slow = mmg.send(smsTo('447700900004'));
    while (sandbox.messages().totals.received < 3) await new Promise(setImmediate);
    await sandbox.stop();
    expect(await hanging).toMatchObject({ outcome: 'failed', reason: 'Request failed' });
    expect(await slow).toMatchObject({ outcome: 'failed', reason: 'Request failed' });
    expect(api.requests).toEqual([]);
  });

  test('frees the port, and a taken port is refused', async () => {
    const { sandbox } = await sandboxFor('http://127.0.0.1:1');
    await expect(startSandbox({ port: sandbox.port, apiUrl: '' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await stops.pop()?.();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(sandbox.port, '127.0.0.1', resolve));
    server.close();
  });
});
