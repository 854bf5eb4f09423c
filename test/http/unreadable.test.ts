import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi } from './api-bench.ts';

const NOT_UNDERSTOOD = 'The browser (or proxy) sent a request that this server could not understand.';

describe('a connection', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  /** What comes back until the server ends the connection. */
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
      socket.write(text);
    });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, NOT_UNDERSTOOD],
    ['an unknown method', 'EAT /_status HTTP/1.1\r\nHost: x\r\n\r\n', 400, NOT_UNDERSTOOD],
    [
      'two lengths of a body',
      'POST /v2/notifications/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
      NOT_UNDERSTOOD,
    ],
    [
      'headers of 20 kB',
      `GET /_status HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'The request’s headers are too large',
    ],
  ])('with %s gets an error of the API and its headers, and is closed', async (_, text, status, message) => {
    const received = await send(text);
    const [head = '', body = ''] = received.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain('Content-Type: application/json');
    expect(head).toMatch(/X-B3-TraceId: [0-9a-f]{32}/);
    expect(head).toContain('Connection: close');
    expect(JSON.parse(body)).toEqual({ result: 'error', message });
  });

  test.each([
    ['without a Host', ''],
    ['with an expectation that nobody knows', 'Host: x\r\nExpect: banana\r\n'],
  ])('%s is served', async (_, headers) => {
    const received = await send(`GET /_status?simple=1 HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toContain('{"status":"ok"}');
  });
});
