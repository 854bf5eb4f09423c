import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentObjectKey } from '../../src/documents/document-rows.ts';
import type { DocumentUpload } from '../../src/documents/upload-document.ts';
import { readAll } from '../../src/object-store/object-store.ts';
import { ScannerUnavailable } from '../../src/virus-scan/virus-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { DAY_MS, type DocumentsBench, documentsBench, EICAR, PAGES_URL } from './bench.ts';

const TYPES = "'.csv', '.doc', '.docx', '.jpeg', '.jpg', '.json', '.odt', '.pdf', '.png', '.rtf', '.txt', '.xlsx'";
const base64 = (text: string) => Buffer.from(text).toString('base64');
const serviceId = randomUUID();
const good: DocumentUpload = {
  serviceId,
  file: base64('name,amount\nSam,5\n'),
  filename: 'Sam’s figures.csv',
  isCsv: false,
  confirmationEmail: 'sam@example.com',
  retentionWeeks: 26,
};

let database: TestDatabase;
let bench: DocumentsBench;
beforeAll(async () => {
  database = await createTestDatabase();
  bench = documentsBench(database.pool);
});
afterAll(async () => {
  bench?.remove();
  await database?.drop();
});

const upload = (fields: Partial<DocumentUpload> = {}) => bench.upload({ ...good, ...fields });
const refusal = (message: string) => ({ outcome: 'refused', message });
const documents = async () => (await database.pool.query('select * from documents')).rows;

describe('an upload', () => {
  test('answers a link to the pages, with short ids and a key of 32 bytes', async () => {
    const { url } = (await upload()) as { url: string };
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin).toBe(PAGES_URL);
    expect(pathname).toMatch(/^\/d\/[\w-]{22}\/[\w-]{22}$/);
    expect(Buffer.from(searchParams.get('key') ?? '', 'base64url')).toHaveLength(32);
  });

  test('keeps nothing that can be read without the key, in the database or in the store', async () => {
    await bench.rows.remove((await documents()).map(({ id }) => id));
    await upload();
    const [row] = await documents();
    const object = await bench.store.get(documentObjectKey({ id: row.id, serviceId }));
    const kept = Buffer.concat([row.sealed_facts, object ? await readAll(object) : Buffer.alloc(0)]).toString('latin1');
    for (const secret of ['Sam', 'figures', 'amount', 'sam@example.com', 'text/csv'])
      expect(kept).not.toContain(secret);
    const logged = JSON.stringify(bench.log.lines);
    for (const secret of ['figures', 'sam@example.com', 'key=']) expect(logged).not.toContain(secret);
  });

  test.each<[string, Partial<DocumentUpload>, string]>([
    ['no base64', { file: 'YWJ' }, 'Document is not base64 encoded'],
    ['one character too many', { file: 'YWJjY' }, 'Document is not base64 encoded'],
    ['letters beyond ASCII', { file: 'YWJé' }, 'Document is not base64 encoded'],
    ['nothing', { file: '' }, 'Document must not be empty'],
    [
      'more than 2 MiB and 1 KiB',
      { file: Buffer.alloc(2 * 1024 * 1024 + 1025, 'a').toString('base64') },
      'Uploaded file exceeds file size limit',
    ],
    ['a long name', { filename: `${'a'.repeat(97)}.csv` }, '`filename` cannot be longer than 100 characters'],
    ['a wrong extension', { filename: 'a.csv.exe' }, `Unsupported file type '.exe'. Supported types are: ${TYPES}`],
    ['a virus', { file: base64(`x${EICAR}`) }, 'File did not pass the virus scan'],
    [
      'a wrong content without a name',
      { filename: null, file: base64('GIF89a...') },
      `Unsupported file type 'image/gif'. Supported types are: ${TYPES}`,
    ],
  ])('of %s is refused', async (_case, fields, message) => {
    expect(await upload(fields)).toEqual(refusal(message));
  });

  test('takes exactly 2 MiB and 1 KiB, and a name of 100 characters', async () => {
    const file = Buffer.alloc(2 * 1024 * 1024 + 1024, 'a').toString('base64');
    expect(await upload({ file, filename: `${'é'.repeat(96)}.TXT` })).toMatchObject({ outcome: 'uploaded' });
  });

  test('takes base64 with line breaks', async () => {
    expect(await upload({ file: 'YWJj\r\nZGVm\n' })).toMatchObject({ outcome: 'uploaded' });
  });

  test('fails, and leaves nothing, while the scanner is away', async () => {
    const before = (await documents()).length;
    const { scan } = bench;
    bench.scan = () => Promise.reject(new ScannerUnavailable('away'));
    expect(await upload()).toEqual({ outcome: 'failed' });
    bench.scan = scan;
    expect(bench.log.messages()).toContain('A document was not uploaded');
    expect(await documents()).toHaveLength(before);
  });
});

describe('a sweep', () => {
  const daysOf = async () => (await documents()).length;

  test('deletes files and rows on the day after the last of the retention period', async () => {
    await bench.rows.remove((await documents()).map(({ id }) => id));
    bench.now = Date.parse('2026-03-02T23:59:00Z');
    await upload({ retentionWeeks: 1 });
    await upload({ retentionWeeks: 78 });
    const keys = (await documents()).map(({ id }) => documentObjectKey({ id, serviceId }));
    bench.now = Date.parse('2026-03-09T23:59:59Z');
    await bench.sweep();
    expect(await daysOf()).toBe(2);
    bench.now += 1000;
    await bench.sweep();
    expect(await daysOf()).toBe(1);
    const heads = await Promise.all(keys.map((key) => bench.store.head(key)));
    expect(heads.filter((head) => head !== null)).toHaveLength(1);
  });

  test('takes 500 at most, and repeating it takes the rest', async () => {
    await database.pool.query(
      `insert into documents (id, service_id, sealed_facts, available_until)
       select gen_random_uuid(), $1, '', '2020-01-01' from generate_series(1, 501)`,
      [serviceId],
    );
    const before = await daysOf();
    await bench.sweep();
    expect(await daysOf()).toBe(before - 500);
    await Promise.all([bench.sweep(), bench.sweep()]);
    expect(await daysOf()).toBe(before - 501);
  });

  test('a document of 78 weeks is there for 546 days', async () => {
    bench.now += 545 * DAY_MS - 8 * DAY_MS;
    await bench.sweep();
    expect(await daysOf()).toBe(1);
    bench.now += 10 * DAY_MS;
    await bench.sweep();
    expect(await daysOf()).toBe(0);
  });
});
