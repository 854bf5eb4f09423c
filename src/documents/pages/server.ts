import express, { type ErrorRequestHandler, type Express } from 'express';
import { type HttpServer, httpServer } from '../../http/server.ts';
import { onFile } from './file-handler.ts';
import { type PageParts, sendPage } from './open-link.ts';
import { CONTENT_SECURITY_POLICY } from './page.ts';
import { CONFIRM, DOWNLOAD, onPage, showConfirm, showDownload, showLanding, takeAddress } from './page-handlers.ts';
import { failurePage, notFoundPage } from './pages.ts';

export type DocumentPagesParts = PageParts & {
  /** 0 takes any free port. */
  port: number;
  host: string;
};

const FIRST_PAGE = '/d/:service/:document';

/** The pages where recipients download files that were sent by email (public-api 4.8), and the files themselves. */
export function documentPages(parts: DocumentPagesParts): HttpServer {
  return httpServer(pagesApp(parts), { port: parts.port, host: parts.host });
}

function pagesApp(parts: PageParts): Express {
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  const headers = pageHeaders(parts.isSecure);
  app.use((_request, response, next) => {
    response.set(headers);
    next();
  });
  const form = express.urlencoded({ extended: false, limit: '4kb' });
  app.get('/_status', (_request, response) => void response.json({ status: 'ok' }));
  app.get(FIRST_PAGE, onPage(parts, showLanding));
  app.get(FIRST_PAGE + CONFIRM, onPage(parts, showConfirm));
  app.post(FIRST_PAGE + CONFIRM, form, onPage(parts, takeAddress(parts)));
  app.get(FIRST_PAGE + DOWNLOAD, onPage(parts, showDownload));
  app.get('/services/:service/documents/:file', onFile(parts));
  app.use((_request, response) => sendPage(response, 404, notFoundPage()));
  app.use(failed(parts.log));
  return app;
}

/** Links hold keys: nobody keeps, indexes or passes them on. */
function pageHeaders(isSecure: boolean): Record<string, string> {
  return {
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
    ...(isSecure && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains; preload' }),
  };
}

/** Errors are told in the log only. A malformed request is the caller's fault. */
function failed(log: PageParts['log']): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof URIError) return sendPage(response, 404, notFoundPage());
    const status = requestFault(error);
    if (status === null) log.error({ err: error }, 'A page of a document could not be shown');
    sendPage(response, status ?? 500, failurePage());
  };
}

/** The status for a body that is too large, or cut off; null for what is our fault. */
function requestFault(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
