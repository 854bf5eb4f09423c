import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEMO_INBOUND_NUMBER as NUMBER } from '../../src/db/demo-setup.ts';
import { type ApiBench, startApi } from './api-bench.ts';
import { type CallbackReceiver, callbackReceiver } from './callback-receiver.ts';
import { addService, setCallback, withoutPermission } from './set-up.ts';

const OK = { status: 200, body: { status: 'ok' } };
const UNREADABLE = {
  status: 400,
  body: {
    result: 'error',
    message: 'The browser (or proxy) sent a request that this server could not understand.',
  },
};

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('received texts', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  beforeEach(async () => {
    api.log.clear();
    await api.pool.query('truncate inbound_sms, service_callbacks');
  });
  afterAll(() => api?.stop());

  const mmgText = (changes: object = {}) => ({
    ID: randomUUID(),
    MSISDN: '447700900123',
    Number: '447700900200',
    Message: 'STOP',
    DateRecieved: '2026-03-02+10%3A02%3A10',
    ...changes,
  });
  const mmg = (body: unknown, headers: Record<string, string> = {}) =>
    api.request('POST', '/notifications/sms/receive/mmg', {
      body,
      headers: { authorization: basic('mmg', 'secret one'), 'content-type': 'application/json', ...headers },
    });
  const firetextText = {
    destination: '447700900200',
    source: '07700 900123',
    message: 'a+b%20\\n',
    time: '2026-03-02 10:02:10',
  };
  const firetext = (fields: Record<string, string>, authorization = basic('notify', 'fire')) =>
    api.request('POST', '/notifications/sms/receive/firetext', {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
    });
  const stored = async () => {
    const { rows } = await api.pool.query('select * from inbound_sms order by created_at');
    return rows.map((row) => ({ ...row, content: api.box.open(row.content) }));
  };

  test('MMG’s is stored for the service of the number, its content sealed', async () => {
    const text = mmgText();
    expect(await mmg(text)).toMatchObject(OK);
    expect(await stored()).toMatchObject([
      {
        service_id: api.demo.serviceId,
        notify_number: NUMBER,
        user_number: '447700900123',
        content: 'STOP',
        provider: 'mmg',
        provider_reference: text.ID,
        provider_date: new Date('2026-03-02T10:02:10Z'),
      },
    ]);
    const { rows } = await api.pool.query('select content from inbound_sms');
    expect(rows[0].content).not.toContain('STOP');
  });

  test('Firetext’s is stored as it is', async () => {
    expect(await firetext(firetextText)).toMatchObject(OK);
    expect(await stored()).toMatchObject([
      {
        notify_number: NUMBER,
        user_number: '447700900123',
        content: 'a+b%20\\n',
        provider: 'firetext',
        provider_reference: null,
        provider_date: new Date('2026-03-02T10:02:10Z'),
      },
    ]);
  });

  test.each([
    ['some+text', 'some text'],
    ['%E2%82%AC+%2B+a%26b', '€ + a&b'],
    ['100%', '100%'],
    ['one\\ntwo\\x79\\\\', 'one\ntwoy\\'],
    ['\\u20ac \\U0001F600 \\101', '€ 😀 A'],
    ['\\ud83d\\ude00', '😀'],
    ['half \\x4 \\q end\\', 'half \\x4 \\q end\\'],
    ['%5Cn', '\n'],
    ['', ''],
  ])('MMG’s message %j reads %j', async (Message, content) => {
    expect(await mmg(mmgText({ Message }))).toMatchObject(OK);
    expect(await stored()).toMatchObject([{ content }]);
  });

  test('a sender that is no phone number is kept, with a warning that does not name it', async () => {
    await mmg(mmgText({ MSISDN: 'ALPHANUM3R1C' }));
    expect(await stored()).toMatchObject([{ user_number: 'ALPHANUM3R1C' }]);
    const [warning] = api.log.lines.filter(({ level }) => level === 'warn');
    expect(warning?.message).toMatch(/^Invalid from_number received for service ".*": /);
    expect(JSON.stringify(api.log.lines)).not.toContain('ALPHANUM3R1C');
  });

  test('a date that cannot be read is now, none at all is none', async () => {
    const before = Date.now();
    await mmg(mmgText({ DateRecieved: 'yesterday' }));
    const { DateRecieved: _, ...undated } = mmgText();
    await mmg(undated);
    const [one, other] = await stored();
    expect(one?.provider_date.getTime()).toBeGreaterThanOrEqual(before);
    expect(other?.provider_date).toBeNull();
  });

  test('the same report again is the same text', async () => {
    const text = mmgText();
    await Promise.all([mmg(text), mmg(text)]);
    await mmg(text);
    await firetext(firetextText);
    await firetext(firetextText);
    expect(await stored()).toHaveLength(2);
    await firetext({ ...firetextText, time: '2026-03-02 10:02:11' });
    expect(await stored()).toHaveLength(3);
  });

  test('one for a number that is nobody’s is dropped: MMG hears RECEIVED, Firetext ok', async () => {
    const reply = await mmg(mmgText({ Number: '447700900999' }));
    expect([reply.status, reply.body]).toEqual([200, 'RECEIVED']);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await firetext({ ...firetextText, destination: '07700900999' })).toMatchObject(OK);
    expect(await stored()).toEqual([]);
    expect(api.log.messages()).toContain('Inbound number "07700900999" from mmg not associated with a service');
  });

  test('one for a service without the permission is dropped alike', async () => {
    await withoutPermission(api, 'inbound_sms', async () => {
      expect(await mmg(mmgText())).toMatchObject({ status: 200, body: 'RECEIVED' });
      expect(await firetext(firetextText)).toMatchObject(OK);
    });
    expect(await stored()).toEqual([]);
    expect(api.log.messages()).toContain(`Service "${api.demo.serviceId}" does not allow inbound SMS`);
  });

  test('the permission sms is not asked for', async () => {
    await withoutPermission(api, 'sms', async () => {
      expect(await mmg(mmgText())).toMatchObject(OK);
    });
  });

  describe('authentication', () => {
    test('none is 401', async () => {
      const replies = [
        await api.request('POST', '/notifications/sms/receive/mmg', {
          body: mmgText(),
          headers: { 'content-type': 'application/json' },
        }),
        await api.request('POST', '/notifications/sms/receive/firetext', { body: '' }),
      ];
      for (const { status, body, headers } of replies) {
        expect([status, body]).toEqual([
          401,
          { result: 'error', message: 'Unauthorized: authentication token must be provided' },
        ]);
        expect(headers.get('www-authenticate')).toBe('Bearer');
      }
    });

    test.each([basic('mmg', 'wrong'), basic('other', 'secret one'), 'Bearer x', 'Basic', 'Basic eA=='])(
      'a wrong one is 403: %s',
      async (authorization) => {
        const refusal = {
          status: 403,
          body: { result: 'error', message: 'Forbidden: invalid authentication token provided' },
        };
        expect(await mmg(mmgText(), { authorization })).toMatchObject(refusal);
        expect(await firetext(firetextText, authorization)).toMatchObject(refusal);
      },
    );

    test('any of the user names goes with any of the passwords', async () => {
      expect(await mmg(mmgText(), { authorization: basic('mmg2', 'secret:two') })).toMatchObject(OK);
    });
  });

  test.each([
    ['JSON that is none, before authentication', '{', { authorization: '' }],
    ['JSON that is no object', '[]', {}],
    ['another content type', JSON.stringify({}), { 'content-type': 'text/plain' }],
    ['a missing field', JSON.stringify({ ID: 1, MSISDN: '1', Number: '2' }), {}],
  ])('MMG: %s is 400', async (_case, body, headers) => {
    expect(await mmg(body, headers)).toMatchObject(UNREADABLE);
  });

  test.each(['destination', 'source', 'message', 'time'])('Firetext: no %s is 400', async (name) => {
    const fields = Object.fromEntries(Object.entries(firetextText).filter(([field]) => field !== name));
    expect(await firetext(fields)).toMatchObject(UNREADABLE);
  });

  describe('GET /v2/received-text-messages', () => {
    const path = '/v2/received-text-messages';
    type Page = {
      received_text_messages: { id: string; content: string }[];
      links: { current: string; next?: string };
    };
    const page = async (address: string) => (await api.get(address)).body as unknown as Page;
    const addTexts = (count: number, serviceId = api.demo.serviceId) =>
      api.pool.query(
        `insert into inbound_sms (id, service_id, content, notify_number, user_number, provider, created_at)
         select gen_random_uuid(), $1, $2, $3, '447700900123', 'mmg', now() - i * interval '1 minute' / 2
         from generate_series(1, $4::int) i`,
        [serviceId, api.box.seal('hi'), NUMBER, count],
      );

    test('shows a text, and where the next page is', async () => {
      await mmg(mmgText({ Message: 'Yes' }));
      const [row] = await stored();
      expect(await api.get(path)).toMatchObject({
        status: 200,
        body: {
          received_text_messages: [
            {
              id: row?.id,
              created_at: row?.created_at.toISOString().replace('Z', '000Z'),
              service_id: api.demo.serviceId,
              notify_number: NUMBER,
              user_number: '447700900123',
              content: 'Yes',
            },
          ],
          links: { current: `${api.url}${path}`, next: `${api.url}${path}?older_than=${row?.id}` },
        },
      });
    });

    test('pages of 250, newest first, lose and repeat nothing; the last is empty and links to nothing more', async () => {
      await addTexts(300);
      await api.pool.query("update inbound_sms set created_at = date_trunc('minute', created_at)");
      const first = await page(path);
      expect(first.received_text_messages).toHaveLength(250);
      const second = await page(first.links.next?.slice(api.url.length) ?? '');
      expect(second.received_text_messages).toHaveLength(50);
      expect(second.links.current).toBe(`${api.url}${path}`);
      const ids = [...first.received_text_messages, ...second.received_text_messages].map(({ id }) => id);
      expect(new Set(ids).size).toBe(300);
      const last = await page(second.links.next?.slice(api.url.length) ?? '');
      expect(last).toEqual({ received_text_messages: [], links: { current: `${api.url}${path}` } });
    });

    test('a text past retention is not shown, another service’s neither', async () => {
      await addTexts(1);
      await api.pool.query("update inbound_sms set created_at = now() - interval '9 days'");
      await addTexts(1, await addService(api));
      expect((await page(path)).received_text_messages).toEqual([]);
      const { rows } = await api.pool.query('select id from inbound_sms order by created_at desc');
      await addTexts(1);
      expect((await page(`${path}?older_than=${rows[0].id}`)).received_text_messages).toEqual([]);
    });

    test('an unknown older_than has nothing after it', async () => {
      await addTexts(1);
      expect((await page(`${path}?older_than=${randomUUID()}`)).received_text_messages).toEqual([]);
    });

    test.each([
      ['older_than=x', 'older_than is not a valid UUID'],
      ['page=2', 'Additional properties are not allowed (page was unexpected)'],
    ])('%s is refused', async (query, message) => {
      expect(await api.get(`${path}?${query}`)).toMatchObject({
        status: 400,
        body: { status_code: 400, errors: [{ error: 'ValidationError', message }] },
      });
    });
  });

  describe('the received-text callback', () => {
    let receiver: CallbackReceiver;
    beforeAll(async () => {
      receiver = await callbackReceiver();
    });
    beforeEach(() => {
      receiver.calls.length = 0;
    });
    afterAll(() => receiver?.stop());
    const states = async () => {
      const { rows } = await api.pool.query('select state, body from service_callbacks');
      return rows;
    };
    const ended = (state: string) => api.bench.until(async () => (await states()).every((row) => row.state === state));

    test('is not made for a service that wants none', async () => {
      await mmg(mmgText());
      expect(await states()).toEqual([]);
    });

    test('tells the service, once for a text that is reported twice', async () => {
      await setCallback(api, 'inbound_sms', `${receiver.url}/texts`, 'a token of theirs');
      const text = mmgText({ Message: 'Hello+there' });
      await mmg(text);
      await mmg(text);
      const [call] = await receiver.received(1);
      await ended('succeeded');
      const [row] = await stored();
      expect(call).toMatchObject({ path: '/texts', headers: { authorization: 'Bearer a token of theirs' } });
      expect(call?.body).toEqual({
        id: row?.id,
        source_number: '447700900123',
        destination_number: NUMBER,
        message: 'Hello there',
        date_received: '2026-03-02T10:02:10.000000Z',
      });
      expect(await states()).toEqual([{ state: 'succeeded', body: null }]);
      expect(api.log.messages()).toContain(
        `send_inbound_sms_to_service sending ${row?.id} to ${receiver.url}/texts, response 200`,
      );
      expect(receiver.calls).toHaveLength(1);
    });

    test('without a date from the provider, says when the text was stored', async () => {
      const { DateRecieved: _, ...undated } = mmgText();
      await mmg(undated);
      const [call] = await receiver.received(1);
      const [row] = await stored();
      expect(call?.body['date_received']).toBe(row?.created_at.toISOString().replace('Z', '000Z'));
      await ended('succeeded');
    });

    test('is tried again after a 503, at the address of that moment', async () => {
      receiver.status = 503;
      await mmg(mmgText());
      await receiver.received(1);
      await api.bench.until(async () => (await states())[0]?.state === 'backoff');
      receiver.status = 200;
      await setCallback(api, 'inbound_sms', `${receiver.url}/moved`, 'another token');
      await api.pool.query('update service_callbacks set wake_at = now(), timers = null');
      api.bench.runtime.run();
      const calls = await receiver.received(2);
      expect(calls[1]).toMatchObject({ path: '/moved', headers: { authorization: 'Bearer another token' } });
      await ended('succeeded');
    });

    test('ends as no-callback where the service wants none by then', async () => {
      receiver.status = 503;
      await mmg(mmgText());
      await receiver.received(1);
      await api.bench.until(async () => (await states())[0]?.state === 'backoff');
      await api.pool.query("delete from service_callback_api where callback_type = 'inbound_sms'");
      await api.pool.query('update service_callbacks set wake_at = now(), timers = null');
      await ended('no-callback');
    });
  });
});
