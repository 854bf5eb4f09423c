import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';

type Answer = { status: number; data: { id: string; [key: string]: unknown } };
type Client = Record<string, (...given: unknown[]) => Promise<Answer>>;
const { NotifyClient } = createRequire(import.meta.url)('notifications-node-client') as {
  NotifyClient: new (url: string, key: string) => Client;
};

describe('the official Node client, unmodified', () => {
  let api: ApiBench;
  let client: Client;
  const personalisation = { name: 'Sam', date: 'today', things: 'bag' };
  beforeAll(async () => {
    api = await startApi();
    client = new NotifyClient(api.url, api.demo.apiKeys.normal);
  });
  afterAll(() => api?.stop());

  const use = (method: string, ...given: unknown[]): Promise<Answer> => {
    const called = client[method]?.(...given);
    if (called === undefined) throw new Error(`The client has no ${method}`);
    return called;
  };
  const failure = async (method: string, ...given: unknown[]): Promise<unknown> => {
    try {
      await use(method, ...given);
    } catch (error) {
      return (error as { response: { data: unknown } }).response.data;
    }
    throw new Error('No failure');
  };

  test('sends a text and an email and reads them back', async () => {
    const sms = await use('sendSms', api.templates.sms, '07700900123', { personalisation, reference: 'r' });
    expect(sms).toMatchObject({ status: 201, data: { reference: 'r' } });
    const email = await use('sendEmail', api.templates.email, 'sam@example.com', {
      personalisation,
      oneClickUnsubscribeURL: 'https://x.example/u',
    });
    expect(email.status).toBe(201);
    expect(await use('getNotificationById', sms.data.id)).toMatchObject({ status: 200, data: { type: 'sms' } });
    const list = await use('getNotifications', 'sms', undefined, 'r');
    expect(list.data).toMatchObject({ notifications: [{ id: sms.data.id }] });
    const older = await use('getNotifications', undefined, undefined, undefined, email.data.id);
    expect(older.data).toMatchObject({ notifications: [{ id: sms.data.id }] });
  });

  test('reads and previews templates', async () => {
    expect(await use('getTemplateById', api.templates.sms)).toMatchObject({ data: { type: 'sms' } });
    expect(await use('getTemplateByIdAndVersion', api.templates.sms, 1)).toMatchObject({ data: { version: 1 } });
    expect(await use('getAllTemplates', 'letter')).toMatchObject({ data: { templates: [{ type: 'letter' }] } });
    expect(await use('previewTemplateById', api.templates.email, personalisation)).toMatchObject({ status: 200 });
  });

  test('reads errors in the shape that it expects', async () => {
    expect(await failure('sendSms', api.templates.sms, '07700900123', {})).toEqual(
      v2Error(400, 'BadRequestError', 'Missing personalisation: name, date'),
    );
    expect(await failure('getNotificationById', 'x')).toEqual(validationErrors('notification_id is not a valid UUID'));
    expect(await failure('getNotifications', undefined, ['created', 'sending'])).toMatchObject({
      errors: [{ message: expect.stringContaining('status created,sending is not one of [') }],
    });
  });
});
