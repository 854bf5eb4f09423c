import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { tellOfReturnedLetter } from '../../src/commands/tell-of-returned-letter.ts';
import { sesEvent } from '../../src/providers/receipts/ses.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { request } from '../support/notification-bench.ts';
import { type ApiBench, startApi } from './api-bench.ts';
import { type CallbackReceiver, callbackReceiver } from './callback-receiver.ts';
import { setCallback } from './set-up.ts';

describe('callbacks that are frozen when they are owed', () => {
  let api: ApiBench;
  let receiver: CallbackReceiver;
  beforeAll(async () => {
    api = await startApi();
    receiver = await callbackReceiver();
  });
  beforeEach(async () => {
    receiver.calls.length = 0;
    receiver.status = 200;
    await api.pool.query('truncate service_callbacks');
  });
  afterAll(async () => {
    await api?.stop();
    await receiver?.stop();
  });

  const email = async (reference: string): Promise<string> => {
    const id = timeOrderedId(Date.now());
    const { serviceId } = api.demo;
    const input = { ...api.bench.input(), serviceId, notificationType: 'email' as const };
    await api.bench.runtime.start(NOTIFICATION, id, input, { ...request, serviceId, clientReference: 'mine' });
    await api.pool.query('update notifications set reference = $2 where id = $1', [id, reference]);
    return id;
  };
  const complain = (reference: string, changes: object = {}) =>
    api.recordSes(
      sesEvent({
        notificationType: 'Complaint',
        mail: { messageId: reference, timestamp: new Date().toISOString(), destination: ['sam@example.com', 'x@y.z'] },
        complaint: { feedbackId: `feedback ${reference}`, timestamp: '2026-03-02T11:00:00.000Z', ...changes },
      }),
    );
  const callbacks = async () => (await api.pool.query('select * from service_callbacks')).rows;
  const ended = (state: string) => api.bench.until(async () => (await callbacks()).every((row) => row.state === state));

  test('a complaint is not told to a service that has no address for it', async () => {
    const reference = randomUUID();
    await email(reference);
    await complain(reference);
    expect(await callbacks()).toEqual([]);
  });

  test('a complaint is told once, however often SES reports it', async () => {
    await setCallback(api, 'complaint', `${receiver.url}/complaints`, 'their token');
    const reference = randomUUID();
    const id = await email(reference);
    await complain(reference);
    await complain(reference);
    const [call] = await receiver.received(1);
    await ended('succeeded');
    const { rows } = await api.pool.query('select id from complaints where notification_id = $1', [id]);
    expect(rows).toHaveLength(1);
    expect(call).toMatchObject({ path: '/complaints', headers: { authorization: 'Bearer their token' } });
    expect(call?.body).toEqual({
      notification_id: id,
      complaint_id: rows[0].id,
      reference: 'mine',
      to: 'sam@example.com',
      complaint_date: '2026-03-02T11:00:00.000000Z',
    });
    expect(receiver.calls).toHaveLength(1);
    expect(api.log.messages()).toContain(
      `send_complaint_to_service sending ${id} to ${receiver.url}/complaints, response 200`,
    );
  });

  test('the row names no recipient, neither do the logs', async () => {
    const reference = randomUUID();
    await email(reference);
    await complain(reference);
    await ended('succeeded');
    expect(JSON.stringify(await callbacks())).not.toContain('sam@');
    expect(JSON.stringify(api.log.lines)).not.toContain('sam@');
  });

  test('a complaint without a date has that of its report', async () => {
    const reference = randomUUID();
    await email(reference);
    await complain(reference, { timestamp: 'yesterday' });
    const [call] = await receiver.received(1);
    expect(call?.body['complaint_date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    await ended('succeeded');
  });

  test('it keeps the address and token that it was owed with', async () => {
    receiver.status = 429;
    const reference = randomUUID();
    await email(reference);
    await complain(reference);
    await receiver.received(1);
    await ended('backoff');
    receiver.status = 204;
    await setCallback(api, 'complaint', `${receiver.url}/moved`, 'a new token');
    await api.pool.query('update service_callbacks set wake_at = now(), timers = null');
    api.bench.runtime.run();
    const calls = await receiver.received(2);
    expect(calls[1]).toMatchObject({ path: '/complaints', headers: { authorization: 'Bearer their token' } });
    expect(calls[1]?.body).toEqual(calls[0]?.body);
    await ended('succeeded');
  });

  test('a 404 ends it', async () => {
    receiver.status = 404;
    const reference = randomUUID();
    const id = await email(reference);
    await complain(reference);
    await ended('rejected');
    expect(api.log.messages()).toContain(
      `send_complaint_to_service callback is not being retried for notification_id: ${id} and url: ${receiver.url}/moved. exception: HTTP 404`,
    );
  });

  describe('a returned letter', () => {
    const letter = () => ({
      notificationId: randomUUID(),
      serviceId: api.demo.serviceId,
      reportedAt: new Date('2026-03-09T09:00:00Z'),
      createdAt: new Date('2026-03-02T10:00:38.342Z'),
      reference: 'batch-7',
      sentBy: null,
      template: { id: api.demo.templates.letter, name: 'Licence sent', version: 2 },
      spreadsheet: null,
      uploadFileName: null,
      requestId: 'request',
    });
    const tell = () => tellOfReturnedLetter(api.startCallback);

    test('is told as the template’s letter that it was', async () => {
      await setCallback(api, 'returned_letter', `${receiver.url}/returned`, 'their token');
      const returned = letter();
      await tell()(returned);
      await tell()(returned);
      const [call] = await receiver.received(1);
      expect(call?.body).toEqual({
        notification_id: returned.notificationId,
        reference: 'batch-7',
        date_sent: '2026-03-02T10:00:38.342000Z',
        sent_by: 'API',
        template_name: 'Licence sent',
        template_id: api.demo.templates.letter,
        template_version: 2,
        spreadsheet_file_name: null,
        spreadsheet_row_number: null,
        upload_letter_file_name: null,
      });
      await ended('succeeded');
      expect(receiver.calls).toHaveLength(1);
    });

    test('is told without a template when it was a PDF, and with the row as people count it', async () => {
      const spreadsheet = { fileName: 'people.csv', rowNumber: 0 };
      await tell()({ ...letter(), template: null, reference: null, sentBy: 'kim@example.gov.uk', spreadsheet });
      const [call] = await receiver.received(1);
      expect(call?.body).toMatchObject({
        template_id: null,
        template_name: null,
        sent_by: 'kim@example.gov.uk',
        spreadsheet_file_name: 'people.csv',
        spreadsheet_row_number: 2,
      });
      await ended('succeeded');
    });
  });
});
