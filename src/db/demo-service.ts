import { randomUUID } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { SecretBox } from '../crypto/secret-box.ts';
import { createDemoSetup, DEMO_SERVICE_ID, DEMO_TEMPLATES, DEMO_USER_ID } from './demo-setup.ts';
import { ApiKey, type CallbackType, ServiceCallbackApi } from './entities/api-access.ts';
import { Service } from './entities/services.ts';
import { keepVersion } from './history.ts';
import type { KeyType } from './service-directory.ts';

/** What a person needs to try the API. */
export type DemoService = {
  serviceId: string;
  /** As clients take them: `{key_name}-{service_id}-{secret}`. */
  apiKeys: Record<KeyType, string>;
  /** Template ids. */
  templates: { sms: string; email: string; letter: string };
};

/** Any number will do, as long as every process of the service uses the same one. */
const DEMO_LOCK = 4_217_003;
const KEY_NAMES: Record<KeyType, string> = { normal: 'demo-live', team: 'demo-team', test: 'demo-test' };

/**
 * Makes sure that the live "Demo service" exists, with templates, senders and a live key of each type, and returns how
 * to use it. Repeating it changes nothing, and returns the same keys; a revoked key is replaced.
 *
 * @throws {UnsealError} when the keys were sealed with a secret that `box` does not know
 */
export async function ensureDemoService(orm: MikroORM, box: SecretBox): Promise<DemoService> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [DEMO_LOCK]);
    if ((await em.count(Service, { id: DEMO_SERVICE_ID })) === 0) await createDemoSetup(em);
    return {
      serviceId: DEMO_SERVICE_ID,
      apiKeys: {
        normal: await ensureKey(em, box, 'normal'),
        team: await ensureKey(em, box, 'team'),
        test: await ensureKey(em, box, 'test'),
      },
      templates: { ...DEMO_TEMPLATES },
    };
  });
}

/** Has a service told of something at `url`. The same settings again change nothing; others are a new version. */
export async function setCallback(
  orm: MikroORM,
  box: SecretBox,
  serviceId: string,
  callbackType: CallbackType,
  url: string,
  bearerToken: string,
): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    const { createdById } = await em.findOneOrFail(Service, { id: serviceId });
    const current = await em.findOne(ServiceCallbackApi, { serviceId, callbackType });
    if (current?.url === url && box.open(current.bearerToken) === bearerToken) return;
    const settings = { url, bearerToken: box.seal(bearerToken), updatedById: createdById };
    const callback =
      current === null
        ? em.create(ServiceCallbackApi, { id: randomUUID(), serviceId, callbackType, ...settings })
        : em.assign(current, { ...settings, updatedAt: new Date(), version: current.version + 1 });
    await keepVersion(em, ServiceCallbackApi, callback.id);
  });
}

async function ensureKey(em: EntityManager, box: SecretBox, keyType: KeyType): Promise<string> {
  const name = KEY_NAMES[keyType];
  const live = await em.findOne(ApiKey, { serviceId: DEMO_SERVICE_ID, name, expiryDate: null });
  if (live !== null) return clientKey(name, box.open(live.secret));
  const secret = randomUUID();
  const key = em.create(ApiKey, {
    id: randomUUID(),
    name,
    secret: box.seal(secret),
    serviceId: DEMO_SERVICE_ID,
    createdById: DEMO_USER_ID,
    keyType,
  });
  await keepVersion(em, ApiKey, key.id);
  return clientKey(name, secret);
}

const clientKey = (name: string, secret: string): string => `${name}-${DEMO_SERVICE_ID}-${secret}`;
