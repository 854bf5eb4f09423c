import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { secretBox } from '../../src/crypto/secret-box.ts';
import { ensureDemoService } from '../../src/db/demo-service.ts';
import { DEMO_USER_ID, DEMO_SERVICE_ID as serviceId } from '../../src/db/demo-setup.ts';
import { ApiKey, ServiceCallbackApi } from '../../src/db/entities/api-access.ts';
import { EmailBranding } from '../../src/db/entities/branding.ts';
import { ServiceEmailReplyTo, ServiceSmsSender } from '../../src/db/entities/senders.ts';
import { Service, ServiceDataRetention, ServiceEmailBranding } from '../../src/db/entities/services.ts';
import { loadService, type ServiceRecord } from '../../src/db/service-directory.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const box = secretBox(['a test secret']);
const DAY_MS = 86_400_000;

let database: TestDatabase;
let em: EntityManager;
beforeAll(async () => {
  database = await createTestDatabase();
  await ensureDemoService(database.orm, box);
  em = database.orm.em.fork();
});
afterAll(() => database?.drop());

const load = async (): Promise<ServiceRecord> => {
  const service = await loadService(database.pool, box, serviceId);
  if (service === null) throw new Error('The service is missing');
  return service;
};

test('an unknown service is null', async () => {
  expect(await loadService(database.pool, box, randomUUID())).toBeNull();
});

test('a service without settings keeps messages for 7 days, in the GOV.UK style, and calls nobody back', async () => {
  expect(await load()).toMatchObject({
    retentionDays: { sms: 7, email: 7, letter: 7 },
    emailBranding: null,
    callbacks: { deliveryStatus: null, complaint: null, returnedLetter: null, inboundSms: null },
  });
});

test('the built-in service loads without any key', async () => {
  const builtIn = await loadService(database.pool, box, 'd6aa2c68-a2d9-4437-ab19-3ae8eb202553');
  expect(builtIn).toMatchObject({
    name: 'GOV.UK Notify',
    emailSenderLocalPart: 'gov.uk.notify',
    prefixSms: false,
    apiKeys: [],
    smsSenders: [
      { smsSender: 'GOVUK', isDefault: true },
      { smsSender: '07984404008', isDefault: false },
    ],
    replyTos: [{ isDefault: false }],
  });
});

describe('a service with settings', () => {
  const brandingId = randomUUID();
  beforeAll(async () => {
    em.create(ServiceDataRetention, { serviceId, notificationType: 'email', daysOfRetention: 30 });
    em.create(EmailBranding, { id: brandingId, name: 'Crown', colour: '#000000', brandType: 'both' });
    em.create(ServiceEmailBranding, { serviceId, emailBrandingId: brandingId });
    em.create(ServiceEmailReplyTo, { serviceId, emailAddress: 'old@example.gov.uk', isDefault: true, archived: true });
    em.create(ServiceSmsSender, { serviceId, smsSender: 'SECOND', isDefault: false });
    for (const callbackType of ['complaint', 'inbound_sms'] as const) {
      em.create(ServiceCallbackApi, {
        serviceId,
        callbackType,
        url: `https://example.gov.uk/${callbackType}`,
        bearerToken: box.seal(callbackType),
        updatedById: DEMO_USER_ID,
      });
    }
    await em.flush();
  });

  test('loads with its limits, permissions and retention', async () => {
    const service = await load();
    expect(service).toMatchObject({
      rateLimit: 3000,
      dailyLimits: { sms: 250_000, email: 250_000, letter: 20_000, international_sms: 100 },
      retentionDays: { sms: 7, email: 30, letter: 7 },
      emailBranding: { id: brandingId, name: 'Crown', colour: '#000000', brandType: 'both', text: null, logo: null },
    });
    expect(service.permissions.has('international_sms')).toBe(true);
    expect(service.permissions.has('broadcast')).toBe(false);
  });

  test('loads with its unarchived senders, the default first', async () => {
    const { smsSenders, replyTos } = await load();
    expect(smsSenders.map(({ smsSender }) => smsSender)).toEqual(['DEMO', 'SECOND']);
    expect(replyTos.map(({ emailAddress }) => emailAddress)).toEqual(['demo-replies@example.gov.uk']);
  });

  test('loads with its team and guest list as allowed recipients', async () => {
    const { teamRecipients, allowedRecipients } = await load();
    expect([...teamRecipients].sort()).toEqual(['07700900100', 'demo-user@example.gov.uk']);
    expect(allowedRecipients).toEqual(
      expect.arrayContaining([...teamRecipients, '07700900001', 'delivered@simulator.notify', 'temp-fail@example.com']),
    );
    expect(allowedRecipients).toHaveLength(teamRecipients.length + 17);
  });

  test('loads with each callback in its place and its token opened', async () => {
    expect((await load()).callbacks).toMatchObject({
      deliveryStatus: null,
      complaint: { url: 'https://example.gov.uk/complaint', bearerToken: 'complaint', version: 1 },
      returnedLetter: null,
      inboundSms: { url: 'https://example.gov.uk/inbound_sms', bearerToken: 'inbound_sms', version: 1 },
    });
  });
});

describe('API keys', () => {
  const revoked = (daysAgo: number) => {
    const key = {
      id: randomUUID(),
      name: 'revoked',
      secret: box.seal(randomUUID()),
      expiryDate: new Date(Date.now() - daysAgo * DAY_MS),
      serviceId,
      createdById: DEMO_USER_ID,
      keyType: 'normal' as const,
    };
    em.create(ApiKey, key);
    return key;
  };

  test('a key revoked less than seven days ago is loaded with its time, an older one is not', async () => {
    const recent = revoked(6.9);
    const old = revoked(7.1);
    await em.flush();
    const { apiKeys } = await load();
    expect(apiKeys.find(({ id }) => id === recent.id)?.expiresAt).toEqual(recent.expiryDate);
    expect(apiKeys.find(({ id }) => id === old.id)).toBeUndefined();
    expect(
      apiKeys
        .filter(({ expiresAt }) => expiresAt === null)
        .map(({ keyType }) => keyType)
        .sort(),
    ).toEqual(['normal', 'team', 'test']);
  });

  test('secrets are not readable in the database', async () => {
    const { apiKeys } = await load();
    const { rows } = await database.pool.query<{ secret: string }>('select secret from api_keys');
    for (const { secret } of apiKeys) expect(rows.map((row) => row.secret)).not.toContain(secret);
  });
});

test('a second unarchived default sender is refused by the database', async () => {
  const other = database.orm.em.fork();
  other.create(ServiceSmsSender, { serviceId, smsSender: 'THIRD', isDefault: true });
  await expect(other.flush()).rejects.toThrow('uix_service_sms_senders_default');
});

test('the last default text sender cannot be archived, but can be replaced in one transaction', async () => {
  const isDefault = { serviceId, isDefault: true, archived: false };
  const archive = em.nativeUpdate(ServiceSmsSender, isDefault, { archived: true });
  await expect(archive).rejects.toMatchObject({ constraint: 'ck_service_sms_senders_default' });
  await em.fork().transactional(async (transaction) => {
    await transaction.nativeUpdate(ServiceSmsSender, isDefault, { isDefault: false });
    await transaction.nativeUpdate(ServiceSmsSender, { serviceId, smsSender: 'SECOND' }, { isDefault: true });
  });
  expect((await load()).smsSenders[0]).toMatchObject({ smsSender: 'SECOND', isDefault: true });
});

test('a duplicate service name is refused under the name that error handling looks for', async () => {
  const other = database.orm.em.fork();
  other.create(Service, {
    name: 'Demo service',
    emailFrom: 'another',
    messageLimit: 50,
    restricted: true,
    createdById: DEMO_USER_ID,
  });
  await expect(other.flush()).rejects.toMatchObject({ constraint: 'services_name_key' });
});
