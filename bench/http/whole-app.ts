import { openApp } from '../../src/app/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { ensureDemoService } from '../../src/db/demo-service.ts';
import { pgPool } from '../../src/db/orm.ts';
import { createLog } from '../../src/log.ts';
import type { Target } from './target.ts';

/** High enough to be counted and never reached. */
const RAISED_LIMIT = 1_000_000_000;

/**
 * This project: authentication, limits, validation, rendering, a durable accept, and sending to the stub provider while
 * more requests come.
 */
export const wholeApp: Target = async ({ connection, providerUrl }) => {
  const { host, port, user, database } = connection;
  const config = readConfig({
    DATABASE_URL: `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`,
    PORT: '0',
    SERVICES: 'api,delivery,callbacks',
    MMG_URL: providerUrl,
    FIRETEXT_URL: providerUrl,
  });
  const app = await openApp(config, createLog(config.LOG_LEVEL), () => {});
  const demo = await ensureDemoService(app.orm, app.box);
  const pool = await pgPool(app.orm);
  const raised = `rate_limit = ${RAISED_LIMIT}, message_limit = ${RAISED_LIMIT}, sms_message_limit = ${RAISED_LIMIT}`;
  await pool.query(`update services set ${raised} where id = $1`, [demo.serviceId]);
  if (!app.apiUrl) throw new Error('The API does not run');
  return { url: app.apiUrl, apiKey: demo.apiKeys.normal, templateId: demo.templates.sms };
};
