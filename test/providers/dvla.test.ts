import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dvlaPrinter } from '../../src/providers/dvla.ts';
import { dvlaAddress } from '../../src/providers/dvla-address.ts';
import type { PrintJob } from '../../src/providers/letter-printer.ts';
import type { Closable } from '../../src/providers/provider.ts';

type Got = {
  path: string | undefined;
  authorization: string | undefined;
  apiKey: unknown;
  body: Record<string, unknown>;
};

const job: PrintJob = {
  notificationId: '9c3d5a70-2e8f-4b16-a7d4-6f0b1e8c2d95',
  reference: 'ABCDEFGHIJKLMNOP',
  addressLines: ['Sam Bird', '9 Low Road', 'SW1A 1AA'],
  postage: 'first',
  serviceId: '4c1b2f7e-3a58-4d0c-9f56-8b7d1e2a6c90',
  organisationId: null,
  pdf: Buffer.from('%PDF-'),
  callbackUrl: 'https://api.example/notifications/letter/status?token=t',
};
const tokenUntil = (exp: number) => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.`;

describe('DVLA’s print API', () => {
  let server: Server;
  let url: string;
  let got: Got[];
  let answers: number[];
  let lifetimeS: number;
  let open: Closable[];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const { authorization, 'x-api-key': apiKey } = request.headers;
      got.push({ path: request.url, authorization, apiKey, body: JSON.parse(text) });
      if (request.url?.endsWith('/authenticate')) {
        response.end(JSON.stringify({ 'id-token': tokenUntil(Math.floor(Date.now() / 1000) + lifetimeS) }));
      } else response.writeHead(answers.shift() ?? 202).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    server?.close();
  });
  beforeEach(() => {
    got = [];
    answers = [];
    lifetimeS = 3600;
    open ??= [];
  });

  const printer = () => {
    const made = dvlaPrinter({ url, userName: 'notify', password: 'secret', apiKey: 'key' });
    open.push(made);
    return made;
  };
  const paths = () => got.map(({ path }) => path?.split('/').at(-1));

  test('is asked for a token, then given the letter with all that it needs', async () => {
    expect(await printer().print(job)).toEqual({ outcome: 'accepted', wasKnown: false });
    const [asked, printed] = got;
    expect(asked).toMatchObject({
      path: '/thirdparty-access/v1/authenticate',
      body: { userName: 'notify', password: 'secret' },
    });
    expect(printed?.authorization).toMatch(/^e30\./);
    expect(printed).toMatchObject({ path: '/print-request/v1/print/jobs', apiKey: 'key' });
    expect(printed?.body).toEqual({
      id: job.notificationId,
      standardParams: {
        jobType: 'NOTIFY',
        templateReference: 'NOTIFY',
        businessIdentifier: job.reference,
        recipientName: 'Sam Bird',
        address: { unstructuredAddress: { line1: '9 Low Road', postcode: 'SW1A 1AA' } },
        despatchMethod: 'FIRST',
      },
      customParams: [
        { key: 'pdfContent', value: 'JVBERi0=' },
        { key: 'organisationIdentifier', value: '' },
        { key: 'serviceIdentifier', value: job.serviceId },
      ],
      callbackParams: { target: job.callbackUrl, retryParams: { enabled: true, maxRetryWindow: 10_800 } },
    });
  });

  test.each([
    ['second', undefined],
    ['economy', 'ECONOMY'],
    ['europe', 'INTERNATIONAL_EU'],
    ['rest-of-world', 'INTERNATIONAL_ROW'],
  ] as const)('postage %s is despatched %s', async (postage, method) => {
    await printer().print({ ...job, postage });
    const { despatchMethod, ...others } = { ...(got[1]?.body['standardParams'] as object) } as Record<string, unknown>;
    expect(others).toHaveProperty('businessIdentifier');
    expect(despatchMethod).toBe(method);
  });

  test('a token is kept until a minute before its end', async () => {
    const lasting = printer();
    await lasting.print(job);
    await lasting.print(job);
    expect(paths()).toEqual(['authenticate', 'jobs', 'jobs']);
    lifetimeS = 30;
    const short = printer();
    await short.print(job);
    await short.print(job);
    expect(paths().slice(3)).toEqual(['authenticate', 'jobs', 'authenticate', 'jobs']);
  });

  test.each([
    [409, { outcome: 'accepted', wasKnown: true }],
    [429, { outcome: 'try-later', reason: 'HTTP 429' }],
    [503, { outcome: 'try-later', reason: 'HTTP 503' }],
    [400, { outcome: 'refused', reason: 'HTTP 400' }],
    [404, { outcome: 'refused', reason: 'HTTP 404' }],
  ])('%d: %j', async (status, outcome) => {
    answers = [status];
    expect(await printer().print(job)).toEqual(outcome);
  });

  test.each([401, 403])('%d: a new token is asked for the next time', async (status) => {
    const tried = printer();
    answers = [status];
    expect(await tried.print(job)).toMatchObject({ outcome: 'try-later' });
    expect(await tried.print(job)).toMatchObject({ outcome: 'accepted' });
    expect(paths()).toEqual(['authenticate', 'jobs', 'authenticate', 'jobs']);
  });

  test('one that is not there may be later', async () => {
    const absent = dvlaPrinter({ url: 'http://127.0.0.1:9', userName: 'u', password: 'p', apiKey: 'k' });
    open.push(absent);
    expect(await absent.print(job)).toEqual({ outcome: 'try-later', reason: 'ECONNREFUSED' });
  });
});

describe('an address for the printer', () => {
  test.each([
    [
      ['Sam', 'Flat 1', 'Road', 'London', 'SW1A 1AA'],
      { unstructuredAddress: { line1: 'Flat 1', line2: 'Road', line3: 'London', postcode: 'SW1A 1AA' } },
    ],
    [
      ['Sam', 'Rue 1', 'Paris', 'France'],
      { internationalAddress: { line1: 'Rue 1', line2: 'Paris', country: 'France' } },
    ],
    [['Sam', 'Unit 3', 'BFPO 12'], { bfpoAddress: { line1: 'Sam', line2: 'Unit 3', bfpoNumber: 12 } }],
    [
      ['Sam', 'Unit 3', 'SW1A 1AA', 'BFPO 12'],
      { bfpoAddress: { line1: 'Sam', line2: 'Unit 3', postcode: 'SW1A 1AA', bfpoNumber: 12 } },
    ],
    [['Sam', 'R'.repeat(50), 'SW1A 1AA'], { unstructuredAddress: { line1: 'R'.repeat(45), postcode: 'SW1A 1AA' } }],
  ])('%j', (lines, address) => {
    expect(dvlaAddress(lines)).toEqual({ recipientName: 'Sam', address });
  });
});
