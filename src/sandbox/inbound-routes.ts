import { randomUUID } from 'node:crypto';
import { json, type Request, type Response, Router } from 'express';
import { type Fields, fieldsOf, textField } from '../providers/fields.ts';
import type { ApiPost } from './api-poster.ts';
import { answerJson, type Stage } from './stage.ts';

/** What the providers authenticate a received text with, as `user:password`. */
export type InboundLogins = { mmg: string; firetext: string };

type Received = { from: string; to: string; message: string };

/**
 * Somebody's text to a service: `POST /inbound` with `provider` (`mmg` by default, or `firetext`), `from`, `to` and
 * `message`. The provider passes it on to the API; the answer does not wait for that.
 */
export function inboundRoutes({ api }: Stage, logins: InboundLogins): Router {
  return Router().post('/inbound', json(), async (request: Request, response: Response) => {
    const fields = fieldsOf(request.body);
    const received = readReceived(fields);
    if (received === null) return answerJson(response, 400, { error: 'from, to and message are needed' });
    const provider = textField(fields, 'provider') === 'firetext' ? 'firetext' : 'mmg';
    const post = POSTS[provider](received);
    const authorization = `Basic ${Buffer.from(logins[provider]).toString('base64')}`;
    void api.post({ ...post, headers: { ...post.headers, authorization } });
    answerJson(response, 202, { provider });
  });
}

function readReceived(fields: Fields): Received | null {
  const from = textField(fields, 'from');
  const to = textField(fields, 'to');
  const message = textField(fields, 'message');
  return from === null || to === null || message === null ? null : { from, to, message };
}

/** Each provider's own words for a received text. Numbers are in international form, without `+`. */
const POSTS: Readonly<Record<keyof InboundLogins, (text: Received) => ApiPost>> = {
  mmg: ({ from, to, message }) => ({
    path: '/notifications/sms/receive/mmg',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ID: randomUUID(),
      MSISDN: international(from),
      Number: international(to),
      Message: formEncoded(message.replaceAll('\\', '\\\\')),
      DateRecieved: formEncoded(utcTime()),
    }),
  }),
  firetext: ({ from, to, message }) => ({
    path: '/notifications/sms/receive/firetext',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      source: international(from),
      destination: international(to),
      message,
      time: utcTime(),
    }).toString(),
  }),
};

function international(number: string): string {
  return number.replace(/^0/, '44');
}

function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

function utcTime(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}
