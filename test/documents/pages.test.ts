import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidToShortId } from '../../src/content/short-ids.ts';
import type { Sender } from '../../src/documents/pages/pages.ts';
import type { DocumentUpload } from '../../src/documents/upload-document.ts';
import type { HttpServer } from '../../src/http/server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { DAY_MS, type DocumentsBench, documentsBench, PAGES_URL } from './bench.ts';

const serviceId = randomUUID();
const CSV = 'name,amount\nSam,5\n';

let database: TestDatabase;
let bench: DocumentsBench;
let server: HttpServer;
let url: string;
let sender: Sender = { name: 'Pest <control>', contactLink: 'https://pests.example/help' };

beforeAll(async () => {
  database = await createTestDatabase();
  bench = documentsBench(database.pool);
  server = bench.pages(async (id) => (id === serviceId ? sender : null));
  url = `http://127.0.0.1:${await server.listen()}`;
});
afterAll(async () => {
  await server?.close();
  bench?.remove();
  await database?.drop();
});

/** The path of a new document's first page, with its key. */
const uploaded = async (fields: Partial<DocumentUpload> = {}): Promise<string> => {
  const result = await bench.upload({
    serviceId,
    file: Buffer.from(CSV).toString('base64'),
    filename: 'Sam’s figures.csv',
    isCsv: false,
    confirmationEmail: 'sam@example.com',
    retentionWeeks: 26,
    ...fields,
  });
  if (result.outcome !== 'uploaded') throw new Error(JSON.stringify(result));
  return result.url.slice(PAGES_URL.length);
};
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const confirm = async (path: string, email_address: string) => {
  const response = await fetch(url + page(path, '/confirm-email-address'), {
    method: 'POST',
    body: new URLSearchParams({ email_address }),
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const page = (path: string, name: string) => path.replace('?', `${name}?`);
const linkIn = (text: string, pattern: RegExp): string => {
  const [, link] = pattern.exec(text) ?? [];
  if (link === undefined) throw new Error(`No link in ${text}`);
  return link.replaceAll('&amp;', '&');
};
const downloadLink = async (path: string) =>
  linkIn((await get(page(path, '/download'))).text, /<a href="([^"]+)" download/);

describe('the page to which the email links', () => {
  test('names the service, says how to reach it, and goes on to confirm the address', async () => {
    const path = await uploaded();
    const { status, text } = await get(path);
    expect(status).toBe(200);
    expect(text).toContain('Pest &lt;control&gt; has sent you a file.');
    expect(text).toContain('<a href="https://pests.example/help" rel="noreferrer">contact Pest &lt;control&gt;</a>');
    expect(linkIn(text, /class="button" href="([^"]+)"/)).toBe(page(path, '/confirm-email-address'));
  });

  test('goes on to the download where no address must be confirmed', async () => {
    const path = await uploaded({ confirmationEmail: null });
    expect(linkIn((await get(path)).text, /class="button" href="([^"]+)"/)).toBe(page(path, '/download'));
    const { status, headers } = await get(page(path, '/confirm-email-address'));
    expect([status, headers.get('location')]).toEqual([302, page(path, '/download')]);
  });

  test.each([
    ['an email address', 'help@pests.example', 'email <a href="mailto:help@pests.example">help@pests.example</a>.'],
    ['a telephone number', '020 7946 0000', 'call 020 7946 0000.'],
  ])('shows %s as the contact', async (_kind, contactLink, shown) => {
    const before = sender;
    sender = { name: 'Pest control', contactLink };
    expect((await get(await uploaded())).text).toContain(shown);
    sender = before;
  });

  test('is never kept, indexed, framed or named to others, and runs nothing', async () => {
    const { headers } = await get(await uploaded());
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });
});

describe('the confirmation of the address', () => {
  test('of the recipient, however it is spelled, opens the file', async () => {
    const path = await uploaded();
    const { status, headers } = await confirm(path, '  SAM@Example.com ');
    expect([status, headers.get('location')]).toEqual([303, page(path, '/download')]);
    const cookie = headers.get('set-cookie') ?? '';
    const file = await downloadLink(path);
    expect(cookie).toMatch(
      /^document_access_signed_data=[\w.-]+; Path=\/services\/[^;]+\.csv; HttpOnly; SameSite=Lax$/,
    );
    expect(cookie).toContain(`Path=${file.split('?')[0]};`);
    const { status: downloaded, text } = await get(file, { cookie: cookie.split(';')[0] ?? '' });
    expect([downloaded, text]).toEqual([200, CSV]);
  });

  test.each([
    ['', 'Enter your email address'],
    ['sam', 'Enter an email address in the correct format, like name@example.com'],
    ['kim@example.com', 'The file was sent to another email address. Enter the one that got the link'],
  ])('with %j shows what is wrong', async (address, problem) => {
    const { status, text, headers } = await confirm(await uploaded(), address);
    expect(status).toBe(400);
    expect(text).toContain('<title>Error: Confirm your email address – GOV.UK</title>');
    expect(text).toContain(`<a href="#email_address">${problem}</a>`);
    expect(text).toContain('aria-describedby="problem"');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('allows 50 attempts in five minutes a document, and then 50 more', async () => {
    const path = await uploaded();
    await database.pool.query('update documents set attempts = 49, attempts_since = $1', [new Date(bench.now)]);
    expect((await confirm(path, 'kim@example.com')).status).toBe(400);
    const { status, headers, text } = await confirm(path, 'sam@example.com');
    expect([status, headers.get('retry-after')]).toEqual([429, '300']);
    expect(text).toContain(page(path, '/confirm-email-address'));
    bench.now += 300_000;
    expect((await confirm(path, 'sam@example.com')).status).toBe(303);
  });

  test('is secure where the pages are', async () => {
    const secure = bench.pages(async () => sender, true);
    const port = await secure.listen();
    const path = await uploaded();
    const response = await fetch(`http://127.0.0.1:${port}${page(path, '/confirm-email-address')}`, {
      method: 'POST',
      body: new URLSearchParams({ email_address: 'sam@example.com' }),
      redirect: 'manual',
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure;/);
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
    await secure.close();
  });

  test('a body that is too large is the sender’s fault', async () => {
    expect((await confirm(await uploaded(), 'a'.repeat(5000))).status).toBe(413);
  });
});

describe('the file', () => {
  test('is described with its type, its size and its last day', async () => {
    bench.now = Date.parse('2026-08-30T12:00:00Z');
    const { text } = await get(page(await uploaded({ retentionWeeks: 1 }), '/download'));
    expect(text).toContain('until 6 September 2026.');
    expect(text).toContain('Download this CSV file (0.1KB) to your device');
  });

  test.each<[string, Partial<DocumentUpload>, string, RegExp]>([
    [
      'CSV',
      {},
      'text/csv; charset=utf-8',
      /^attachment; filename="Sam\?s figures.csv"; filename\*=UTF-8''Sam%E2%80%99s/,
    ],
    ['RTF', { filename: 'a.rtf' }, 'application/rtf', /^attachment; filename=a.rtf$/],
    ['a PDF', { filename: 'The "plan".PDF' }, 'application/pdf', /^inline; filename="The \\"plan\\".PDF"$/],
    ['nameless text', { filename: null }, 'text/plain; charset=utf-8', /^attachment; filename=[0-9a-f-]{36}.txt$/],
    [
      'nameless CSV',
      { filename: null, isCsv: true },
      'text/csv; charset=utf-8',
      /^attachment; filename=[0-9a-f-]{36}.csv$/,
    ],
  ])('of %s has its type and name', async (_kind, fields, contentType, disposition) => {
    const { status, headers, text } = await get(
      await downloadLink(await uploaded({ confirmationEmail: null, ...fields })),
    );
    expect(status).toBe(200);
    expect(text).toBe(CSV);
    expect(headers.get('content-type')).toBe(contentType);
    expect(headers.get('content-disposition')).toMatch(disposition);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is found without an extension too', async () => {
    const file = await downloadLink(await uploaded({ confirmationEmail: null }));
    expect((await get(file.replace('.csv', ''))).text).toBe(CSV);
  });

  test.each([
    ['no cookie', () => ({})],
    ['a made-up cookie', () => ({ cookie: 'document_access_signed_data=abc.def.ghi' })],
  ])('with %s leads back to the first page', async (_case, headers) => {
    const path = await uploaded();
    const { status, headers: answered } = await get(await downloadLink(path), headers());
    expect([status, answered.get('location')]).toEqual([302, path]);
  });

  test('does not open with the cookie of another document, or one that is 30 days old', async () => {
    const [first, second] = [await uploaded(), await uploaded()];
    const { headers } = await confirm(first, 'sam@example.com');
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const [firstFile, secondFile] = [await downloadLink(first), await downloadLink(second)];
    expect((await get(secondFile, { cookie })).status).toBe(302);
    expect((await get(firstFile, { cookie })).status).toBe(200);
    bench.now += 31 * DAY_MS;
    expect((await get(firstFile, { cookie })).status).toBe(302);
  });

  test('is whole or not at all', async () => {
    const path = await uploaded({ confirmationEmail: null });
    const file = await downloadLink(path);
    const [, service, document] = /services\/([^/]+)\/documents\/([^.]+)/.exec(file) ?? [];
    const key = `documents/${service}/${document}`;
    await bench.store.put(key, Buffer.alloc(100, 'x'));
    expect((await get(file)).status).toBe(404);
    await bench.store.delete(key);
    expect((await get(file)).status).toBe(404);
    expect(bench.log.messages()).toContain('The file of a document is missing or damaged');
  });
});

describe('a link', () => {
  test('of an expired document says so, and how to reach the service', async () => {
    const path = await uploaded({ retentionWeeks: 1, confirmationEmail: null });
    const file = await downloadLink(path);
    bench.now += 8 * DAY_MS;
    for (const expired of [path, page(path, '/download'), page(path, '/confirm-email-address'), file]) {
      const { status, text } = await get(expired);
      expect(status).toBe(410);
      expect(text).toContain('<h1>No longer available</h1>');
      expect(text).toContain('https://pests.example/help');
    }
  });

  test('with another key, or of a deleted document, tells no more than that', async () => {
    const path = await uploaded();
    const otherKey = path.replace(/key=.*/, `key=${Buffer.alloc(32).toString('base64url')}`);
    const unknown = `/d/${uuidToShortId(serviceId)}/${uuidToShortId(randomUUID())}?${path.split('?')[1]}`;
    for (const wrong of [otherKey, unknown]) {
      const { status, text } = await get(wrong);
      expect(status).toBe(404);
      expect(text).toContain('<h1>No longer available</h1>');
    }
  });

  test.each([
    ['without a key', (path: string) => path.split('?')[0] ?? ''],
    ['with half a key', (path: string) => path.slice(0, -5)],
    ['with two keys', (path: string) => `${path}&key=x`],
    ['to another service', (path: string) => path.replace(/^\/d\/[^/]+/, `/d/${uuidToShortId(randomUUID())}`)],
    ['with a broken id', (path: string) => path.replace('/d/', '/d/x')],
    ['with a broken escape', (path: string) => path.replace('/d/', '/d/%E0%A4%A/')],
    ['to somewhere else', () => '/elsewhere'],
  ])('%s is not found', async (_case, change) => {
    const { status, text } = await get(change(await uploaded()));
    expect(status).toBe(404);
    expect(text).toContain('<h1>Page not found</h1>');
  });

  test('never appears in the log', () => {
    expect(JSON.stringify(bench.log.lines)).not.toMatch(/key=|sam@example|kim@example|figures/i);
  });
});

test('monitors learn that the pages are up', async () => {
  expect(await get('/_status')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
});

test('a failure is told in the log only', async () => {
  const broken = bench.pages(() => Promise.reject(new Error('the database is away')));
  const port = await broken.listen();
  const response = await fetch(`http://127.0.0.1:${port}${await uploaded()}`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('database');
  expect(bench.log.messages()).toContain('A page of a document could not be shown');
  await broken.close();
});
