import express from 'express';
import pg from 'pg';
import { timeOrderedId } from '../../src/runtime/id.ts';
import type { Target } from './target.ts';

const CONNECTIONS = 20;

/** Express with one durable insert a request: what one would write first. */
export const expressInsert: Target = async ({ connection }) => {
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS });
  await pool.query(`create table notifications (id uuid primary key, body text not null,
    created_at timestamptz not null default now())`);
  const app = express();
  app.use(express.json());
  app.post('/v2/notifications/sms', async (request, response) => {
    const id = timeOrderedId(Date.now());
    await pool.query({
      name: 'insert',
      text: 'insert into notifications (id, body) values ($1, $2)',
      values: [id, JSON.stringify(request.body)],
    });
    response.status(201).json({ id, reference: request.body.reference });
  });
  return { listener: app };
};
