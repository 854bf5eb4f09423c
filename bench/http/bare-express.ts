import express from 'express';
import type { Target } from './target.ts';

/** Express that parses the body and answers: what the framework allows. */
export const bareExpress: Target = async () => {
  const app = express();
  app.use(express.json());
  app.post('/v2/notifications/sms', (request, response) => {
    response.status(201).json({ id: crypto.randomUUID(), reference: request.body.reference });
  });
  return { listener: app };
};
