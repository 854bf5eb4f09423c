import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { request } from '../support/notification-bench.ts';
import { consoleBench, tableRows } from './bench.ts';

let bench: Awaited<ReturnType<typeof consoleBench>>;
let delivered: string;
let waiting: string;

beforeAll(async () => {
  bench = await consoleBench();
  bench.callback = { callbackApiId: '22222222-2222-4222-8222-222222222222', callbackApiVersion: 1 };
  delivered = await bench.start();
  waiting = await bench.start();
  for (const id of [delivered, waiting]) await bench.settled(id, 'sending.awaitingReceipt');
  await bench.send(delivered, { type: 'receipt.delivered', provider: 'mmg' });
});

afterAll(() => bench.close());

describe('the list of kinds', () => {
  test('counts rows by status, under way and ended', async () => {
    const { status, text } = await bench.get('/');
    expect(status).toBe(200);
    expect(tableRows(text)).toEqual(
      expect.arrayContaining([
        ['sending', 'under way', '1'],
        ['delivered', 'ended', '1'],
        ['calling', 'under way', '1'],
      ]),
    );
    expect(text).toContain('Nothing is overdue.');
  });

  test('shows what each pool of this process runs', async () => {
    const { text } = await bench.get('/');
    expect(tableRows(text)).toContainEqual(['callbacks', '1', '0', '0']);
  });

  test('leaves out what ended more than 24 hours ago', async () => {
    const old = timeOrderedId(bench.clock.now() - 25 * 3_600_000);
    await bench.pool.query(
      `insert into notifications select (jsonb_populate_record(n, jsonb_build_object('id', $1::text))).*
       from notifications n where id = $2`,
      [old, delivered],
    );
    expect(tableRows((await bench.get('/')).text)).toContainEqual(['delivered', 'ended', '1']);
  });

  test('warns of rows whose deadline has passed', async () => {
    await bench.pool.query(`update notifications set wake_at = now() - interval '10 minutes' where id = $1`, [waiting]);
    const { text } = await bench.get('/');
    expect(text).toContain('<strong>1 overdue</strong>, the oldest by 10 min.');
  });

  test('warns of rows in a state that the chart does not have', async () => {
    const stray = await bench.start();
    await bench.settled(stray, 'sending.awaitingReceipt');
    await bench.pool.query(`update notifications set state = '<old>' where id = $1`, [stray]);
    const { text } = await bench.get('/');
    expect(text).toContain('Rows rest in “&lt;old&gt;”, which the chart does not have.');
    await bench.pool.query('delete from notifications where id = $1', [stray]);
  });
});

describe('a chart', () => {
  test('is drawn with the count of each state written in its box', async () => {
    const { status, text } = await bench.get('/charts/notification');
    expect(status).toBe(200);
    const box = text.slice(text.indexOf('id="state.sending.awaitingReceipt"'));
    expect(box.slice(0, box.indexOf('</g>'))).toContain('>1 now<');
    expect(text).not.toContain('@@slot');
  });

  test('stands beside itself as a table', async () => {
    const { text } = await bench.get('/charts/service-callback');
    expect(tableRows(text)).toContainEqual(['', '', '', '', 'isRefused', 'rejected', 'announceRefusal']);
  });

  test('renews itself unless told to hold still', async () => {
    expect((await bench.get('/charts/notification')).text).toContain('http-equiv="refresh"');
    expect((await bench.get('/charts/notification?live=0')).text).not.toContain('http-equiv="refresh"');
  });

  test.each(['/charts/nothing', '/charts/%zz', '/nowhere'])('%s is not found', async (path) => {
    const { status, text } = await bench.get(path);
    expect(status).toBe(404);
    expect(text).toContain('There is nothing here');
  });
});

describe('one notification', () => {
  test('shows its trail, from state to state', async () => {
    const { status, text } = await bench.get(`/notifications/${delivered}`);
    expect(status).toBe(200);
    const steps = tableRows(text).map((cells) => cells.slice(2));
    expect(steps).toEqual(
      expect.arrayContaining([
        ['start', '–', 'created.calling'],
        ['sendToProvider.done', 'created.calling', 'sending.awaitingReceipt'],
        ['receipt.delivered', 'sending.awaitingReceipt', 'delivered'],
      ]),
    );
  });

  test('shows the callback that its end made', async () => {
    const { text } = await bench.get(`/notifications/${delivered}`);
    expect(text).toContain('<strong>calling</strong>, calls begun: 1');
  });

  test('is marked in the drawing, with the states around it', async () => {
    const { text } = await bench.get(`/notifications/${waiting}`);
    expect(text).toContain('id="state.sending" class="here ');
    expect(text).toContain('id="state.sending.awaitingReceipt" class="here ');
    expect(text).toContain('is here');
  });

  test('never shows the recipient, the personalisation or the client’s reference', async () => {
    const secrets = {
      recipient: '07700 900 999',
      normalisedTo: '447700900999',
      personalisation: 'sealed-values',
      clientReference: 'jo-smith',
    };
    const id = timeOrderedId(bench.clock.now());
    await bench.runtime.start('notification', id, bench.input(), { ...request, ...secrets });
    const { status, text } = await bench.get(`/notifications/${id}`);
    expect(status).toBe(200);
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  });

  test('shows stored text as text', async () => {
    const id = await bench.start();
    await bench.settled(id, 'sending.awaitingReceipt');
    await bench.pool.query(`update notifications set sent_by = $2 where id = $1`, [id, `<script>"&'`]);
    const { text } = await bench.get(`/notifications/${id}`);
    expect(text).toContain('&lt;script&gt;&quot;&amp;&#39;');
    expect(text).not.toContain('<script');
  });

  test.each(['01234567-89ab-7cde-8f01-23456789abcd', 'nonsense', '%3Cb%3E'])(
    '%s is no such notification',
    async (id) => {
      const { status, text } = await bench.get(`/notifications/${id}`);
      expect(status).toBe(404);
      expect(text).toContain('There is no such notification');
      expect(text).not.toContain('<b>');
    },
  );
});

describe('the search box', () => {
  test('leads to the notification, however its id is spelt', async () => {
    const spelt = `%20${delivered.replaceAll('-', '').toUpperCase()}%20`;
    const { status, headers } = await bench.get(`/notifications?id=${spelt}`);
    expect(status).toBe(303);
    expect(headers.get('location')).toBe(`/notifications/${delivered}`);
  });

  test('answers what is no id with a page that says so, and escapes it', async () => {
    const { status, text } = await bench.get('/notifications?id=%22%3E%3Cscript%3E');
    expect(status).toBe(404);
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
  });
});

test('every page forbids scripts, other sites and caches', async () => {
  for (const path of ['/', '/charts/notification', `/notifications/${delivered}`, '/nowhere']) {
    const { headers } = await bench.get(path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
  expect(bench.errors).toEqual([]);
});
