import { createHmac } from 'node:crypto';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { recordComplaint } from '../../src/commands/record-complaint.ts';
import { recordInboundSms } from '../../src/commands/record-inbound-sms.ts';
import { matchParkedReceipts, recordSesEvent } from '../../src/commands/record-ses-event.ts';
import { recordSmsReceipt } from '../../src/commands/record-sms-receipt.ts';
import { recordUnsubscribeRequest } from '../../src/commands/record-unsubscribe-request.ts';
import { sendEmail } from '../../src/commands/send-email.ts';
import { sendLetter } from '../../src/commands/send-letter.ts';
import { sendPrecompiledLetter } from '../../src/commands/send-precompiled-letter.ts';
import { sendSms } from '../../src/commands/send-sms.ts';
import { startCallback } from '../../src/commands/start-callback.ts';
import { emailBodyHtml } from '../../src/content/email.ts';
import { secretBox } from '../../src/crypto/secret-box.ts';
import { cachedDirectory, databaseDirectory } from '../../src/db/cached-directory.ts';
import { ensureDemoService } from '../../src/db/demo-service.ts';
import { loadServiceCallbackCalls } from '../../src/db/service-callback-calls.ts';
import { callbackAgent } from '../../src/effects/callback-agent.ts';
import { CALLBACK_TIMEOUT_MS, postCallback } from '../../src/effects/post-callback.ts';
import { httpApp } from '../../src/http/app.ts';
import { apiRoutes, type RouteParts } from '../../src/http/routes.ts';
import { httpServer } from '../../src/http/server.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import type { Actions, Call } from '../../src/messages.ts';
import { findByReference } from '../../src/queries/find-by-reference.ts';
import { fragmentCount } from '../../src/queries/fragment-count.ts';
import { getLetterPdf } from '../../src/queries/get-letter-pdf.ts';
import { getNotification } from '../../src/queries/get-notification.ts';
import { getLegacyNotification, listLegacyNotifications } from '../../src/queries/legacy-notifications.ts';
import { letterRates } from '../../src/queries/letter-rates.ts';
import { listNotifications } from '../../src/queries/list-notifications.ts';
import { listReceivedTexts } from '../../src/queries/list-received-texts.ts';
import { parkedReceipts } from '../../src/queries/parked-receipts.ts';
import { previewTemplate } from '../../src/queries/preview-template.ts';
import { smsRates } from '../../src/queries/sms-rates.ts';
import { countLive, readStatus } from '../../src/queries/status.ts';
import { getTemplate, listTemplates } from '../../src/queries/templates.ts';
import { documentsBench, PAGES_URL } from '../documents/bench.ts';
import { letterBench } from '../letters/letter-bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { notificationBench } from '../support/notification-bench.ts';
import { recordingLog } from './recording-log.ts';
import { addTemplate } from './set-up.ts';

/** What tests read of bodies; the rest is compared as a whole. */
export type ReplyBody = {
  id: string;
  content: { body: string };
  notifications: { id: string; reference: string | null }[];
  templates: { id: string; name: string }[];
  links: { current: string; next?: string };
  errors: { error: string; message: string }[];
};
export type Reply = { status: number; body: ReplyBody; headers: Headers };
export type ApiBench = Awaited<ReturnType<typeof startApi>>;

/** What unsubscribe links are made with. */
export const UNSUBSCRIBE_SECRETS = { secretKey: 'a secret key', salt: 'some salt' };

export type ApiOptions = Partial<
  Pick<RouteParts, 'receiptCredentials' | 'takesReachReceipts' | 'hasLegacyRoutes' | 'sns'>
> & {
  timeoutMs?: number;
};

/** The whole API on a real database and a real port, without a broker; the demo service is set up. */
export async function startApi(options: ApiOptions = {}) {
  const database = await createTestDatabase();
  const { pool, orm } = database;
  const box = secretBox(['a test secret']);
  const demo = await ensureDemoService(orm, box);
  const directory = cachedDirectory(databaseDirectory(pool, box), { ttlMs: 0 });
  const log = recordingLog();
  const callbacks = callbackAgent({ timeoutMs: CALLBACK_TIMEOUT_MS, publicOnly: false });
  const noop = () => {};
  const bench = notificationBench(pool, {
    serviceCallbacks: {
      postCallback: postCallback(callbacks, log),
      announcements: { announceSuccess: noop, announceRefusal: noop, announceExhaustion: noop },
      loadCalls: (ids) => loadServiceCallbackCalls(pool, box, ids),
    },
  });
  const callback = startCallback({ directory, box, start: bench.startServiceCallback });
  const now = Date.now;
  const files = documentsBench(pool);
  const letters = letterBench({ pool, box, directory, log });
  const limits = memoryLimits({ now });
  const receipts: { metrics: string[] } = { metrics: [] };
  /** A test may put something else in an action's place. */
  const stage: { overrides: Partial<Record<keyof Actions, () => Promise<never>>> } = { overrides: {} };

  const sendParts = {
    directory,
    limits,
    box,
    startNotification: async (
      ...[id, input, request]: Parameters<Parameters<typeof sendSms>[0]['startNotification']>
    ) => {
      await bench.runtime.start(NOTIFICATION, id, input, request);
    },
    now,
    log,
    fromNumber: 'GOVUK',
    emailDomain: 'notify.tools',
    adminBaseUrl: 'https://admin.example',
    documentsUrl: PAGES_URL,
    uploadDocument: files.upload,
    store: files.store,
  };
  const viewParts = {
    pool,
    box,
    directory,
    smsRates: smsRates(pool),
    letterRates: letterRates(pool),
    unsubscribeUrl: (id: string, recipient: string) => `https://api.example/unsubscribe/${id}/${recipient}`,
  };
  const receiptParts = {
    send: bench.send,
    now,
    log,
    metrics: {
      receiptRecorded: (provider: string, status: string) => {
        receipts.metrics.push(`${provider}.${status}`);
      },
    },
  };
  const sesParts = {
    ...receiptParts,
    findByReference: findByReference(pool),
    parked: parkedReceipts(pool),
    recordComplaint: recordComplaint({ pool, startCallback: callback }),
  };
  const recordSms = recordSmsReceipt({
    ...receiptParts,
    fragmentCount: fragmentCount({ pool, box, directory, clock: bench.clock }),
  });
  const recordSes = recordSesEvent(sesParts);

  const actions: { [Name in keyof Actions]: (params: Actions[Name]['params']) => Promise<Actions[Name]['result']> } = {
    'notifications.sendSms': sendSms(sendParts),
    'notifications.sendEmail': sendEmail(sendParts),
    'notifications.sendLetter': sendLetter(letters.sending),
    'notifications.sendPrecompiledLetter': sendPrecompiledLetter(letters.sending),
    'notifications.get': getNotification(viewParts),
    'notifications.getPdf': getLetterPdf({ pool, directory, store: letters.store, log }),
    'notifications.list': listNotifications(viewParts),
    'notifications.getLegacy': getLegacyNotification(viewParts),
    'notifications.listLegacy': listLegacyNotifications(viewParts),
    'notifications.unsubscribe': recordUnsubscribeRequest({ pool, secrets: UNSUBSCRIBE_SECRETS }),
    'inbound.recordSms': recordInboundSms({ pool, box, directory, startCallback: callback, now, log }),
    'inbound.listTexts': listReceivedTexts({ pool, box, directory }),
    'templates.get': getTemplate({ directory }),
    'templates.list': listTemplates({ pool }),
    'templates.preview': previewTemplate({ directory, renderEmailBody: emailBodyHtml }),
    'receipts.recordSms': ({ receipt }) => recordSms(receipt),
    'receipts.recordPrintStatus': ({ status }) => letters.recordPrintStatus(status),
    'receipts.recordSes': ({ event }) => recordSes(event),
    'status.read': readStatus(pool),
    'status.countLive': countLive(pool),
  };
  // What crosses the bus is JSON: whatever is not would be lost here too.
  const call: Call = async (action, params) =>
    stage.overrides[action]?.() ??
    JSON.parse(JSON.stringify(await actions[action](JSON.parse(JSON.stringify(params)))));

  const routeParts: RouteParts = {
    call,
    limits,
    log,
    sns: options.sns ?? {
      verify: async () => ({ outcome: 'refused', reason: 'no SNS in this test' }),
      confirmSubscription: async () => {},
    },
    receiptCredentials: options.receiptCredentials ?? { mmg: null, firetext: null },
    letterOf: letters.letterOf,
    inboundCredentials: {
      mmg: { users: ['mmg', 'mmg2'], passwords: ['secret one', 'secret:two'] },
      firetext: { users: ['notify'], passwords: ['fire'] },
    },
    takesReachReceipts: options.takesReachReceipts ?? true,
    hasLegacyRoutes: options.hasLegacyRoutes ?? false,
    build: { gitCommit: 'abc123', buildTime: '2026-11-01T00:00:00Z' },
  };
  const routes = apiRoutes(routeParts);
  const app = httpApp({ directory, log, now, timeoutMs: options.timeoutMs ?? 30_000 }, routes);
  const server = httpServer(app, { port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${await server.listen()}`;
  letters.apiUrl = url;

  /** Sends exactly what is given; without a key, nothing about authentication. */
  const request = async (
    method: string,
    path: string,
    { key, body, headers = {} }: { key?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${tokenFor(key)}` }), ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text !== '' && isJson(response) ? JSON.parse(text) : text || null) as ReplyBody,
      headers: response.headers,
    };
  };

  const templates = {
    sms: await addTemplate(orm, {
      templateType: 'sms',
      content: 'Hello ((name)), your appointment is on ((date)).',
    }),
    email: await addTemplate(orm, {
      templateType: 'email',
      subject: 'Your visit - ((date))',
      content: 'Dear ((name))\n\nBring: ((things))',
    }),
  };

  return Object.assign(stage, {
    ...database,
    templates,
    actions,
    routeParts,
    box,
    demo,
    url,
    log,
    limits,
    files,
    bench,
    letters,
    receipts,
    directory,
    request,
    recordSms,
    recordSes,
    startCallback: callback,
    matchParked: matchParkedReceipts(sesParts),
    get: (path: string, key: string = demo.apiKeys.normal) => request('GET', path, { key }),
    post: (path: string, body: unknown, key: string = demo.apiKeys.normal) => request('POST', path, { key, body }),
    stop: async () => {
      await server.close();
      await bench.runtime.stop(1000);
      await letters.stop();
      files.remove();
      await callbacks.close();
      await database.drop();
    },
  });
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type') === 'application/json';
}

/** A token in the clients' way, from a key in the clients' format; `claims` and `header` replace the usual ones. */
export function tokenFor(key: string, claims: object = {}, header: object = { typ: 'JWT', alg: 'HS256' }): string {
  const payload = { iss: key.slice(-73, -37), iat: Math.floor(Date.now() / 1000), ...claims };
  return signed(JSON.stringify(header), JSON.stringify(payload), key.slice(-36));
}

export function signed(header: string, payload: string, secret: string): string {
  const part = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return `${part}.${createHmac('sha256', secret).update(part).digest('base64url')}`;
}

/** The body of a v2 error with one item. */
export function v2Error(status: number, error: string, message: string): object {
  return { status_code: status, errors: [{ error, message }] };
}

/** The messages of a v2 body in which every item is a schema failure. */
export function validationErrors(...messages: string[]): object {
  return { status_code: 400, errors: messages.map((message) => ({ error: 'ValidationError', message })) };
}
