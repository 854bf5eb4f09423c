import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const D2 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const NUMBER = '447700900700';

let admin: AdminBench;
let user: string;
let service: string;
beforeAll(async () => {
  admin = await startAdmin();
  user = await admin.addUser();
});
beforeEach(async () => {
  service = await admin.addService(user);
});
afterAll(() => admin?.stop());

describe('numbers that receive texts', () => {
  const add = async (number: string, serviceId: string | null, active = true) => {
    const id = randomUUID();
    await admin.pool.query(
      `insert into inbound_numbers (id, number, provider, service_id, active) values ($1, $2, 'mmg', $3, $4)`,
      [id, number, serviceId, active],
    );
    return id;
  };
  const numbers = async (path: string) =>
    (await admin.get(path)).body['data']?.filter(({ number }) => number?.startsWith('077009008'));

  test('are listed with their service, and those that a service can have', async () => {
    const taken = await add('07700900801', service);
    const free = await add('07700900802', null);
    await add('07700900803', null, false);
    const all = await numbers('/inbound-number');
    expect(all?.map(({ number }) => number)).toEqual(['07700900801', '07700900802', '07700900803']);
    expect(all?.[0]).toEqual({
      id: taken,
      number: '07700900801',
      provider: 'mmg',
      service: { id: service, name: expect.stringMatching(/^Service /) },
      active: true,
      created_at: expect.stringMatching(D2),
      updated_at: null,
    });
    expect((await numbers('/inbound-number/available'))?.map(({ id }) => id)).toEqual([free]);
  });

  test('new ones are free; known ones stay as they are', async () => {
    await add('07700900811', service);
    const more = { numbers: ['07700900812', '07700900811', '07700900813'], provider: 'firetext' };
    const { status, body } = await admin.post('/inbound-number', more);
    expect(status).toBe(201);
    expect(body['data']).toMatchObject([
      { number: '07700900812', provider: 'firetext', service: null, active: true },
      { number: '07700900813', provider: 'firetext', service: null, active: true },
    ]);
    expect((await admin.post('/inbound-number', more)).body).toEqual({ data: [] });
    const taken = (await numbers('/inbound-number'))?.find(({ number }) => number === '07700900811');
    expect(taken).toMatchObject({ provider: 'mmg', service: { id: service } });
  });

  test.each([
    [{}, { numbers: ['Missing data for required field.'] }],
    [{ numbers: '07700900814' }, { numbers: ['Not a valid list.'] }],
    [{ numbers: ['+447700900814'] }, { numbers: ['Not a number in national form: +447700900814'] }],
    [{ numbers: [], provider: 'ses' }, { provider: ['Must be one of: mmg, firetext.'] }],
  ])('%j is refused', async (body, message) => {
    expect(await admin.post('/inbound-number', body)).toMatchObject({ status: 400, body: plain(message) });
  });

  test('a service’s is found and switched off', async () => {
    expect((await admin.get(`/inbound-number/service/${service}`)).body).toEqual({ data: {} });
    expect(await admin.post(`/inbound-number/service/${service}/off`)).toMatchObject(NO_RESULT);
    const id = await add('07700900804', service);
    expect(await admin.post(`/inbound-number/service/${service}/off`)).toMatchObject({ status: 204, body: null });
    const { body } = await admin.get(`/inbound-number/service/${service}`);
    expect(body['data']).toMatchObject({ id, active: false, service: { id: service } });
  });
});

describe('received texts', () => {
  const receive = async (userNumber: string, content: string, daysAgo = 0) => {
    const id = randomUUID();
    await admin.pool.query(
      `insert into inbound_sms (id, service_id, content, notify_number, user_number, provider, created_at)
       values ($1, $2, $3, '07700900601', $4, 'mmg', now() - make_interval(days => $5))`,
      [id, service, admin.box.seal(content), userNumber, daysAgo],
    );
    return id;
  };
  const path = (end = '') => `/service/${service}/inbound-sms${end}`;
  const contents = (texts: Json | undefined) => texts?.map(({ content }) => content);

  test('are listed newest first within retention, and by sender', async () => {
    await receive(NUMBER, 'old', 8);
    await receive(NUMBER, 'first', 2);
    await receive('Sender', 'second', 1);
    const id = await receive(NUMBER, 'third');
    const { body } = await admin.post(path(), {});
    expect(contents(body['data'])).toEqual(['third', 'second', 'first']);
    expect(body['data']?.[0]).toEqual({
      id,
      created_at: expect.stringMatching(D2),
      service_id: service,
      notify_number: '07700900601',
      user_number: NUMBER,
      content: 'third',
    });
    expect(contents((await admin.post(path(), { phone_number: '07700 900 700' })).body['data'])).toEqual([
      'third',
      'first',
    ]);
    expect(contents((await admin.post(path(), { phone_number: 'Sender' })).body['data'])).toEqual(['second']);
    await admin.post(`/service/${service}/data-retention`, { notification_type: 'sms', days_of_retention: 1 });
    expect(contents((await admin.post(path(), {})).body['data'])).toEqual(['third', 'second']);
    expect(await admin.post(path(), { phone_number: 7 })).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'phone_number 7 is not of type string' }] },
    });
  });

  test('the newest of each sender come in pages', async () => {
    await receive(NUMBER, 'earlier', 1);
    for (let index = 0; index < 51; index++)
      await receive(`4477009010${String(index).padStart(2, '0')}`, `text ${index}`);
    await receive(NUMBER, 'latest');
    const first = (await admin.get(path('/most-recent'))).body;
    expect(first['data']).toHaveLength(50);
    expect(first['data']?.[0]?.['content']).toBe('latest');
    expect(first['has_next']).toBe(true);
    const second = (await admin.get(path('/most-recent?page=2'))).body;
    expect([contents(second['data']), second['has_next']]).toEqual([['text 1', 'text 0'], false]);
    expect(await admin.get(path('/most-recent?page=3'))).toMatchObject({ status: 404 });
    for (const [page, message] of [
      ['x', 'Not a valid integer.'],
      ['0', 'Not a positive integer'],
    ]) {
      const reply = await admin.get(path(`/most-recent?page=${page}`));
      expect(reply).toMatchObject({ status: 400, body: plain({ page: [message] }) });
    }
  });

  test('are counted over seven days; the last of all is told of', async () => {
    expect((await admin.get(path('/summary'))).body).toEqual({ count: 0, most_recent: null });
    await receive(NUMBER, 'old', 9);
    const d7 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/;
    expect((await admin.get(path('/summary'))).body).toEqual({ count: 0, most_recent: expect.stringMatching(d7) });
    await receive(NUMBER, 'new', 1);
    expect((await admin.get(path('/summary'))).body['count']).toBe(1);
  });

  test('one is found by its id, in its service', async () => {
    const id = await receive(NUMBER, 'hello');
    expect((await admin.get(path(`/${id}`))).body).toMatchObject({ id, content: 'hello' });
    expect(await admin.get(path(`/${UNKNOWN}`))).toMatchObject(NO_RESULT);
    service = await admin.addService(user);
    expect(await admin.get(path(`/${id}`))).toMatchObject(NO_RESULT);
    expect((await admin.get(path('/most-recent'))).body).toEqual({ data: [], has_next: false });
  });
});
