import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { type HttpServer, httpServer } from '../http/server.ts';
import type { ReadMetrics } from '../metrics/metrics.ts';
import type { ReadActors } from '../queries/console-actors.ts';
import type { ReadNotification } from '../queries/console-notification.ts';
import { parseUuid } from '../validation/uuid.ts';
import { access } from './access.ts';
import type { Chart } from './chart.ts';
import { type Drawing, drawChart } from './chart-drawing.ts';
import { chartPage } from './chart-page.ts';
import { homePage, type PoolLoad } from './home-page.ts';
import { html } from './html.ts';
import { noNotificationPage, notificationPage } from './notification-page.ts';
import { page, searchForm } from './page.ts';

export type ConsoleParts = {
  /** 0 takes any free port. */
  port: number;
  /** Where it listens when there is a token; without one it listens on loopback only. */
  host: string;
  token: string | null;
  charts: readonly Chart[];
  readActors: ReadActors;
  readNotification: ReadNotification;
  /** What runs and waits in this process, by pool. */
  poolLoad(): PoolLoad;
  readMetrics: ReadMetrics;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { error(facts: object, message: string): void };
};

const LOOPBACK = '127.0.0.1';
/** The chart of notifications, in which one notification is shown. */
const NOTIFICATION = 'notification';
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The operators' and reviewers' pages: charts with live counts, and single notifications. They only read. */
export function consoleServer(parts: ConsoleParts): HttpServer {
  const host = parts.token === null ? LOOPBACK : parts.host;
  return httpServer(consoleApp(parts), { port: parts.port, host });
}

function consoleApp(parts: ConsoleParts): Express {
  const { charts, readActors, readNotification, poolLoad, readMetrics, now, log } = parts;
  const chartNamed = (name: string) => charts.find((chart) => chart.name === name);
  const drawing = drawings();
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  app.use(access(parts.token));

  app.get('/', async (request, response) => {
    const kinds = await Promise.all(charts.map(async (chart) => ({ chart, counts: await readActors(chart.name) })));
    send(response, 200, homePage(kinds, poolLoad(), isLive(request)));
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await readMetrics();
    response.set('Content-Type', contentType).send(text);
  });
  app.get('/charts/:name', async (request, response) => {
    const chart = chartNamed(request.params.name);
    if (!chart) return send(response, 404, nothingHere());
    const counts = await readActors(chart.name);
    send(response, 200, chartPage({ chart, counts }, await drawing(chart), isLive(request)));
  });
  app.get('/notifications', (request, response) => {
    const asked = String(request.query['id'] ?? '').trim();
    const id = parseUuid(asked);
    if (id === null) return send(response, 404, noNotificationPage(asked));
    response.redirect(303, `/notifications/${id}`);
  });
  app.get('/notifications/:id', async (request, response) => {
    const id = parseUuid(request.params.id);
    const facts = id && (await readNotification(id));
    const chart = chartNamed(NOTIFICATION);
    if (!facts || !chart) return send(response, 404, noNotificationPage(request.params.id));
    send(response, 200, notificationPage(facts, await drawing(chart), now()));
  });
  app.use((_request, response) => send(response, 404, nothingHere()));
  app.use(failed(log));
  return app;
}

/** Each chart is laid out once, when it is first asked for. */
function drawings(): (chart: Chart) => Promise<Drawing> {
  const drawn = new Map<string, Promise<Drawing>>();
  return (chart) => {
    const found = drawn.get(chart.name) ?? drawChart(chart);
    drawn.set(chart.name, found);
    return found;
  };
}

function isLive({ query }: Request): boolean {
  return query['live'] !== '0';
}

function send(response: Response, status: number, text: string): void {
  response.status(status).type('html').send(text);
}

function nothingHere(): string {
  return page({
    title: 'Nothing here',
    body: html`<h1>There is nothing here</h1><p><a href="/">What is going on</a></p>${searchForm()}`,
  });
}

/** Errors are told in the log only; a malformed address is the caller's fault. */
function failed(log: ConsoleParts['log']): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof URIError) return send(response, 404, nothingHere());
    log.error({ err: error }, 'A page of the console could not be shown');
    const body = html`<h1>This could not be shown just now</h1><p>The log says why. Try again in a moment.</p>`;
    send(response, 500, page({ title: 'Not shown', body }));
  };
}
