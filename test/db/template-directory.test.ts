import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { secretBox } from '../../src/crypto/secret-box.ts';
import { type DemoService, ensureDemoService } from '../../src/db/demo-service.ts';
import { DEMO_USER_ID } from '../../src/db/demo-setup.ts';
import { Template, TemplateRedacted } from '../../src/db/entities/templates.ts';
import { keepVersion } from '../../src/db/history.ts';
import { loadProviders, smsRate } from '../../src/db/provider-directory.ts';
import { listTemplates, loadTemplate } from '../../src/db/template-directory.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let demo: DemoService;
let em: EntityManager;
beforeAll(async () => {
  database = await createTestDatabase();
  demo = await ensureDemoService(database.orm, secretBox(['a test secret']));
  em = database.orm.em.fork();
});
afterAll(() => database?.drop());

const load = (templateId: string, version?: number) => loadTemplate(database.pool, demo.serviceId, templateId, version);

describe('a template that was edited', () => {
  beforeAll(async () => {
    const template = await em.findOneOrFail(Template, { id: demo.templates.sms });
    em.assign(template, { name: 'Renamed', content: 'Second text', version: 2 });
    await keepVersion(em, Template, template.id);
  });

  test('is its newest version without a version', async () => {
    expect(await load(demo.templates.sms)).toMatchObject({
      id: demo.templates.sms,
      serviceId: demo.serviceId,
      type: 'sms',
      name: 'Renamed',
      content: 'Second text',
      subject: null,
      version: 2,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      createdBy: 'demo-user@example.gov.uk',
      processType: 'normal',
    });
  });

  test('keeps its first version as it was', async () => {
    expect(await load(demo.templates.sms, 1)).toMatchObject({
      name: 'Appointment reminder',
      content: 'Hello ((name)), your appointment is confirmed.',
      version: 1,
      updatedAt: null,
    });
  });

  test.each([0, 3])('has no version %i', async (version) => {
    expect(await load(demo.templates.sms, version)).toBeNull();
  });
});

test('a letter template comes with its contact block and postage', async () => {
  expect(await load(demo.templates.letter)).toMatchObject({
    postage: 'second',
    letterContactBlock: 'Demo service\n1 Example Street\nLondon\nSW1A 1AA',
  });
});

test('a template of another service, or of none, is null', async () => {
  const builtIn = '36fb0730-6259-4da1-8a80-c8de22ad4246';
  expect(await load(builtIn)).toBeNull();
  expect(await load(randomUUID())).toBeNull();
  expect(await loadTemplate(database.pool, 'd6aa2c68-a2d9-4437-ab19-3ae8eb202553', builtIn)).toMatchObject({
    content: '((verify_code)) is your security code',
  });
});

test('archiving and redacting show at once on every version', async () => {
  await em.nativeUpdate(Template, { id: demo.templates.email }, { archived: true });
  await em.nativeUpdate(TemplateRedacted, { templateId: demo.templates.email }, { redactPersonalisation: true });
  for (const version of [undefined, 1]) {
    expect(await load(demo.templates.email, version)).toMatchObject({ archived: true, redactPersonalisation: true });
  }
});

describe('the list of templates', () => {
  const names = async (type?: 'sms' | 'email' | 'letter') =>
    (await listTemplates(database.pool, demo.serviceId, type)).map(({ type, name }) => `${name} (${type})`);

  beforeAll(async () => {
    const common = { serviceId: demo.serviceId, createdById: DEMO_USER_ID, content: 'text' };
    const made = [
      em.create(Template, { ...common, id: randomUUID(), name: 'Same name', templateType: 'letter' }),
      em.create(Template, { ...common, id: randomUUID(), name: 'Same name', templateType: 'sms' }),
      em.create(Template, { ...common, id: randomUUID(), name: 'A', templateType: 'letter', hidden: true }),
    ];
    for (const { id } of made) await keepVersion(em, Template, id);
  });

  test('leaves out archived and hidden ones and is ordered by name, then sms, email, letter', async () => {
    expect(await names()).toEqual([
      'Decision letter (letter)',
      'Renamed (sms)',
      'Same name (sms)',
      'Same name (letter)',
    ]);
  });

  test('of one type leaves out the others', async () => {
    expect(await names('sms')).toEqual(['Renamed (sms)', 'Same name (sms)']);
    expect(await names('email')).toEqual([]);
  });
});

test('the second hidden letter template of a service is refused', async () => {
  const other = database.orm.em.fork();
  other.create(Template, {
    serviceId: demo.serviceId,
    createdById: DEMO_USER_ID,
    content: '',
    name: 'Pre-compiled PDF',
    templateType: 'letter',
    hidden: true,
  });
  await expect(other.flush()).rejects.toMatchObject({ constraint: 'uix_templates_precompiled' });
});

test('providers are loaded with their seeded shares', async () => {
  const providers = await loadProviders(database.pool);
  expect(
    providers.map(({ identifier, notificationType, priority, active, supportsInternational }) => [
      notificationType,
      identifier,
      priority,
      active,
      supportsInternational,
    ]),
  ).toEqual([
    ['email', 'ses', 10, true, false],
    ['sms', 'reach', 0, false, false],
    ['sms', 'mmg', 10, true, true],
    ['sms', 'firetext', 20, true, false],
    ['letter', 'dvla', 50, true, false],
  ]);
});

test.each([
  ['2016-05-17T23:59:59Z', null],
  ['2016-05-18T00:00:00Z', 0.0165],
  ['2017-03-31T22:59:59Z', 0.0165],
  ['2017-03-31T23:00:00Z', 0.0158],
  ['2021-03-31T23:00:00Z', 0.016],
  ['2026-11-21T00:00:00Z', 0.016],
])('at %s a text fragment costs %p pounds', async (at, pounds) => {
  expect(await smsRate(database.pool, new Date(at))).toBe(pounds);
});
