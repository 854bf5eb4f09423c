import { createHmac, randomUUID } from 'node:crypto';
import { ServiceBroker } from 'moleculer';
import { pino } from 'pino';
import { brokerOptions } from '../../moleculer.config.ts';
import { directoryService } from '../../services/directory.service.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { administrationActors } from '../../src/app/administration.ts';
import { secretBox } from '../../src/crypto/secret-box.ts';
import { cachedDirectory, databaseDirectory } from '../../src/db/cached-directory.ts';
import { adminRoutes } from '../../src/http/admin/routes.ts';
import { httpApp } from '../../src/http/app.ts';
import { ok, type Route } from '../../src/http/route.ts';
import { httpServer } from '../../src/http/server.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import type { AdminActions } from '../../src/messages/admin.ts';
import { typedCall } from '../../src/moleculer.ts';
import { openThreads } from '../../src/threads/threads.ts';
import { documentsBench, PAGES_URL } from '../documents/bench.ts';
import { recordingLog } from '../http/recording-log.ts';
import { createTestDatabase } from '../support/database.ts';
import { notificationBench } from '../support/notification-bench.ts';

export const ADMIN = 'notify-admin';
export const SECRETS = ['the newer secret', 'the older secret'] as const;
/** In no database. */
export const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
export const PASSWORD = 'correct horse battery staple';

/** What tests read of bodies by name; the rest is compared as a whole. */
export type Json = { [name: string]: Json } & Json[] & string;
export type Reply = { status: number; body: Json; headers: Headers };
export type Message = {
  template_id: string;
  recipient: string;
  reply_to_text: string | null;
  values: Record<string, string>;
};
export type AdminBench = Awaited<ReturnType<typeof startAdmin>>;

/**
 * The internal API on a real broker, database and port. Services stay in the directory until they are changed. Without
 * NATS the broker is alone.
 */
export async function startAdmin(natsUrl: string | null = null) {
  const database = await createTestDatabase();
  const { orm, pool } = database;
  const box = secretBox(['a test secret']);
  const directory = cachedDirectory(databaseDirectory(pool, box), { ttlMs: 3_600_000 });
  const bench = notificationBench(pool);
  const log = recordingLog();
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  /** Letters that were started, letters that were told that they came back, and callbacks that are owed. */
  const returned: string[] = [];
  const letters: object[] = [];
  const owed: object[] = [];
  const files = documentsBench(pool);
  const threads = openThreads();
  const broker = testBroker('admin', natsUrl);
  const actors = administrationActors({
    config: {
      ADMIN_BASE_URL: 'https://admin.example',
      SECRET_KEY: 'a secret for links',
      DANGEROUS_SALT: 'a salt for links',
      FROM_NUMBER: 'GOVUK',
    },
    broker,
    orm,
    pool,
    directory,
    sending: {
      directory,
      limits: memoryLimits({ now }),
      box,
      startNotification: async (id, input, request) => {
        await bench.runtime.start(NOTIFICATION, id, { ...input }, { ...request });
      },
      now,
      log,
      documentsUrl: PAGES_URL,
      uploadDocument: files.upload,
      adminBaseUrl: 'https://admin.example',
      store: files.store,
    },
    checkFile: files.check,
    threads,
    store: files.store,
    letters: {
      directory,
      box,
      now,
      log,
      fakesDelivery: false,
      startLetter: async (id, input, request) => {
        letters.push({ id, ...input, ...request });
      },
      returnLetter: async (id) => returned.push(id),
      cancelLetter: async (id) => {
        const { rowCount } = await pool.query("update letters set state = 'cancelled' where id = $1", [id]);
        return rowCount === 1;
      },
      startCallback: async ({ callbackType, serviceId, body }) => {
        owed.push({ callbackType, serviceId, body: (await body?.()) ?? null });
      },
    },
  });
  for (const actor of actors) broker.createService(actor);
  broker.createService(directoryService({ forget: (serviceId) => directory.invalidateService(serviceId) }));
  await broker.start();

  const client = { id: ADMIN, secrets: SECRETS.map((secret) => ({ secret })) };
  const whoami: Route = {
    path: '/whoami',
    access: 'service',
    errors: 'v2',
    methods: { GET: (_, { service, apiKey }) => ok({ service: service.name, key: apiKey.name }) },
  };
  const call = typedCall<AdminActions>(broker);
  const routes = adminRoutes({ call, client, callbacksNeedHttps: true });
  const server = httpServer(httpApp({ directory, log, now: Date.now, timeoutMs: 30_000 }, [whoami, ...routes]), {
    port: 0,
    host: '127.0.0.1',
  });
  const url = `http://127.0.0.1:${await server.listen()}`;

  /** Exactly this; without a token, nothing about authentication. */
  const request = async (method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers } as Reply;
  };
  const get = (path: string) => request('GET', path, { token: adminToken() });
  const post = (path: string, body?: unknown) => request('POST', path, { token: adminToken(), body });
  const put = (path: string, body?: unknown) => request('PUT', path, { token: adminToken(), body });
  const remove = (path: string, body?: unknown) => request('DELETE', path, { token: adminToken(), body });

  return {
    ...database,
    url,
    /** The program's own table. */
    routes,
    box,
    directory,
    broker,
    log,
    clock,
    letters,
    returned,
    owed,
    files,
    request,
    get,
    post,
    put,
    remove,
    /** Messages of the built-in service so far, oldest first. */
    messages: async (): Promise<Message[]> => {
      const { rows } = await pool.query(
        'select template_id, recipient, reply_to_text, personalisation from notification_requests order by id',
      );
      return rows.map(({ personalisation, ...row }) => ({ ...row, values: JSON.parse(box.open(personalisation)) }));
    },
    addUser: async (facts: object = {}): Promise<string> => {
      const email_address = `someone.${randomUUID()}@example.gov.uk`;
      const user = { name: 'Sam Smith', email_address, mobile_number: '07700 900123', password: PASSWORD, ...facts };
      const { body } = await post('/user', user);
      const id = String(body['data']?.['id']);
      await post(`/user/${id}/activate`);
      return id;
    },
    addService: async (user_id: string, facts: object = {}): Promise<string> => {
      const { body } = await post('/service', { ...newService(user_id), ...facts });
      return String(body['data']?.['id']);
    },
    /** As clients have it. */
    addKey: async (serviceId: string, created_by: string, name = 'a key'): Promise<string> => {
      const { body } = await post(`/service/${serviceId}/api-key`, { name, key_type: 'normal', created_by });
      return `${name}-${serviceId}-${body['data']}`;
    },
    /** Who the API takes the owner of a key for. */
    whoami: (key: string) =>
      request('GET', '/whoami', { token: tokenOf({ iss: key.slice(-73, -37) }, key.slice(-36)) }),
    stop: async () => {
      await server.close();
      await broker.stop();
      await bench.runtime.stop(1000);
      await threads.close();
      files.remove();
      await database.drop();
    },
  };
}

/** A broker as the program makes it, without a log. */
export function testBroker(name: string, natsUrl: string | null): ServiceBroker {
  const options = brokerOptions({ NATS_URL: natsUrl, NOTIFY_ENVIRONMENT: 'test' }, name, pino({ level: 'silent' }));
  return new ServiceBroker({ ...options, logger: false });
}

export function newService(user_id: string) {
  const unique = randomUUID();
  return {
    user_id,
    created_by: user_id,
    name: `Service ${unique}`,
    email_from: `service.${unique}`,
    message_limit: 50,
    restricted: true,
    organisation_type: 'local',
  };
}

export function adminToken(claims: object = {}, secret: string = SECRETS[0]): string {
  return tokenOf({ iss: ADMIN, ...claims }, secret);
}

export function tokenOf(claims: object, secret: string, header: object = { typ: 'JWT', alg: 'HS256' }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part({ iat: Math.floor(Date.now() / 1000), ...claims })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

export function plain(message: unknown): object {
  return { result: 'error', message };
}
