import { type Request, Router } from 'express';
import type { MessageFilter, MessageLog } from './message-log.ts';
import { sandboxPage } from './page.ts';
import type { CallbackLog } from './webhook-routes.ts';

/** What people and tests look at: the page, `/messages` and `/callbacks`; `DELETE` forgets. */
export function inspectRoutes(messages: MessageLog, callbacks: CallbackLog): Router {
  const page = sandboxPage();
  return Router()
    .get('/', (_request, response) => {
      response.type('html').send(page);
    })
    .get('/messages', (request, response) => {
      response.json(messages.list(filterOf(request)));
    })
    .delete('/messages', (_request, response) => {
      messages.clear();
      response.status(204).end();
    })
    .get('/callbacks', (request, response) => {
      response.json({ callbacks: callbacks.list(filterOf(request).limit) });
    })
    .delete('/callbacks', (_request, response) => {
      callbacks.clear();
      response.status(204).end();
    });
}

/** From the query: `to`, `reference`, `kind` and `limit`, each as it is stored. */
function filterOf({ query }: Request): MessageFilter {
  const texts = ['to', 'reference', 'kind'].flatMap((name) =>
    typeof query[name] === 'string' ? [[name, query[name]]] : [],
  );
  const limit = Number(query['limit']);
  return { ...Object.fromEntries(texts), ...(limit > 0 ? { limit } : {}) };
}
