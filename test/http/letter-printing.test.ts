import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dvlaPrinter } from '../../src/providers/dvla.ts';
import type { Closable } from '../../src/providers/provider.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type ApiBench, startApi, v2Error, validationErrors } from './api-bench.ts';

describe('a letter that is printed', () => {
  let api: ApiBench;
  let sandbox: Sandbox;
  let printer: Closable;
  beforeAll(async () => {
    api = await startApi();
    sandbox = await startSandbox({ port: 0, apiUrl: api.url, delayFactor: 0.1 });
    const dvla = dvlaPrinter({ url: `${sandbox.url}/dvla`, userName: 'notify', password: 'secret', apiKey: 'key' });
    api.letters.printer = dvla;
    printer = dvla;
  });
  afterAll(async () => {
    await printer?.close();
    await sandbox?.stop();
    await api?.stop();
  });

  const send = async (recipient = 'Sam Bird'): Promise<string> => {
    const personalisation = { name: 'Sam', address_line_1: recipient, address_line_2: 'Road', postcode: 'SW1A 1AA' };
    const { body } = await api.post('/v2/notifications/letter', {
      template_id: api.demo.templates.letter,
      personalisation,
    });
    await api.letters.settled(body.id, 'created.ready');
    return body.id;
  };
  const print = (id: string) => api.letters.send(id, { type: 'operator.print' });
  /** Kept once the step is. */
  const costOf = async (id: string): Promise<string> => {
    for (;;) {
      const { rows } = await api.pool.query(
        'select cost_threshold as cost from notifications_letter_despatch where notification_id = $1',
        [id],
      );
      if (rows[0]) return rows[0].cost;
    }
  };
  const show = async (id: string) => (await api.get(`/v2/notifications/${id}`)).body as unknown;

  test('goes to the print API, and is received when the printer says so', async () => {
    const id = await send();
    await print(id);
    await api.letters.settled(id, 'delivered.kept');
    expect(await show(id)).toMatchObject({
      status: 'received',
      sent_at: expect.any(String),
      completed_at: expect.any(String),
      cost_in_pounds: 0.41,
    });
    expect(sandbox.messages({ reference: id }).messages).toMatchObject([
      {
        kind: 'letter',
        provider: 'dvla',
        to: 'Sam Bird',
        from: 'SECOND',
        content: JSON.stringify({ unstructuredAddress: { line1: 'Road', postcode: 'SW1A 1AA' } }),
      },
    ]);
    expect(await costOf(id)).toBe('sorted');
  });

  test('fails technically when the printer rejects it', async () => {
    const id = await send('Rejected');
    await print(id);
    await api.letters.settled(id, 'technical-failure');
    expect(await show(id)).toMatchObject({ status: 'technical-failure', cost_in_pounds: 0 });
    expect(api.log.messages()).toContain(`Letter status received as REJECTED for notification id: ${id}`);
  });

  test('is not printed twice: the printer knows it', async () => {
    const id = await send();
    await print(id);
    await api.letters.settled(id, 'delivered.kept');
    await api.pool.query("update letters set state = 'technical-failure', version = version + 1 where id = $1", [id]);
    await api.letters.send(id, { type: 'operator.retry' });
    await api.letters.settled(id, 'sending.awaitingPrinter');
    expect(api.log.messages()).toContain('The printer had this letter already');
  });

  test('without its file fails technically', async () => {
    const id = await send();
    await api.pool.query("update letters set postage = 'first', version = version + 1 where id = $1", [id]);
    await print(id);
    await api.letters.settled(id, 'technical-failure');
  });

  test('waits while the printer is away', async () => {
    const away = dvlaPrinter({ url: 'http://127.0.0.1:9', userName: 'u', password: 'p', apiKey: 'k' });
    const present = api.letters.printer;
    api.letters.printer = away;
    const id = await send();
    await print(id);
    await api.letters.settled(id, 'created.printBackoff');
    api.letters.printer = present;
    await away.close();
  });

  describe('POST /notifications/letter/status', () => {
    let id: string;
    beforeAll(async () => {
      id = await send();
    });
    const path = (of: string) => api.letters.callbackUrl(of).slice(api.url.length);
    const post = (body: unknown, at = path(id)) => api.request('POST', at, { body });
    const property = (key: string, value: string) => ({ key, value });
    const data = (changes: object = {}) => ({
      jobId: id,
      jobStatus: 'DESPATCHED',
      transitionDate: '2026-03-04T08:15:07Z',
      despatchProperties: [
        property('totalSheets', '1'),
        property('postageClass', '2ND'),
        property('mailingProduct', 'UNCODED'),
      ],
      ...changes,
    });
    const news = (changes: object = {}, rest: object = {}) => ({
      id: 'msg-1',
      time: '2026-03-04T08:15:07Z',
      data: data(changes),
      metadata: { correlationId: 'b5d9' },
      ...rest,
    });

    test.each(['/notifications/letter/status', '/notifications/letter/status?token=x'])(
      'without a token of ours nothing is looked at: %s',
      async (at) => {
        const message = 'A valid token must be provided in the query string';
        expect(await post('{', at)).toMatchObject({ status: 403, body: v2Error(403, 'InvalidRequest', message) });
      },
    );

    test('a body that is no JSON', async () => {
      expect((await post('{')).body).toEqual(v2Error(400, 'BadRequestError', 'Invalid JSON supplied in POST data'));
    });

    const despatch = (...properties: object[]) => ({ despatchProperties: properties });
    test.each([
      [{}, { metadata: undefined }, 'metadata is a required property'],
      [{ jobStatus: 'INVALID' }, {}, 'data INVALID is not one of [DESPATCHED, REJECTED]'],
      [{ jobId: undefined }, {}, 'data jobId is a required property'],
      [{ jobId: 'x' }, {}, 'data badly formed hexadecimal UUID string'],
      [{}, { time: 'x' }, 'time x is not a date-time'],
      [{ despatchProperties: undefined }, {}, 'data despatchProperties is a required property'],
      [
        despatch(property('totalSheets', '1'), property('postageClass', '9TH'), property('mailingProduct', 'MM')),
        {},
        'data {key: postageClass, value: 9TH} is not valid under any of the given schemas',
      ],
      [
        despatch(property('totalSheets', '1'), property('postageClass', '1ST'), property('other', 'MM')),
        {},
        'data mailingProduct is a required property',
      ],
    ])('%j %j: %s', async (changes, rest, message) => {
      expect(await post(news(changes, rest))).toMatchObject({ status: 400, body: validationErrors(message) });
    });

    test('a token of another letter', async () => {
      const message = 'Notification ID in letter callback data does not match ID in token';
      expect(await post(news(), path(randomUUID()))).toMatchObject({
        status: 400,
        body: v2Error(400, 'InvalidRequest', message),
      });
    });

    test('is taken once; a different number of sheets is told, a duplicate ignored', async () => {
      const sheets = despatch(
        property('totalSheets', '3'),
        property('postageClass', '1ST'),
        property('mailingProduct', 'MM'),
      );
      expect(await post(news(sheets))).toMatchObject({ status: 204, body: null });
      expect(await api.letters.stateOf(id)).toBe('delivered.kept');
      expect(api.log.messages()).toContain(
        `Notification with id ${id} has 1 billable_units but DVLA says page count is 3`,
      );
      expect(await post(news())).toMatchObject({ status: 204 });
      expect(await post(news({ jobStatus: 'REJECTED' }))).toMatchObject({ status: 204 });
      expect(await api.letters.stateOf(id)).toBe('delivered.kept');
      const { rows } = await api.pool.query(
        'select despatched_on::text as day, cost_threshold as cost from notifications_letter_despatch where notification_id = $1',
        [id],
      );
      expect(rows).toEqual([{ day: '2026-03-04', cost: 'unsorted' }]);
    });

    test('a letter that nobody knows is no failure of the printer', async () => {
      const unknown = randomUUID();
      expect(await post(news({ jobId: unknown }), path(unknown))).toMatchObject({ status: 204 });
    });
  });
});
