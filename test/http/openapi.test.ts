import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { ANSWER_SCHEMAS } from '../../src/http/openapi/answer-schemas.ts';
import { OPERATIONS, type Operation } from '../../src/http/openapi/operations.ts';
import { apiRoutes } from '../../src/http/routes.ts';
import { type ApiBench, type Reply, startApi } from './api-bench.ts';

/** Providers, not clients, call these; the others are other names of what is described. */
const NOT_DESCRIBED = [
  'GET /',
  'GET /openapi.json',
  'GET /v2/notifications/sms',
  'GET /v2/notifications/email',
  'GET /v2/notifications/letter',
  'POST /v2/notifications/:notification_id',
];

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
addFormats.default(ajv, ['uuid', 'uri', 'date-time']);
for (const [name, schema] of Object.entries(ANSWER_SCHEMAS)) ajv.addSchema(schema, name);

/** Why a body is none of those that are named; empty when it is one. */
function problems(names: readonly string[], body: unknown): string[] {
  const found = names.map((name) => {
    const validate = ajv.getSchema(name);
    return validate?.(body) ? null : `${name}: ${ajv.errorsText(validate?.errors)}`;
  });
  return found.includes(null) ? [] : found.flatMap((problem) => problem ?? []);
}

/** A path with something in the place of each parameter. */
function sample(path: string): string {
  return path.replace('{version}', '1').replaceAll(/\{\w+\}/g, '1d8f2c1e-5f3a-4a52-9a0e-0c1f4b6d7e80');
}

function matches(route: string | RegExp, path: string): boolean {
  if (route instanceof RegExp) return route.test(path);
  return new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path);
}

describe('the OpenAPI document', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  const refusalNames = (operation: Operation) =>
    operation.path.startsWith('/v2/') ? ['Errors', 'PlainError'] : ['PlainError'];

  /** What a reply says that the document does not; a refusal that is not described counts too. */
  const undescribed = (operation: Operation, { status, body, headers }: Reply): string[] => {
    if (status === operation.status) {
      if (operation.answers.includes('pdf')) return headers.get('content-type') === 'application/pdf' ? [] : ['no PDF'];
      return problems(operation.answers, body);
    }
    const known: number[] = [...operation.refusals, ...(operation.needsToken ? [401, 403] : [])];
    return known.includes(status) ? problems(refusalNames(operation), body) : [`answered ${status}`];
  };

  const operation = (id: string): Operation => {
    const found = OPERATIONS.find((each) => each.id === id);
    if (!found) throw new Error(`No operation ${id}`);
    return found;
  };

  test('is served, valid OpenAPI 3.1, and names the address that it was asked at', async () => {
    const { status, body } = await api.request('GET', '/openapi.json');
    expect(status).toBe(200);
    const validator = new Validator();
    const result = await validator.validate(structuredClone(body) as never);
    expect(result).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(body).toMatchObject({ servers: [{ url: api.url }] });
  });

  test('describes every route that clients call, and nothing that is not routed', () => {
    const routes = apiRoutes(api.routeParts).filter(({ path }) => !String(path).startsWith('/notifications/'));
    const routed = routes.flatMap(({ path, methods }) => Object.keys(methods).map((method) => ({ method, path })));
    for (const each of OPERATIONS) {
      const isRouted = routed.some(({ method, path }) => method === each.method && matches(path, sample(each.path)));
      expect([each.id, isRouted]).toEqual([each.id, true]);
    }
    const missing = routed.filter(
      ({ method, path }) =>
        !OPERATIONS.some((each) => method === each.method && matches(path, sample(each.path))) &&
        !NOT_DESCRIBED.includes(`${method} ${path}`),
    );
    expect(missing).toEqual([]);
  });

  test.each(OPERATIONS.filter(({ needsToken }) => needsToken))('$id wants a token', async (each) => {
    const reply = await api.request(each.method, sample(each.path));
    expect(reply.status).toBe(401);
    expect(undescribed(each, reply)).toEqual([]);
  });

  test('every answer of success is as described', async () => {
    const personalisation = { name: 'Sam', date: '3 March', things: ['a', 'b'] };
    const text = await api.post('/v2/notifications/sms', {
      phone_number: '07700900123',
      template_id: api.templates.sms,
      personalisation,
    });
    const email = await api.post('/v2/notifications/email', {
      email_address: 'sam@example.com',
      template_id: api.templates.email,
      personalisation: { ...personalisation, name: '[link](https://bad.example)' },
      sanitise_content_for: ['name'],
    });
    const letter = await api.post('/v2/notifications/letter', {
      template_id: api.demo.templates.letter,
      personalisation: { name: 'Sam', address_line_1: 'Sam', address_line_2: 'Road', postcode: 'SW1A 1AA' },
    });
    const pdf = await api.post('/v2/notifications/letter', { reference: 'r', content: 'aGk=' });
    await api.letters.settled(letter.body.id, 'created.ready');
    const replies: [string, Reply][] = [
      ['sendSms', text],
      ['sendEmail', email],
      ['sendLetter', letter],
      ['sendLetter', pdf],
      ['getNotification', await api.get(`/v2/notifications/${letter.body.id}`)],
      ['getNotification', await api.get(`/v2/notifications/${pdf.body.id}`)],
      ['getPdf', await api.get(`/v2/notifications/${letter.body.id}/pdf`)],
      ['getNotification', await api.get(`/v2/notifications/${text.body.id}`)],
      ['getNotification', await api.get(`/v2/notifications/${email.body.id}`)],
      ['getNotifications', await api.get('/v2/notifications?template_type=sms&status=created&status=sending')],
      ['getTemplate', await api.get(`/v2/template/${api.templates.email}`)],
      ['getTemplateVersion', await api.get(`/v2/template/${api.templates.sms}/version/1`)],
      ['getTemplates', await api.get('/v2/templates?type=sms')],
      ['previewTemplate', await api.post(`/v2/template/${api.templates.email}/preview`, { personalisation })],
      ['getReceivedTexts', await api.get('/v2/received-text-messages')],
      ['getStatus', await api.request('GET', '/_status')],
      ['getStatus', await api.request('GET', '/_status?simple=1')],
      ['getLiveCounts', await api.request('GET', '/_status/live-service-and-organisation-counts')],
    ];
    for (const [id, reply] of replies) {
      expect([id, reply.status]).toEqual([id, operation(id).status]);
      expect([id, undescribed(operation(id), reply)]).toEqual([id, []]);
    }
  });

  test.each(OPERATIONS)('$id answers as described, whatever it is given', async (each) => {
    const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '__proto__'));
    const fitting = fc.constantFrom(
      '07700900123',
      'sam@example.com',
      api.templates.sms,
      api.templates.email,
      randomUUID(),
      { name: 'Sam', date: 'x', things: 'y' },
      'https://unsub.example/x',
    );
    const names = [...new Set((each.bodies ?? []).flatMap(({ properties }) => Object.keys(properties)))];
    const members = Object.fromEntries(names.map((name) => [name, fc.oneof(fitting, odd)]));
    const body = fc.oneof(fc.record(members, { requiredKeys: [] }), odd);
    const parameters = Object.keys(each.query?.properties ?? {});
    const query = fc.array(fc.tuple(fc.constantFrom('x', ...parameters), fc.string({ unit: 'binary' })), {
      maxLength: 3,
    });
    const place = fc.oneof(
      fc.constantFrom(api.templates.sms, randomUUID(), '1', '-1', '0', '99999999999999999999', '%00', '..%2f'),
      fc.string({ unit: 'grapheme', minLength: 1 }).map((part) => encodeURIComponent(part)),
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        query,
        fc.array(place, { minLength: 2, maxLength: 2 }),
        async (document, search, parts) => {
          let next = 0;
          const path = each.path.replaceAll(/\{\w+\}/g, () => parts[next++] ?? '');
          const text = new URLSearchParams(
            search.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
          ).toString();
          const reply = await api.request(each.method, `${path}${text && `?${text}`}`, {
            ...(each.needsToken && { key: api.demo.apiKeys.normal }),
            ...(each.bodies && { body: JSON.stringify(document) }),
          });
          const isOtherPath = reply.status === 404 || reply.status === 405;
          if (!isOtherPath || each.refusals.includes(404)) expect(undescribed(each, reply)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
