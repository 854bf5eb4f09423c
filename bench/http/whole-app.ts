import { openApp } from '../../src/app/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { ensureDemoService } from '../../src/db/demo-service.ts';
import { pgPool } from '../../src/db/orm.ts';
import { createLog } from '../../src/log.ts';
import type { Target } from './target.ts';

/** High enough to be counted and never reached. */
const RAISED_LIMIT = 1_000_000_000;

/** The API as a process of its own: authentication, limits, validation, rendering, a durable accept. */
export const apiProcess: Target = (given) => app(given, 'api');

/** The same, and sending to the stub provider in the same process while more requests come. */
export const wholeApp: Target = (given) => app(given, 'api,delivery,callbacks');

async function app({ connection, providerUrl }: Parameters<Target>[0], services: string): ReturnType<Target> {
  const { host, port, user, database } = connection;
  const config = readConfig({
    DATABASE_URL: `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`,
    PORT: '0',
    SERVICES: services,
    MMG_URL: providerUrl,
    FIRETEXT_URL: providerUrl,
  });
  const opened = await openApp(config, createLog(config.LOG_LEVEL), () => {});
  const demo = await ensureDemoService(opened.orm, opened.box);
  const pool = await pgPool(opened.orm);
  const raised = `rate_limit = ${RAISED_LIMIT}, message_limit = ${RAISED_LIMIT}, sms_message_limit = ${RAISED_LIMIT}`;
  await pool.query(`update services set ${raised} where id = $1`, [demo.serviceId]);
  if (!opened.apiUrl) throw new Error('The API does not run');
  return { url: opened.apiUrl, apiKey: demo.apiKeys.normal, templateId: demo.templates.sms };
}
