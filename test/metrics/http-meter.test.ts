import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { httpApp } from '../../src/http/app.ts';
import { metricsRoute } from '../../src/http/get-metrics.ts';
import { readBody } from '../../src/http/read-body.ts';
import type { HttpRequest } from '../../src/http/request.ts';
import { ok, type Route } from '../../src/http/route.ts';
import { type HttpServer, httpServer } from '../../src/http/server.ts';
import { openMetrics } from '../../src/metrics/metrics.ts';
import { recordingLog } from '../http/recording-log.ts';
import { scrape } from './samples.ts';

const DURATION = 'http_server_request_duration_seconds_count';
const CONCURRENT = 'concurrent_web_request_count';

let server: HttpServer;
let url: string;
const slow = Promise.withResolvers<void>();

beforeAll(async () => {
  const metrics = openMetrics();
  const open = (path: string | RegExp, methods: Route['methods']): Route =>
    ({ path, methods, access: 'open', errors: 'plain' }) as Route;
  const routes = [
    open('/things/:id', { GET: () => ok({}) }),
    open(/^\/things\/([^/]+)\/version\/([0-9]+)$/, { GET: () => ok({}) }),
    open('/slow', {
      GET: async () => {
        await slow.promise;
        return ok({});
      },
    }),
    open('/upload', { POST: async ({ incoming }: HttpRequest) => ok({ bytes: (await readBody(incoming)).length }) }),
    metricsRoute(metrics.read),
  ];
  const directory = { service: () => Promise.reject(new Error('No service is asked for')) };
  const parts = { directory, log: recordingLog(), now: Date.now, timeoutMs: 30_000, meter: metrics.http };
  server = httpServer(httpApp(parts, routes), { port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${await server.listen()}`;
});

afterAll(() => server?.close());

const metrics = () => scrape(`${url}/metrics`);
const until = async (condition: () => Promise<boolean>) => {
  while (!(await condition()));
};

test('the format and its type are those of Prometheus', async () => {
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await response.text()).toContain('# TYPE http_server_request_duration_seconds histogram\n');
});

test('requests are counted by the pattern of their route, method and status, never by path', async () => {
  for (const id of ['secret-1', 'secret-2']) await fetch(`${url}/things/${id}`);
  await fetch(`${url}/things/secret-3`, { method: 'POST' });
  await fetch(`${url}/things/secret-4/version/7`);
  await fetch(`${url}/elsewhere/secret-5`);
  const { sum, text } = await metrics();
  expect(sum(DURATION, { path: '/things/:id', method: 'GET', status: '200' })).toBe(2);
  expect(sum(DURATION, { path: '/things/:id', method: 'POST', status: '405' })).toBe(1);
  expect(sum(DURATION, { path: '/things/:1/version/:2', method: 'GET', status: '200' })).toBe(1);
  expect(sum(DURATION, { path: 'unmatched', method: 'GET', status: '404' })).toBe(1);
  expect(text).not.toMatch(/secret/);
});

test('methods that no route has are one', async () => {
  for (const method of ['PROPFIND', 'LOCK']) await fetch(`${url}/things/secret-1`, { method });
  const { sum } = await metrics();
  expect(sum(DURATION, { path: '/things/:id', method: 'other', status: '405' })).toBe(2);
});

test('an open request is counted until it is answered; the scrape itself is one', async () => {
  const answer = fetch(`${url}/slow`);
  await until(async () => (await metrics()).sum(CONCURRENT) === 2);
  slow.resolve();
  await answer;
  expect((await metrics()).sum(CONCURRENT)).toBe(1);
});

test('a caller who goes away is not counted as open, nor as answered', async () => {
  const caller = request(`${url}/upload`, { method: 'POST', headers: { 'content-length': '1000' } });
  caller.on('error', () => {});
  caller.write('some');
  await until(async () => (await metrics()).sum(CONCURRENT) === 2);
  caller.destroy();
  await until(async () => (await metrics()).sum(CONCURRENT) === 1);
  expect((await metrics()).sum(DURATION, { path: '/upload' })).toBeUndefined();
});
