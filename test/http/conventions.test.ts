import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_BODY_BYTES } from '../../src/http/read-body.ts';
import { type ApiBench, startApi, tokenFor, v2Error } from './api-bench.ts';

const ROUTING_404 = {
  result: 'error',
  message:
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
};
const ROUTING_405 = { result: 'error', message: 'The method is not allowed for the requested URL.' };

describe('conventions of every route', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi({ timeoutMs: 300 });
  });
  afterAll(() => api?.stop());

  test.each([
    ['GET', '/_status?simple=1', 200],
    ['GET', '/nowhere', 404],
    ['PUT', '/_status', 405],
    ['GET', '/v2/templates', 401],
    ['POST', '/notifications/sms/mmg', 400],
  ])('%s %s has the fixed headers', async (method, path, status) => {
    const reply = await api.request(method, path);
    expect(reply.status).toBe(status);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'Content-Type,Authorization',
      'access-control-allow-methods': 'GET,PUT,POST,DELETE',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'x-permitted-cross-domain-policies': 'none',
      'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
      'cache-control': 'no-store, no-cache, private, must-revalidate',
      'x-b3-traceid': expect.stringMatching(/^[0-9a-f]{32}$/),
      'x-b3-spanid': expect.stringMatching(/^self-[0-9a-f]{16}$/),
    });
    expect(reply.headers.get('x-powered-by')).toBeNull();
  });

  test.each<[string, Record<string, string>, string]>([
    ['X-B3-TraceId', { 'x-b3-traceid': 'trace', 'x-amz-cf-id': 'cf' }, 'trace'],
    ['X-Amz-Cf-Id when it is empty', { 'x-b3-traceid': '', 'x-amz-cf-id': 'cf', 'x-amzn-trace-id': 'amzn' }, 'cf'],
    ['X-Amzn-Trace-Id last', { 'x-amzn-trace-id': 'amzn' }, 'amzn'],
  ])('the trace id is %s', async (_, headers, traceId) => {
    const reply = await api.request('GET', '/_status?simple=1', { headers: { ...headers, 'x-b3-spanid': 'span' } });
    expect(reply.headers.get('x-b3-traceid')).toBe(traceId);
    expect(reply.headers.get('x-b3-spanid')).toBe('span');
  });

  test.each([
    '/nowhere',
    '/v2/nowhere',
    '/v2/notifications/',
    '/V2/notifications',
    '/v2/notifications/sms/',
    '/v2/template/x/version/one',
    '/v2/template/x/version/-1',
    '/v2/broadcast',
    '/v2/notifications/%ff%/x',
  ])('%s is unknown, before authentication', async (path) => {
    expect(await api.request('GET', path)).toMatchObject({ status: 404, body: ROUTING_404 });
  });

  test('another notification type is unknown, after authentication and before limits', async () => {
    const reply = await api.request('POST', '/v2/notifications/apple', {});
    expect(reply.status).toBe(401);
    expect(await api.post('/v2/notifications/apple', {})).toMatchObject({ status: 404, body: ROUTING_404 });
  });

  test.each([
    ['DELETE', '/v2/notifications', 'GET, HEAD, OPTIONS'],
    ['PUT', '/v2/notifications/sms', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/v2/templates', 'GET, HEAD, OPTIONS'],
    ['GET', '/v2/template/x/preview', 'OPTIONS, POST'],
    ['POST', '/', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/_status', 'GET, HEAD, OPTIONS, POST'],
    ['PATCH', '/notifications/sms/mmg', 'OPTIONS, POST'],
  ])('%s %s is not allowed, before authentication', async (method, path, allow) => {
    const reply = await api.request(method, path);
    expect(reply).toMatchObject({ status: 405, body: ROUTING_405 });
    expect(reply.headers.get('allow')).toBe(allow);
  });

  test('HEAD works wherever GET does', async () => {
    const key = api.demo.apiKeys.normal;
    expect(await api.request('HEAD', '/v2/templates', { key })).toMatchObject({ status: 200, body: null });
    expect(await api.request('HEAD', '/v2/templates')).toMatchObject({ status: 401, body: null });
  });

  test('OPTIONS is routed and wants a token', async () => {
    const reply = await api.request('OPTIONS', '/v2/templates', { key: api.demo.apiKeys.normal });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await api.request('OPTIONS', '/v2/templates')).toMatchObject({ status: 401 });
  });

  test('an unhandled error is a 500 with its class name, told nobody else', async () => {
    api.overrides['templates.list'] = () => Promise.reject(new TypeError('the password is 12345'));
    const reply = await api.get('/v2/templates');
    api.overrides = {};
    expect(reply).toMatchObject({ status: 500, body: v2Error(500, 'TypeError', 'Internal server error') });
    expect(api.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('an unhandled error outside /v2 has the plain body', async () => {
    api.overrides['status.read'] = () => Promise.reject(new Error('x'));
    const reply = await api.request('GET', '/_status');
    api.overrides = {};
    expect(reply).toMatchObject({ status: 500, body: { result: 'error', message: 'Internal server error' } });
  });

  test('a request that takes too long is answered 504', async () => {
    api.overrides['templates.list'] = () => new Promise(() => {});
    api.overrides['status.read'] = () => new Promise(() => {});
    const [v2, plain] = await Promise.all([api.get('/v2/templates'), api.request('GET', '/_status')]);
    api.overrides = {};
    expect(v2).toMatchObject({ status: 504, body: v2Error(504, 'EventletTimeout', 'Timeout serving request') });
    expect(plain).toMatchObject({ status: 504, body: { result: 'error', message: 'Timeout serving request' } });
  });

  test('a call to another actor that timed out is a 504 too', async () => {
    api.overrides['templates.list'] = () => Promise.reject(Object.assign(new Error('x'), { code: 504 }));
    expect(await api.get('/v2/templates')).toMatchObject({ status: 504 });
    api.overrides = {};
  });

  test('a body over the limit is answered 413 in the shape of the route', async () => {
    const { port } = new URL(api.url);
    const head = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokenFor(api.demo.apiKeys.normal)}\r\n` +
      `Content-Length: ${MAX_BODY_BYTES + 1}\r\n\r\n`;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(head('/v2/notifications/sms')));
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toContain('413 Payload Too Large');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual(
      v2Error(413, 'RequestEntityTooLarge', 'Request body cannot be larger than 26214400 bytes'),
    );
  });

  test('links are built from the scheme and host that the proxy was asked for', async () => {
    const { body } = await api.request('GET', '/v2/notifications', {
      key: api.demo.apiKeys.normal,
      headers: { 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'api.example.gov.uk' },
    });
    expect(body.links.current).toBe('https://api.example.gov.uk/v2/notifications');
  });

  test('one line is logged a request, without recipients', async () => {
    api.log.clear();
    const { body } = await api.post('/v2/notifications/sms', {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    });
    const lines = api.log.lines.filter(({ level }) => level !== 'debug');
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'Request answered',
        facts: expect.objectContaining({ notification_id: body.id, status_code: 201, path: '/v2/notifications/sms' }),
      },
    ]);
    expect(JSON.stringify(api.log.lines)).not.toMatch(/7700900123|Sam/);
  });

  describe('status', () => {
    const details = {
      status: 'ok',
      git_commit: 'abc123',
      build_time: '2026-11-01T00:00:00Z',
      db_version: expect.stringContaining('Migration'),
      db_bulk_version: null,
    };

    test.each([
      ['GET', '/'],
      ['GET', '/_status'],
      ['POST', '/_status'],
    ])('%s %s tells the versions', async (method, path) => {
      expect(await api.request(method, path)).toMatchObject({ status: 200, body: details });
    });

    test('with simple the database is not asked', async () => {
      api.overrides['status.read'] = () => Promise.reject(new Error('x'));
      expect(await api.request('GET', '/_status?simple=yes')).toMatchObject({ status: 200, body: { status: 'ok' } });
      api.overrides = {};
    });

    test('live services and organisations are counted', async () => {
      const reply = await api.request('GET', '/_status/live-service-and-organisation-counts');
      expect(reply).toMatchObject({ status: 200, body: { organisations: 0, services: expect.any(Number) } });
    });
  });
});
