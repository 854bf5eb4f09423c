import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServiceBroker } from 'moleculer';
import { apiService } from '../../services/api.service.ts';
import { notificationsService } from '../../services/notifications.service.ts';
import { receiptsService } from '../../services/receipts.service.ts';
import { statusService } from '../../services/status.service.ts';
import { templatesService } from '../../services/templates.service.ts';
import { httpApp } from '../../src/http/app.ts';
import { apiRoutes } from '../../src/http/routes.ts';
import { httpServer } from '../../src/http/server.ts';
import { noLimits } from '../../src/limits/limits.ts';
import { type ApiBench, startApi, tokenFor } from './api-bench.ts';

describe('the actors on a broker', () => {
  let api: ApiBench;
  let broker: ServiceBroker;
  let url: string;
  beforeAll(async () => {
    api = await startApi();
    const { actions } = api;
    broker = new ServiceBroker({ logger: false });
    broker.createService(
      notificationsService({
        sendSms: actions['notifications.sendSms'],
        sendEmail: actions['notifications.sendEmail'],
        sendLetter: actions['notifications.sendLetter'],
        sendPrecompiledLetter: actions['notifications.sendPrecompiledLetter'],
        get: actions['notifications.get'],
        getPdf: actions['notifications.getPdf'],
        list: actions['notifications.list'],
        getLegacy: actions['notifications.getLegacy'],
        listLegacy: actions['notifications.listLegacy'],
        unsubscribe: actions['notifications.unsubscribe'],
      }),
    );
    broker.createService(
      templatesService({
        get: actions['templates.get'],
        list: actions['templates.list'],
        preview: actions['templates.preview'],
      }),
    );
    broker.createService(
      receiptsService({
        recordSms: api.recordSms,
        recordSes: api.recordSes,
        recordPrintStatus: api.letters.recordPrintStatus,
      }),
    );
    broker.createService(
      statusService({
        read: () => actions['status.read']({}),
        countLive: () => actions['status.countLive']({}),
      }),
    );
    broker.createService(
      apiService(
        {
          server: (call) => {
            const routes = apiRoutes({ ...api.routeParts, call, limits: noLimits });
            const { directory, log } = api;
            const app = httpApp({ directory, log, now: Date.now, timeoutMs: 30_000 }, routes);
            return httpServer(app, { port: 0, host: '127.0.0.1' });
          },
          onListening: (port) => {
            url = `http://127.0.0.1:${port}`;
          },
        },
        broker,
      ),
    );
    await broker.start();
  });
  afterAll(async () => {
    await broker?.stop();
    await api?.stop();
  });

  const ask = (method: string, path: string, body?: object) =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${tokenFor(api.demo.apiKeys.normal)}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  test('take a message, show it, and hear its receipt', async () => {
    const sent = await ask('POST', '/v2/notifications/sms', {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    });
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    await api.bench.settled(id, 'sending.awaitingReceipt');
    expect((await ask('POST', '/notifications/sms/mmg', { CID: id, status: '3' })).status).toBe(200);
    expect(await (await ask('GET', `/v2/notifications/${id}`)).json()).toMatchObject({ status: 'delivered' });
  });

  test('refusals survive the bus', async () => {
    const reply = await ask('POST', '/v2/notifications/email', {
      email_address: 'sam@example.com',
      template_id: api.templates.sms,
    });
    expect(reply.status).toBe(400);
  });

  test.each(['/v2/templates', '/_status', '/_status/live-service-and-organisation-counts', '/v2/notifications'])(
    '%s is answered',
    async (path) => {
      expect((await ask('GET', path)).status).toBe(200);
    },
  );

  test('what is not there is told as on one node', async () => {
    expect((await ask('GET', `/v2/template/${api.demo.serviceId}`)).status).toBe(404);
  });
});

describe('the HTTP server', () => {
  test('answers what it has begun before it closes, and takes nothing new', async () => {
    const release = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const server = httpServer(
      (_request, response) => {
        begun.resolve();
        release.promise.then(() => response.end('done'));
      },
      { port: 0, host: '127.0.0.1' },
    );
    const url = `http://127.0.0.1:${await server.listen()}`;
    const answer = fetch(url);
    await begun.promise;
    const closed = server.close();
    await expect(fetch(url)).rejects.toThrow();
    release.resolve();
    expect(await (await answer).text()).toBe('done');
    await closed;
    await server.close();
  });

  test('refuses to start on a port that is taken', async () => {
    const first = httpServer(() => {}, { port: 0, host: '127.0.0.1' });
    const port = await first.listen();
    await expect(httpServer(() => {}, { port, host: '127.0.0.1' }).listen()).rejects.toThrow('EADDRINUSE');
    await first.close();
  });
});
