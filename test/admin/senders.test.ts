import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AdminBench, type Json, plain, startAdmin, UNKNOWN } from './admin-bench.ts';

const NO_RESULT = { status: 404, body: plain('No result found') };
const VERIFICATION = 'a42f1d17-9404-46d5-a647-d013bdfca3e1';
const D2 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

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

const invalid = (...messages: string[]) => ({
  status: 400,
  body: { status_code: 400, errors: messages.map((message) => ({ error: 'ValidationError', message })) },
});

describe('reply-to addresses', () => {
  const path = (end = '') => `/service/${service}/email-reply-to${end}`;
  const add = async (email_address: string, is_default: boolean): Promise<Json> =>
    (await admin.post(path(), { email_address, is_default })).body['data'] as Json;
  const listed = async () => (await admin.get(path())).body.map(({ email_address }) => email_address);
  const noDefault = plain('You must have at least one reply to email address as the default.');

  test('the first is the default, and a new default takes its place', async () => {
    expect(await admin.post(path(), { email_address: 'a@example.gov.uk', is_default: false })).toMatchObject({
      status: 400,
      body: noDefault,
    });
    const { status, body } = await admin.post(path(), { email_address: 'a@example.gov.uk', is_default: true });
    expect(status).toBe(201);
    expect(body['data']).toEqual({
      id: expect.any(String),
      service_id: service,
      email_address: 'a@example.gov.uk',
      is_default: true,
      archived: false,
      created_at: expect.stringMatching(D2),
      updated_at: null,
    });
    await add('b@example.gov.uk', false);
    await add('c@example.gov.uk', true);
    expect(await listed()).toEqual(['c@example.gov.uk', 'b@example.gov.uk', 'a@example.gov.uk']);
    const first = await admin.get(path(`/${body['data']?.['id']}`));
    expect(first).toMatchObject({ status: 200, body: { is_default: false, updated_at: expect.stringMatching(D2) } });
  });

  test('are changed, but one stays the default', async () => {
    const { id: first } = await add('a@example.gov.uk', true);
    const { id: second } = await add('b@example.gov.uk', false);
    const change = (id: unknown, facts: object) =>
      admin.post(path(`/${id}`), { email_address: 'x@example.gov.uk', ...facts });
    expect(await change(first, { is_default: false })).toMatchObject({ status: 400, body: noDefault });
    expect(await change(second, { is_default: true })).toMatchObject({
      status: 200,
      body: { data: { email_address: 'x@example.gov.uk', is_default: true, updated_at: expect.stringMatching(D2) } },
    });
    expect(await listed()).toEqual(['x@example.gov.uk', 'a@example.gov.uk']);
    expect(await change(UNKNOWN, { is_default: true })).toMatchObject(NO_RESULT);
  });

  test('are archived unless they are the default', async () => {
    const { id: first } = await add('a@example.gov.uk', true);
    const { id: second } = await add('b@example.gov.uk', false);
    expect(await admin.post(path(`/${first}/archive`))).toMatchObject({
      status: 400,
      body: plain('You cannot delete a default email reply to address'),
    });
    for (const _ of [1, 2]) {
      const archived = await admin.post(path(`/${second}/archive`));
      expect(archived).toMatchObject({ status: 200, body: { data: { id: second, archived: true } } });
    }
    expect(await listed()).toEqual(['a@example.gov.uk']);
    expect(await admin.get(path(`/${second}`))).toMatchObject(NO_RESULT);
    expect(await admin.post(path(`/${UNKNOWN}/archive`))).toMatchObject(NO_RESULT);
  });

  test('one that is in use is not taken again', async () => {
    await add('a@example.gov.uk', true);
    const taken = {
      status: 409,
      body: plain('Your service already uses ‘a@example.gov.uk’ as an email reply-to address.'),
    };
    expect(await admin.post(path(), { email_address: 'a@example.gov.uk', is_default: false })).toMatchObject(taken);
    expect(await admin.post(path('/verify'), { email: 'a@example.gov.uk' })).toMatchObject(taken);
  });

  test('one is verified with a message whose id is answered', async () => {
    const { status, body } = await admin.post(path('/verify'), { email: 'new@example.gov.uk' });
    expect(status).toBe(201);
    const { rows } = await admin.pool.query('select template_id, recipient from notification_requests where id = $1', [
      body['data']?.['id'],
    ]);
    expect(rows).toEqual([{ template_id: VERIFICATION, recipient: 'new@example.gov.uk' }]);
    expect(await admin.post(path('/verify'), { email: 'nobody' })).toMatchObject({
      status: 400,
      body: plain({ email: ['Not a valid email address'] }),
    });
    const elsewhere = `/service/${UNKNOWN}/email-reply-to`;
    expect(await admin.post(`${elsewhere}/verify`, { email: 'new@example.gov.uk' })).toMatchObject(NO_RESULT);
    const replyTo = { email_address: 'new@example.gov.uk', is_default: true };
    expect(await admin.post(elsewhere, replyTo)).toMatchObject(NO_RESULT);
  });

  test('wrong bodies are refused', async () => {
    expect(await admin.post(path(), { email_address: 'nobody' })).toMatchObject(
      invalid('email_address Not a valid email address', 'is_default is a required property'),
    );
  });

  test('two defaults at once leave one default', async () => {
    await add('a@example.gov.uk', true);
    const replies = await Promise.all(
      ['b', 'c', 'd'].map((name) => admin.post(path(), { email_address: `${name}@example.gov.uk`, is_default: true })),
    );
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { body } = await admin.get(path());
    expect(body.filter(({ is_default }) => Boolean(is_default))).toHaveLength(1);
  });
});

describe('letter contact blocks', () => {
  const path = (end = '') => `/service/${service}/letter-contact${end}`;
  const add = async (contact_block: string, is_default: boolean): Promise<Json> =>
    (await admin.post(path(), { contact_block, is_default })).body['data'] as Json;

  test('need no default, and have one at most', async () => {
    const first = await add('1 Street', false);
    expect(first).toMatchObject({
      contact_block: '1 Street',
      is_default: false,
      created_at: expect.stringMatching(D2),
    });
    await add('2 Street', true);
    await add('3 Street', true);
    const { body } = await admin.get(path());
    expect(body.map(({ contact_block, is_default }) => [contact_block, is_default])).toEqual([
      ['3 Street', true],
      ['2 Street', false],
      ['1 Street', false],
    ]);
    const changed = await admin.post(path(`/${first['id']}`), { contact_block: '1 Road', is_default: true });
    expect(changed).toMatchObject({ status: 200, body: { data: { contact_block: '1 Road', is_default: true } } });
    expect((await admin.get(path(`/${first['id']}`))).body).toMatchObject({ contact_block: '1 Road' });
    expect(await admin.get(path(`/${UNKNOWN}`))).toMatchObject(NO_RESULT);
    expect(await admin.post(path(), {})).toMatchObject(
      invalid('contact_block is a required property', 'is_default is a required property'),
    );
  });

  test('archiving one takes it from its templates without a new version', async () => {
    const { id } = await add('1 Street', true);
    const { body } = await admin.post(`/service/${service}/template`, {
      name: 'T',
      template_type: 'letter',
      content: 'x',
      subject: 'S',
      service,
      created_by: user,
      reply_to: id,
    });
    const archived = await admin.post(path(`/${id}/archive`));
    expect(archived).toMatchObject({ status: 200, body: { data: { id, archived: true } } });
    const template = await admin.get(`/service/${service}/template/${body['data']?.['id']}`);
    expect(template.body['data']).toMatchObject({ reply_to: null, reply_to_text: null, version: 1 });
    expect((await admin.get(path())).body).toEqual([]);
    expect(await admin.post(path(`/${UNKNOWN}/archive`))).toMatchObject(NO_RESULT);
  });
});

describe('text message senders', () => {
  const path = (end = '') => `/service/${service}/sms-sender${end}`;
  const add = (sms_sender: string, is_default: boolean, facts: object = {}) =>
    admin.post(path(), { sms_sender, is_default, ...facts });
  const listed = async () => (await admin.get(path())).body.map(({ sms_sender }) => sms_sender);
  const addNumber = async (number: string, facts: { active?: boolean } = {}) => {
    const id = randomUUID();
    await admin.pool.query("insert into inbound_numbers (id, number, provider, active) values ($1, $2, 'mmg', $3)", [
      id,
      number,
      facts.active ?? true,
    ]);
    return id;
  };

  test('a service has one from the beginning, and bodies are bare', async () => {
    const { status, body } = await add('SECOND', false);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      service_id: service,
      sms_sender: 'SECOND',
      is_default: false,
      archived: false,
      inbound_number_id: null,
      created_at: expect.stringMatching(D2),
      updated_at: null,
    });
    await add('THIRD', true);
    expect(await listed()).toEqual(['THIRD', 'SECOND', 'GOVUK']);
    expect(await admin.get(path(`/${body['id']}`))).toMatchObject({ status: 200, body: { sms_sender: 'SECOND' } });
    const changed = await admin.post(path(`/${body['id']}`), { sms_sender: 'OTHER', is_default: true });
    expect(changed).toMatchObject({ status: 200, body: { sms_sender: 'OTHER', is_default: true } });
    expect(await listed()).toEqual(['OTHER', 'THIRD', 'GOVUK']);
  });

  test('an inbound number takes the place of the only sender', async () => {
    const numberId = await addNumber('07700900601');
    const [{ id: only }] = (await admin.get(path())).body as unknown as [Json];
    const { status, body } = await add('ignored', false, { inbound_number_id: numberId });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: only, sms_sender: '07700900601', inbound_number_id: numberId, is_default: true });
    expect(await listed()).toEqual(['07700900601']);

    const unchangeable = plain(`You can not change the inbound number for service ${service}`);
    const other = { sms_sender: 'OTHER', is_default: true };
    expect(await admin.post(path(`/${only}`), other)).toMatchObject({ status: 400, body: unchangeable });
    const same = { sms_sender: '07700900601', is_default: true };
    expect(await admin.post(path(`/${only}`), same)).toMatchObject({ status: 200 });
    expect(await admin.post(path(`/${only}/archive`))).toMatchObject({
      status: 400,
      body: plain('You cannot delete an inbound number'),
    });
  });

  test('with several senders an inbound number is one more, and each number has one service', async () => {
    await add('SECOND', false);
    const numberId = await addNumber('07700900602');
    expect((await add('x', true, { inbound_number_id: numberId })).body).toMatchObject({ sms_sender: '07700900602' });
    expect(await listed()).toEqual(['07700900602', 'SECOND', 'GOVUK']);
    const unavailable = { status: 400, body: plain('Inbound number is not available') };
    const switchedOff = await addNumber('07700900603', { active: false });
    for (const inbound_number_id of [numberId, switchedOff, UNKNOWN]) {
      expect(await add('x', true, { inbound_number_id })).toMatchObject(unavailable);
    }
    const inbound_number_id = await addNumber('07700900604');
    expect(await add('x', true, { inbound_number_id })).toMatchObject({
      status: 400,
      body: plain('Service already has an inbound number'),
    });
    service = await admin.addService(user);
    expect((await add('x', true, { inbound_number_id })).status).toBe(201);
  });

  test('the default is not archived and not unset, others are archived', async () => {
    const [{ id: only }] = (await admin.get(path())).body as unknown as [Json];
    const { body } = await add('SECOND', false);
    expect(await admin.post(path(`/${only}/archive`))).toMatchObject({
      status: 400,
      body: plain('You cannot delete a default sms sender'),
    });
    expect(await admin.post(path(`/${only}`), { sms_sender: 'GOVUK', is_default: false })).toMatchObject({
      status: 400,
    });
    const archived = await admin.post(path(`/${body['id']}/archive`));
    expect(archived).toMatchObject({ status: 200, body: { data: { archived: true, sms_sender: 'SECOND' } } });
    expect(await listed()).toEqual(['GOVUK']);
  });

  test('unknown and wrong ones are refused', async () => {
    expect(await add('TWELVE CHARS', true)).toMatchObject(NO_RESULT);
    expect(await add('x', true, { inbound_number_id: 'x' })).toMatchObject(
      invalid('inbound_number_id is not a valid UUID'),
    );
    const sender = { sms_sender: 'x', is_default: true };
    for (const end of [`/${UNKNOWN}`, `/${UNKNOWN}/archive`])
      expect(await admin.post(path(end), sender)).toMatchObject(NO_RESULT);
    expect(await admin.get(path(`/${UNKNOWN}`))).toMatchObject(NO_RESULT);
    expect(await admin.post(`/service/${UNKNOWN}/sms-sender`, sender)).toMatchObject(NO_RESULT);
  });

  test('a change is in force at once', async () => {
    const senders = async () => (await admin.directory.service(service))?.smsSenders.map(({ smsSender }) => smsSender);
    expect(await senders()).toEqual(['GOVUK']);
    await add('SECOND', true);
    expect(await senders()).toEqual(['SECOND', 'GOVUK']);
  });
});
