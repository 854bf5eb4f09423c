import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEMO_SERVICE_ID } from '../../src/db/demo-setup.ts';
import { type ApiBench, startApi } from './api-bench.ts';
import { addKey, addService, addTemplate, withService } from './set-up.ts';

const error = (message: unknown) => ({ result: 'error', message });

describe('the routes of 2022', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi({ hasLegacyRoutes: true });
  });
  afterAll(() => api?.stop());

  const personalisation = { name: 'Sam', date: '3 March', things: 'keys' };
  const sms = (fields: object = {}) =>
    api.post('/notifications/sms', { to: '07700900123', template: api.templates.sms, personalisation, ...fields });
  const bodyOf = ({ body }: { body: unknown }) => body as { data: { notification: { id: string } } };

  test('are unknown unless they are switched on', async () => {
    const modern = await startApi();
    const replies = [await modern.get('/notifications'), await modern.post('/notifications/sms', {})];
    expect(replies.map(({ status }) => status)).toEqual([404, 404]);
    await modern.stop();
  });

  test('a text is sent, and shown raw', async () => {
    const sent = await sms();
    expect(sent.status).toBe(201);
    const { id } = bodyOf(sent).data.notification;
    expect(sent.body).toEqual({
      data: {
        notification: { id },
        body: 'Hello Sam, your appointment is on 3 March.',
        template_version: 1,
      },
    });
    const shown = await api.get(`/notifications/${id}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      data: {
        notification: {
          id,
          to: '07700900123',
          template: { id: api.templates.sms, template_type: 'sms', version: 1 },
          template_version: 1,
          notification_type: 'sms',
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/),
          reference: null,
          job: null,
          job_row_number: null,
          service: DEMO_SERVICE_ID,
          body: 'Hello Sam, your appointment is on 3 March.',
          content_char_count: 42,
        },
      },
    });
  });

  test('an email is sent with its subject', async () => {
    const sent = await api.post('/notifications/email', {
      to: 'sam@example.com',
      template: api.templates.email,
      personalisation,
    });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ data: { subject: 'Your visit – 3 March', template_version: 1 } });
  });

  test('pages are numbered, with relative links to those that exist', async () => {
    for (let count = 0; count < 3; count++) await sms();
    const first = await api.get('/notifications?page_size=2&template_type=sms');
    expect(first.body).toMatchObject({
      page_size: 2,
      total: 4,
      links: {
        next: '/notifications?page_size=2&template_type=sms&page=2',
        last: '/notifications?page_size=2&template_type=sms&page=2',
      },
    });
    const second = await api.get('/notifications?page_size=2&template_type=sms&page=2');
    expect(second.body.links).toEqual({ prev: '/notifications?page_size=2&template_type=sms&page=1' });
    const ids = [first, second].flatMap(({ body }) => body.notifications.map(({ id }) => id));
    expect(new Set(ids).size).toBe(4);
    expect((await api.get('/notifications?page=9')).status).toBe(404);
    expect((await api.get('/notifications', api.demo.apiKeys.test)).body).toMatchObject({
      notifications: [],
      total: 0,
    });
  });

  test.each([
    ['page=x', { page: ['Not a valid integer.'] }],
    ['page=0', { page: ['Not a positive integer'] }],
    ['page_size=-1', { page_size: ['Not a positive integer'] }],
  ])('the query %s is refused', async (query, message) => {
    const reply = await api.get(`/notifications?${query}`);
    expect([reply.status, reply.body]).toEqual([400, error(message)]);
  });

  test('what is not found, or is no id', async () => {
    const missing = await api.get(`/notifications/${randomUUID()}`);
    expect([missing.status, missing.body]).toEqual([404, error('No result found')]);
    expect((await api.get('/notifications/apple')).status).toBe(405);
  });

  test.each([
    ['letter', 'letter notification type is not supported, please use the latest version of the client'],
    ['apple', 'apple notification type is not supported'],
  ])('a %s cannot be sent', async (type, message) => {
    const reply = await api.post(`/notifications/${type}`, {});
    expect([reply.status, reply.body]).toEqual([400, error(message)]);
  });

  test('wrong documents are told by field', async () => {
    const empty = await api.post('/notifications/sms', {});
    const missing = ['Missing data for required field.'];
    expect([empty.status, empty.body]).toEqual([400, error({ to: missing, template: missing })]);
    expect((await sms({ to: '12' })).body).toEqual(error({ to: ['Invalid phone number: Not enough digits'] }));
    const email = { to: 'nobody', template: api.templates.email, personalisation };
    expect((await api.post('/notifications/email', email)).body).toEqual(error({ to: ['Not a valid email address'] }));
    expect((await api.post('/notifications/sms', '{')).status).toBe(400);
  });

  test('rules of templates are told as texts, those of recipients and services by field', async () => {
    expect((await sms({ template: randomUUID() })).body).toEqual(error('Template not found'));
    expect((await sms({ personalisation: {} })).body).toEqual(error('Missing personalisation: name, date'));
    const team = await api.post(
      '/notifications/sms',
      { to: '07900900999', template: api.templates.sms, personalisation },
      api.demo.apiKeys.team,
    );
    expect(team.body).toEqual(error({ to: ['Can’t send to this recipient using a team-only API key'] }));
  });

  test('the service’s permission is looked at after template and recipient, before the country', async () => {
    const serviceId = await addService(api);
    const template = await addTemplate(api.orm, { serviceId, templateType: 'sms', content: 'Hello ((name))' });
    const live = await addKey(api, serviceId);
    const team = await addKey(api, serviceId, { keyType: 'team' });
    const refusal = async (fields: object, key = live) => {
      const body = { to: '07700900123', template, personalisation, ...fields };
      return (await api.post('/notifications/sms', body, key)).body;
    };
    expect(await refusal({ template: randomUUID() })).toEqual(error('Template not found'));
    expect(await refusal({ personalisation: {} })).toEqual(error('Missing personalisation: name'));
    const long = { personalisation: { name: 'a'.repeat(913) } };
    expect(await refusal(long, team)).toMatchObject(error(expect.stringContaining('Your message is too long.')));
    expect(await refusal({}, team)).toMatchObject(error({ to: [expect.stringContaining('team-only API key')] }));
    expect(await refusal({ to: '+33612345678' })).toEqual(error({ service: ['Cannot send text messages'] }));
  });

  test('limits are told as texts', async () => {
    await withService(api, { rate_limit: 0 }, async () => {
      const reply = await sms();
      expect(reply.status).toBe(429);
      expect(reply.body).toEqual(error('Exceeded rate limit for key type LIVE of 0 requests per 60 seconds'));
    });
  });
});
