import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { urlToken } from '../../src/content/url-tokens.ts';
import { type ApiBench, startApi, UNSUBSCRIBE_SECRETS } from './api-bench.ts';

const DAY_MS = 86_400_000;
const refusal = (message: string) => ({
  status: 404,
  body: { result: 'error', message: { 'unsubscribe request': message } },
});
const NOT_VALID = refusal('This is not a valid unsubscribe link.');
const DONE = { status: 200, body: { result: 'success', message: 'Unsubscribe successful' } };

describe('POST /unsubscribe/{notification_id}/{token}', () => {
  let api: ApiBench;
  let notificationId: string;
  beforeAll(async () => {
    api = await startApi();
    const { body } = await api.post('/v2/notifications/email', {
      email_address: 'sam@example.com',
      template_id: api.templates.email,
      personalisation: { name: 'Sam', date: 'today', things: 'nothing' },
    });
    notificationId = body.id;
  });
  afterAll(() => api?.stop());

  const token = (daysAgo = 0) =>
    urlToken('sam@example.com', UNSUBSCRIBE_SECRETS, new Date(Date.now() - daysAgo * DAY_MS));
  const unsubscribe = (id: string, of: string) =>
    api.request('POST', `/unsubscribe/${id}/${of}`, { body: 'List-Unsubscribe=One-Click' });
  const requests = async () =>
    (await api.pool.query('select * from unsubscribe_request where notification_id = $1', [notificationId])).rows;

  test('keeps the wish, once while nobody has dealt with it', async () => {
    expect(await unsubscribe(notificationId, token())).toMatchObject(DONE);
    expect(await unsubscribe(notificationId.toUpperCase(), token())).toMatchObject(DONE);
    expect(await requests()).toMatchObject([
      {
        notification_id: notificationId,
        service_id: api.demo.serviceId,
        template_id: api.templates.email,
        template_version: 1,
        email_address: 'sam@example.com',
      },
    ]);
    await api.pool.query('update unsubscribe_request set unsubscribe_request_report_id = $1', [randomUUID()]);
    expect(await unsubscribe(notificationId, token())).toMatchObject(DONE);
    expect(await requests()).toHaveLength(2);
  });

  test('a token with its full stops written as %2E, or as they are, is the same', async () => {
    expect(token()).toContain('%2E');
    expect(await unsubscribe(notificationId, token().replaceAll('%2E', '.'))).toMatchObject(DONE);
    expect(await unsubscribe(notificationId, token().replaceAll('%', '%25'))).toMatchObject(DONE);
  });

  test('a token is good for a year', async () => {
    expect(await unsubscribe(notificationId, token(364))).toMatchObject(DONE);
    expect(await unsubscribe(notificationId, token(366))).toMatchObject(NOT_VALID);
  });

  test('a token that we did not make is refused before the notification is looked for', async () => {
    expect(await unsubscribe(randomUUID(), 'x.y.z')).toMatchObject(NOT_VALID);
    const foreign = urlToken('sam@example.com', { ...UNSUBSCRIBE_SECRETS, secretKey: 'another key' });
    expect(await unsubscribe(notificationId, foreign)).toMatchObject(NOT_VALID);
  });

  test('a notification that is not known is refused', async () => {
    expect(await unsubscribe(randomUUID(), token())).toMatchObject(
      refusal('This unsubscribe link is invalid or expired.'),
    );
  });

  test('the log says neither the token nor whose it is', async () => {
    api.log.clear();
    await unsubscribe(notificationId, token());
    await api.request('GET', `/unsubscribe/${notificationId}/${token()}`);
    expect(api.log.lines.map(({ facts }) => facts)).toMatchObject([
      { path: '/unsubscribe/{notification_id}/{token}', status_code: 200, notification_id: notificationId },
      { path: '/unsubscribe/{notification_id}/{token}', status_code: 405 },
    ]);
    expect(JSON.stringify(api.log.lines)).not.toContain(token().slice(0, 20));
  });

  test('an id that is no UUID is no route, and only POST is', async () => {
    expect(await unsubscribe('x', token())).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('The requested URL was not found') },
    });
    expect(await api.request('GET', `/unsubscribe/${notificationId}/${token()}`)).toMatchObject({ status: 405 });
  });
});
