import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPdf } from '../../src/letters/read-pdf.ts';
import { ScannerUnavailable } from '../../src/virus-scan/virus-scan.ts';
import { drawPdf, letterTo } from '../letters/drawn-pdf.ts';
import { type ApiBench, startApi, tokenFor, v2Error } from './api-bench.ts';
import { addTemplate, withoutPermission } from './set-up.ts';

const PATH = '/v2/notifications/letter';
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const ENOUGH_PAGES = 20;
const NOT_READY = v2Error(400, 'PDFNotReadyError', 'PDF not available yet, try again later');

let api: ApiBench;
let template: string;
beforeAll(async () => {
  api = await startApi();
  template = await addTemplate(api.orm, {
    templateType: 'letter',
    subject: 'Your licence, ((name))',
    content: 'Dear ((name))\n\n((text??It is enclosed.))((rest))',
    postage: 'second',
  });
});
afterAll(() => api?.stop());

const address = { address_line_1: 'Sam Bird', address_line_2: '9 Low Road', postcode: 'sw1a 1aa' };
const send = async (rest = '', key?: string, lines: object = address): Promise<string> => {
  const personalisation = { ...lines, name: 'Sam', text: 'no', rest };
  const { status, body } = await api.post(PATH, { template_id: template, personalisation }, key);
  expect(status).toBe(201);
  return body.id;
};
const sendPdf = async (content: Uint8Array, key?: string, postage?: string): Promise<string> => {
  const document = {
    reference: 'batch 7',
    content: Buffer.from(content).toString('base64'),
    ...(postage && { postage }),
  };
  const { status, body } = await api.post(PATH, document, key);
  expect(status).toBe(201);
  return body.id;
};
const show = async (id: string) => (await api.get(`/v2/notifications/${id}`)).body as unknown;
const pdf = (id: string) => api.get(`/v2/notifications/${id}/pdf`);
const bytes = async (id: string): Promise<Buffer> => {
  const response = await fetch(`${api.url}/v2/notifications/${id}/pdf`, {
    headers: { authorization: `Bearer ${tokenFor(api.demo.apiKeys.normal)}` },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(response.headers.get('content-disposition')).toBeNull();
  return Buffer.from(await response.arrayBuffer());
};
const settled = (id: string, state: string) => api.letters.settled(id, state);
const metadata = async (id: string, bucket: string) => {
  const { rows } = await api.pool.query(
    `select q.reference, to_char(l.created_at at time zone 'UTC', 'YYYYMMDDHH24MISS') as at
     from letters l join letter_requests q using (id) where id = $1`,
    [id],
  );
  return (await api.letters.store.head(`${bucket}/NOTIFY.${rows[0].reference}.D.2.C.${rows[0].at}.PDF`))?.metadata;
};

describe('a letter from a template', () => {
  test('is accepted, has its PDF soon, and shows its address as typed, its postage and its cost', async () => {
    const id = await send();
    await settled(id, 'created.ready');
    expect(await show(id)).toEqual({
      id,
      reference: null,
      email_address: null,
      phone_number: null,
      line_1: 'Sam Bird',
      line_2: '9 Low Road',
      line_3: null,
      line_4: null,
      line_5: null,
      line_6: null,
      postcode: 'sw1a 1aa',
      type: 'letter',
      status: 'accepted',
      template: { id: template, version: 1, uri: `${api.url}/v2/template/${template}/version/1` },
      body: 'Dear Sam',
      subject: 'Your licence, Sam',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      created_by_name: null,
      sent_at: null,
      completed_at: null,
      scheduled_for: null,
      postage: 'second',
      one_click_unsubscribe_url: null,
      estimated_delivery: expect.stringMatching(/T1[56]:00:/),
      is_cost_data_ready: true,
      cost_in_pounds: 0.41,
      cost_details: { billable_sheets_of_paper: 1, postage: 'second' },
    });
  });

  test('has a PDF of A4 with the address in its window and the printer’s tag, and nothing of the markdown', async () => {
    const id = await send('\n\n# Bring\n\n* a bag\n* a ‘pen’');
    await settled(id, 'created.ready');
    const { pageCount, pages } = await readPdf(await bytes(id), 10);
    const [page] = pages;
    const words = page?.words.map(({ text }) => text) ?? [];
    expect(pageCount).toBe(1);
    expect(Math.round(page?.width ?? 0)).toBe(210);
    expect(words.slice(0, 8)).toEqual(['NOTIFY', 'SAM', 'BIRD', '9', 'LOW', 'ROAD', 'SW1A', '1AA']);
    expect(words.join(' ')).toMatch(/Your licence, Sam Dear Sam Bring • a bag • a ‘pen’ Page 1 of 1$/);
    const [, sam] = page?.words ?? [];
    expect(sam).toMatchObject({ left: expect.closeTo(24.6, 0), top: expect.closeTo(40, 0) });
  });

  test('of eleven pages is not valid, costs nothing, and shows the PDF that is too long', async () => {
    const id = await send('\n\n---\n\nmore'.repeat(10));
    await settled(id, 'validation-failed');
    expect(await show(id)).toMatchObject({
      status: 'validation-failed',
      completed_at: expect.any(String),
      cost_in_pounds: 0,
      cost_details: { billable_sheets_of_paper: 0, postage: 'second' },
    });
    expect((await readPdf(await bytes(id), ENOUGH_PAGES)).pageCount).toBe(11);
    expect(await metadata(id, 'letters-invalid-pdf')).toEqual({
      'validation-status': 'failed',
      message: 'letter-too-long',
      'page-count': '11',
    });
  });

  test('of three pages is two sheets, dearer abroad', async () => {
    const id = await send('\n\n---\n\nmore'.repeat(2), undefined, {
      address_line_1: 'Sam',
      address_line_2: 'Rue 1',
      address_line_3: 'Paris',
      address_line_4: 'france',
    });
    await settled(id, 'created.ready');
    expect(await show(id)).toMatchObject({
      postage: 'europe',
      cost_in_pounds: 1.04,
      cost_details: { billable_sheets_of_paper: 2, postage: 'europe' },
    });
  });

  test.each([true, false])('of a test key is received, with a PDF; a made-up printer: %j', async (fakesDelivery) => {
    api.letters.fakesDelivery = fakesDelivery;
    const id = await send('', api.demo.apiKeys.test);
    await settled(id, 'delivered.kept');
    expect(await show(id)).toMatchObject({ status: 'received', completed_at: expect.any(String) });
    expect((await bytes(id)).subarray(0, 5).toString()).toBe('%PDF-');
    api.letters.fakesDelivery = true;
  });

  test('is listed with the others, of its key type, by type, status and reference', async () => {
    const id = await send();
    const list = async (query: string, key?: string) =>
      (await api.get(`/v2/notifications${query}`, key)).body.notifications.map((each) => each.id);
    const text = await api.post('/v2/notifications/sms', {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation: { name: 'Sam', date: 'today' },
    });
    expect((await list('')).slice(0, 2)).toEqual([text.body.id, id]);
    expect((await list('?template_type=letter'))[0]).toBe(id);
    expect(await list('?template_type=sms')).not.toContain(id);
    expect(await list('?template_type=letter', api.demo.apiKeys.test)).not.toContain(id);
    expect(await list('?template_type=letter&status=accepted')).toContain(id);
    expect(await list('?template_type=letter&status=received')).not.toContain(id);
    expect((await list(`?older_than=${text.body.id}`))[0]).toBe(id);
    expect(await list(`?older_than=${id}`)).not.toContain(id);
  });
});

describe('a letter as a PDF', () => {
  test('stands behind one hidden template of its service', async () => {
    const content = await drawPdf({});
    await Promise.all([sendPdf(content), sendPdf(content), sendPdf(content)]);
    const { rows } = await api.pool.query(
      "select name, subject, content, postage, hidden from templates where service_id = $1 and name = 'Pre-compiled PDF'",
      [api.demo.serviceId],
    );
    expect(rows).toEqual([
      { name: 'Pre-compiled PDF', subject: 'Pre-compiled PDF', content: '', postage: 'second', hidden: true },
    ]);
  });

  test('shows that its address is in the PDF, until it passed its checks', async () => {
    const release = Promise.withResolvers<void>();
    const { scan } = api.letters;
    api.letters.scan = async (content) => {
      await release.promise;
      return scan(content);
    };
    const id = await sendPdf(await drawPdf(letterTo('Sam', 'Rue 1', 'Paris', 'France')));
    expect(await show(id)).toMatchObject({
      status: 'pending-virus-check',
      reference: 'batch 7',
      line_1: 'Provided as PDF',
      subject: 'Pre-compiled PDF',
      body: '',
      postage: 'second',
      is_cost_data_ready: false,
      cost_in_pounds: null,
      cost_details: {},
    });
    expect(await pdf(id)).toMatchObject({ status: 400, body: NOT_READY });
    release.resolve();
    api.letters.scan = scan;
    await settled(id, 'created.ready');
    expect(await show(id)).toMatchObject({
      status: 'accepted',
      postage: 'europe',
      cost_details: { billable_sheets_of_paper: 1, postage: 'europe' },
    });
  });

  test('is shown as it was sent, and no longer kept among the unscanned', async () => {
    const content = await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA'));
    const id = await sendPdf(content);
    await settled(id, 'created.ready');
    expect((await bytes(id)).equals(content)).toBe(true);
    expect(await metadata(id, 'letters-scan')).toBeUndefined();
  });

  test('that does not keep the rules is not valid; it is shown, and kept with the reason', async () => {
    const content = await drawPdf({ ...letterTo('Sam', 'Road', 'SW1A 1AA'), size: [148, 210], pages: 2 });
    const id = await sendPdf(content);
    await settled(id, 'validation-failed');
    expect(await show(id)).toMatchObject({ status: 'validation-failed', cost_in_pounds: 0 });
    expect((await bytes(id)).equals(content)).toBe(true);
    expect(await metadata(id, 'letters-invalid-pdf')).toEqual({
      'validation-status': 'failed',
      message: 'letter-not-a4-portrait-oriented',
      'invalid-pages': '[1,2]',
      'page-count': '2',
    });
  });

  test('that is none is not valid', async () => {
    const id = await sendPdf(Buffer.from('Dear Sam'));
    await settled(id, 'validation-failed');
  });

  test('abroad needs the permission for it', async () => {
    await withoutPermission(api, 'international_letters', async () => {
      const id = await sendPdf(await drawPdf(letterTo('Sam', 'Rue 1', 'Paris', 'France')));
      await settled(id, 'validation-failed');
      expect(await metadata(id, 'letters-invalid-pdf')).toMatchObject({ message: 'cant-send-international-letters' });
    });
  });

  test('with a virus ends there, and nobody gets it', async () => {
    const id = await sendPdf(Buffer.from(EICAR));
    await settled(id, 'virus-scan-failed');
    expect(await show(id)).toMatchObject({ status: 'virus-scan-failed', completed_at: null, cost_in_pounds: 0 });
    expect(await pdf(id)).toMatchObject({
      status: 400,
      body: v2Error(400, 'BadRequestError', 'File did not pass the virus scan'),
    });
    expect(await metadata(id, 'letters-scan/FAILURE')).toEqual({});
  });

  test('waits where the scanner cannot be reached', async () => {
    const { scan } = api.letters;
    api.letters.scan = () => Promise.reject(new ScannerUnavailable('gone'));
    const id = await sendPdf(await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA')));
    await settled(id, 'pending-virus-check.scanBackoff');
    api.letters.scan = scan;
  });

  test('of a test key is scanned and checked too, then received', async () => {
    const id = await sendPdf(await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA')), api.demo.apiKeys.test);
    await settled(id, 'delivered.kept');
    expect(await show(id)).toMatchObject({ status: 'received' });
    await bytes(id);
    const invalid = await sendPdf(Buffer.from('x'), api.demo.apiKeys.test);
    await settled(invalid, 'validation-failed');
    const infected = await sendPdf(Buffer.from(EICAR), api.demo.apiKeys.test);
    await settled(infected, 'virus-scan-failed');
  });
});

describe('the PDF of a letter', () => {
  test('that failed technically is not to be had, nor one whose file is gone', async () => {
    const id = await send();
    await settled(id, 'created.ready');
    await api.pool.query("update letters set state = 'technical-failure' where id = $1", [id]);
    expect((await pdf(id)).body).toEqual(
      v2Error(400, 'BadRequestError', 'PDF not available for letters in status technical-failure'),
    );
    await api.pool.query("update letters set state = 'created.ready', postage = 'first' where id = $1", [id]);
    expect(await pdf(id)).toMatchObject({ status: 400, body: NOT_READY });
  });

  test('of another service is unknown', async () => {
    const id = await send();
    await api.pool.query('update letters set service_id = $2 where id = $1', [id, randomUUID()]);
    expect((await pdf(id)).body).toEqual(v2Error(404, 'NoResultFound', 'No result found'));
  });
});
