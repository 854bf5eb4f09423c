import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceBroker } from 'moleculer';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { apiService } from '../../services/api.service.ts';
import { inboundService } from '../../services/inbound.service.ts';
import { notificationsService } from '../../services/notifications.service.ts';
import { receiptsService } from '../../services/receipts.service.ts';
import { statusService } from '../../services/status.service.ts';
import { templatesService } from '../../services/templates.service.ts';
import { LETTER } from '../actors/letter.ts';
import { NOTIFICATION } from '../actors/notification.ts';
import { SERVICE_CALLBACK } from '../actors/service-callback.ts';
import { precompiledTemplate } from '../commands/precompiled-template.ts';
import { recordUnsubscribeRequest } from '../commands/record-unsubscribe-request.ts';
import { sendEmail } from '../commands/send-email.ts';
import { sendLetter } from '../commands/send-letter.ts';
import { sendPrecompiledLetter } from '../commands/send-precompiled-letter.ts';
import { sendSms } from '../commands/send-sms.ts';
import { startCallback } from '../commands/start-callback.ts';
import { apiAddress, documentsAddress, sandboxAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import { urlToken } from '../content/url-tokens.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { CheckFile } from '../documents/check-file.ts';
import type { UploadDocument } from '../documents/upload-document.ts';
import { adminRoutes } from '../http/admin/routes.ts';
import { httpApp } from '../http/app.ts';
import { metricsRoute } from '../http/get-metrics.ts';
import { apiRoutes } from '../http/routes.ts';
import { httpServer } from '../http/server.ts';
import type { AdminActions } from '../messages/admin.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { typedCall } from '../moleculer.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { verifySns } from '../providers/sns.ts';
import { snsClient } from '../providers/sns-client.ts';
import { getLetterPdf } from '../queries/get-letter-pdf.ts';
import { getNotification } from '../queries/get-notification.ts';
import { getLegacyNotification, listLegacyNotifications } from '../queries/legacy-notifications.ts';
import { letterRates } from '../queries/letter-rates.ts';
import { listNotifications } from '../queries/list-notifications.ts';
import { listReceivedTexts } from '../queries/list-received-texts.ts';
import { previewTemplate } from '../queries/preview-template.ts';
import { smsRates } from '../queries/sms-rates.ts';
import { countLive, readStatus } from '../queries/status.ts';
import { getTemplate, listTemplates } from '../queries/templates.ts';
import { SANDBOX_TOPIC_ARN } from '../sandbox/sns-topic.ts';
import { emailRendering } from '../threads/email-rendering.ts';
import type { Threads } from '../threads/threads.ts';
import { ADMIN_SUBJECTS, adminClient, administrationActors } from './administration.ts';
import type { Engine } from './engine.ts';
import { letterTokens } from './letters.ts';
import { openLimits } from './limits.ts';

export type ApiParts = {
  config: Config;
  broker: ServiceBroker;
  orm: MikroORM;
  pool: Pool;
  box: SecretBox;
  directory: Directory;
  /** Where letters are kept. */
  store: ObjectStore;
  engine: Engine;
  uploadDocument: UploadDocument;
  checkFile: CheckFile;
  threads: Threads;
  metrics: Metrics;
  log: Logger;
};

const REQUEST_TIMEOUT_MS = 30_000;
const STARTUP_MS = 10_000;
const POLL_MS = 10;

/** Starts the HTTP API and the actors that it calls. */
export async function startApi(parts: ApiParts): Promise<{ url: string; close(): Promise<void> }> {
  const { config, broker, orm, pool, box, directory, store, metrics, log } = parts;
  const { clock, runtime, receipts } = parts.engine;
  const { limits, close: closeLimits } = await openLimits({ config, pool, clock, meter: metrics.limits, log });
  const secrets = { secretKey: config.SECRET_KEY.split(','), salt: config.DANGEROUS_SALT };
  const views = {
    pool,
    box,
    directory,
    smsRates: smsRates(pool),
    letterRates: letterRates(pool),
    unsubscribeUrl: (id: string, recipient: string) =>
      `${apiAddress(config)}/unsubscribe/${id}/${urlToken(recipient, secrets)}`,
  };
  const sending = {
    directory,
    limits,
    box,
    startNotification: async (id: string, input: object, request: object) => {
      await runtime.start(NOTIFICATION, id, input, request);
    },
    now: () => clock.now(),
    log,
  };
  const letters = {
    directory,
    box,
    startLetter: async (id: string, input: object, request: object) => {
      await runtime.start(LETTER, id, input, request);
    },
    fakesDelivery: config.TEST_LETTERS_FAKE_DELIVERY,
    now: () => clock.now(),
    log,
  };
  const { renderEmailBody } = emailRendering(parts.threads);
  const files = {
    store,
    documentsUrl: documentsAddress(config),
    uploadDocument: parts.uploadDocument,
    adminBaseUrl: config.ADMIN_BASE_URL,
  };
  const sandbox = sandboxAddress(config);
  const extraOrigins = sandbox ? [sandbox] : [];
  const sns = snsClient({ extraOrigins });
  const trusted = {
    certificate: sns.certificate,
    extraOrigins,
    topicArns: [...config.SNS_TOPIC_ARNS, ...(sandbox ? [SANDBOX_TOPIC_ARN] : [])],
  };

  for (const schema of [
    notificationsService({
      sendSms: sendSms({ ...sending, fromNumber: config.FROM_NUMBER }),
      sendEmail: sendEmail({ ...sending, ...files, emailDomain: config.NOTIFY_EMAIL_DOMAIN }),
      sendLetter: sendLetter(letters),
      sendPrecompiledLetter: sendPrecompiledLetter({ ...letters, store, template: precompiledTemplate(pool) }),
      get: getNotification(views),
      getPdf: getLetterPdf({ pool, directory, store, log }),
      list: listNotifications(views),
      getLegacy: getLegacyNotification(views),
      listLegacy: listLegacyNotifications(views),
      unsubscribe: recordUnsubscribeRequest({ pool, secrets }),
    }),
    inboundService({
      recordSms: receipts.recordInboundSms,
      listTexts: listReceivedTexts({ pool, box, directory }),
    }),
    receiptsService(receipts),
    templatesService({
      get: getTemplate({ directory }),
      list: listTemplates({ pool }),
      preview: previewTemplate({ directory, renderEmailBody }),
    }),
    statusService({ read: readStatus(pool), countLive: countLive(pool) }),
    ...administrationActors({
      config,
      broker,
      orm,
      pool,
      directory,
      sending: { ...sending, ...files },
      threads: parts.threads,
      checkFile: parts.checkFile,
      store,
      letters: {
        ...letters,
        returnLetter: (id) => runtime.send(LETTER, id, { type: 'letter.returned' }),
        cancelLetter: async (id) =>
          (await runtime.send(LETTER, id, { type: 'cancellation.asked' })).outcome === 'accepted',
        startCallback: startCallback({
          directory,
          box,
          start: (id, input) => runtime.start(SERVICE_CALLBACK, id, input),
        }),
      },
    }),
  ]) {
    broker.createService(schema);
  }

  let port = config.PORT;
  const service = broker.createService(
    apiService(
      {
        server: (call) =>
          httpServer(
            httpApp({ directory, log, now: () => clock.now(), timeoutMs: REQUEST_TIMEOUT_MS, meter: metrics.http }, [
              ...apiRoutes({
                call,
                limits,
                log,
                sns: { verify: (body) => verifySns(body, trusted), confirmSubscription: sns.confirmSubscription },
                letterOf: letterTokens(config).letterOf,
                receiptCredentials: {
                  mmg: config.MMG_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS,
                  firetext: config.FIRETEXT_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS,
                },
                inboundCredentials: inboundCredentials(config),
                takesReachReceipts: !config.isLive,
                hasLegacyRoutes: config.API_V1_ENABLED,
                build: {
                  gitCommit: process.env['GIT_COMMIT'] ?? 'unknown',
                  buildTime: process.env['BUILD_TIME'] ?? 'unknown',
                },
              }),
              ...adminRoutes({
                call: typedCall<AdminActions>(broker),
                client: adminClient(config),
                callbacksNeedHttps: config.isLive,
              }),
              ...(config.API_METRICS_ENABLED ? [metricsRoute(metrics.read)] : []),
            ]),
            { port: config.PORT, host: config.HOST },
          ),
        onListening: (listening) => {
          port = listening;
        },
      },
      broker,
    ),
  );
  await broker.waitForServices(
    ['api', 'notifications', 'inbound', 'receipts', 'templates', 'status', ...ADMIN_SUBJECTS],
    STARTUP_MS,
    POLL_MS,
  );
  return {
    url: `http://${config.HOST}:${port}`,
    close: async () => {
      await broker.destroyService(service);
      await sns.close();
      await closeLimits();
    },
  };
}

/** Firetext has one user name. Source: public-api 5.6. */
function inboundCredentials(config: Config) {
  return {
    mmg: { users: config.MMG_INBOUND_SMS_USERNAME, passwords: config.MMG_INBOUND_SMS_AUTH },
    firetext: { users: ['notify'], passwords: config.FIRETEXT_INBOUND_SMS_AUTH },
  };
}
