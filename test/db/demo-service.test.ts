import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { secretBox, UnsealError } from '../../src/crypto/secret-box.ts';
import { type DemoService, ensureDemoService, setCallback } from '../../src/db/demo-service.ts';
import { ApiKey } from '../../src/db/entities/api-access.ts';
import { loadService } from '../../src/db/service-directory.ts';
import { loadTemplate } from '../../src/db/template-directory.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const box = secretBox(['a test secret']);
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let database: TestDatabase;
let demo: DemoService;
beforeAll(async () => {
  database = await createTestDatabase();
  demo = await ensureDemoService(database.orm, box);
});
afterAll(() => database?.drop());

const load = async () => {
  const service = await loadService(database.pool, box, demo.serviceId);
  if (service === null) throw new Error('The demo service is missing');
  return service;
};

test('ensuring it again, also from two processes at once, changes nothing', async () => {
  const before = await load();
  const again = await Promise.all([ensureDemoService(database.orm, box), ensureDemoService(database.orm, box)]);
  expect(again).toEqual([demo, demo]);
  expect(await load()).toEqual(before);
});

test('its keys are in the format that clients cut from the right', async () => {
  const { apiKeys } = await load();
  for (const [keyType, text] of Object.entries(demo.apiKeys)) {
    const key = apiKeys.find((each) => each.keyType === keyType);
    expect(key?.secret).toBe(text.slice(-36));
    expect(text.slice(-36)).toMatch(UUID_V4);
    expect(text.slice(-73, -37)).toBe(demo.serviceId);
  }
  expect(demo.serviceId).toMatch(UUID_V4);
});

test('it is live, with one default sender of each kind', async () => {
  expect(await load()).toMatchObject({
    name: 'Demo service',
    active: true,
    restricted: false,
    smsSenders: [{ smsSender: 'DEMO', isDefault: true }],
    replyTos: [{ emailAddress: 'demo-replies@example.gov.uk', isDefault: true }],
    letterContacts: [{ isDefault: true }],
  });
});

test.each(['sms', 'email', 'letter'] as const)('its %s template is ready to use', async (type) => {
  expect(demo.templates[type]).toMatch(UUID_V4);
  const template = await loadTemplate(database.pool, demo.serviceId, demo.templates[type]);
  expect(template).toMatchObject({ type, version: 1, archived: false, hidden: false });
});

test('a revoked key is replaced by a new one', async () => {
  await database.orm.em.fork().nativeUpdate(ApiKey, { keyType: 'team' }, { expiryDate: new Date() });
  const again = await ensureDemoService(database.orm, box);
  expect(again.apiKeys.team).not.toBe(demo.apiKeys.team);
  expect(again.apiKeys.normal).toBe(demo.apiKeys.normal);
});

test('keys sealed with an unknown secret are refused, not replaced', async () => {
  await expect(ensureDemoService(database.orm, secretBox(['another secret']))).rejects.toThrow(UnsealError);
});

test('a delivery-status callback is a new version when it changes, and only then', async () => {
  const set = (url: string, token: string) =>
    setCallback(database.orm, box, demo.serviceId, 'delivery_status', url, token);
  await set('https://example.gov.uk/one', 'token one');
  await set('https://example.gov.uk/one', 'token one');
  expect((await load()).callbacks.deliveryStatus).toMatchObject({ version: 1, bearerToken: 'token one' });
  await set('https://example.gov.uk/two', 'token two');
  expect((await load()).callbacks).toMatchObject({
    deliveryStatus: { version: 2, url: 'https://example.gov.uk/two', bearerToken: 'token two' },
    complaint: null,
    returnedLetter: null,
    inboundSms: null,
  });
  const { rows } = await database.pool.query('select version, url from service_callback_api_history order by version');
  expect(rows).toEqual([
    { version: 1, url: 'https://example.gov.uk/one' },
    { version: 2, url: 'https://example.gov.uk/two' },
  ]);
});
