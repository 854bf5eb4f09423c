import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { DEMO_SERVICE_ID, DEMO_USER_ID } from '../../src/db/demo-setup.ts';
import { ApiKey, type CallbackType, ServiceCallbackApi } from '../../src/db/entities/api-access.ts';
import { Service } from '../../src/db/entities/services.ts';
import { Template } from '../../src/db/entities/templates.ts';
import { keepVersion } from '../../src/db/history.ts';
import type { ApiBench } from './api-bench.ts';

type TemplateFacts = {
  templateType: 'sms' | 'email' | 'letter';
  content: string;
  subject?: string;
  name?: string;
  serviceId?: string;
  archived?: boolean;
  hidden?: boolean;
  postage?: string;
  hasUnsubscribeLink?: boolean;
};

/** A template of the demo service, or of another; returns its id. */
export async function addTemplate(orm: MikroORM, facts: TemplateFacts): Promise<string> {
  const id = randomUUID();
  await orm.em.fork().transactional(async (em) => {
    em.create(Template, { id, serviceId: DEMO_SERVICE_ID, createdById: DEMO_USER_ID, name: 'A template', ...facts });
    await keepVersion(em, Template, id);
  });
  return id;
}

/** A service without permissions, senders or keys; returns its id. */
export async function addService({ orm }: ApiBench): Promise<string> {
  const id = randomUUID();
  await orm.em.fork().transactional(async (em) => {
    em.create(Service, {
      id,
      name: `Service ${id}`,
      emailFrom: `service.${id}`,
      restricted: false,
      messageLimit: 50,
      emailMessageLimit: 50,
      smsMessageLimit: 50,
      letterMessageLimit: 50,
      internationalSmsMessageLimit: 50,
      createdById: DEMO_USER_ID,
    });
    await keepVersion(em, Service, id);
  });
  return id;
}

/** A key of a service in the clients' format; `revokedDaysAgo` 0 means just now. */
export async function addKey(
  { orm, box }: ApiBench,
  serviceId: string,
  options: { revokedDaysAgo?: number; keyType?: 'normal' | 'team' | 'test' } = {},
): Promise<string> {
  const secret = randomUUID();
  const { revokedDaysAgo, keyType = 'normal' } = options;
  const id = randomUUID();
  await orm.em.fork().transactional(async (em) => {
    em.create(ApiKey, {
      id,
      name: `key ${id}`,
      secret: box.seal(secret),
      serviceId,
      createdById: DEMO_USER_ID,
      keyType,
      ...(revokedDaysAgo === undefined ? {} : { expiryDate: new Date(Date.now() - revokedDaysAgo * 86_400_000) }),
    });
    await keepVersion(em, ApiKey, id);
  });
  return `key-${serviceId}-${secret}`;
}

/** Changes columns of the demo service while `work` runs. */
export async function withService(api: ApiBench, columns: Record<string, unknown>, work: () => Promise<void>) {
  const names = Object.keys(columns);
  const { rows } = await api.pool.query(`select ${names.join(', ')} from services where id = $1`, [DEMO_SERVICE_ID]);
  const write = (values: Record<string, unknown>) =>
    api.pool.query(
      `update services set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
      [DEMO_SERVICE_ID, ...names.map((name) => values[name])],
    );
  await write(columns);
  try {
    await work();
  } finally {
    await write(rows[0]);
  }
}

/** Takes a permission from the demo service while `work` runs. */
export async function withoutPermission({ pool }: ApiBench, permission: string, work: () => Promise<void>) {
  const values = [DEMO_SERVICE_ID, permission];
  await pool.query('delete from service_permissions where service_id = $1 and permission = $2', values);
  try {
    await work();
  } finally {
    await pool.query('insert into service_permissions (service_id, permission) values ($1, $2)', values);
  }
}

/** Where the demo service is told of something; a second setting of a type is a new version of the first. */
export async function setCallback({ orm, box }: ApiBench, callbackType: CallbackType, url: string, token: string) {
  const settings = { url, bearerToken: box.seal(token), updatedById: DEMO_USER_ID };
  await orm.em.fork().transactional(async (em) => {
    const current = await em.findOne(ServiceCallbackApi, { serviceId: DEMO_SERVICE_ID, callbackType });
    const callback = current
      ? em.assign(current, { ...settings, version: current.version + 1 })
      : em.create(ServiceCallbackApi, { id: randomUUID(), serviceId: DEMO_SERVICE_ID, callbackType, ...settings });
    await keepVersion(em, ServiceCallbackApi, callback.id);
  });
}
