import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { apiAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';

/** Starts the sandbox, whose receipts come to our API with the credentials that it asks for. */
export async function openSandbox(config: Config, log: Logger): Promise<Sandbox> {
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o755 });
  const credentials = config.MMG_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS;
  const api = new URL(apiAddress(config));
  if (credentials) Object.assign(api, { username: credentials.user, password: credentials.password });
  return startSandbox({
    port: config.SANDBOX_PORT,
    apiUrl: api.href.replace(/\/$/, ''),
    inboundLogins: {
      mmg: `${config.MMG_INBOUND_SMS_USERNAME[0]}:${config.MMG_INBOUND_SMS_AUTH[0]}`,
      firetext: `notify:${config.FIRETEXT_INBOUND_SMS_AUTH[0]}`,
    },
    journalFile: path.join(config.DATA_DIR, 'sandbox-receipts.jsonl'),
    logger: log,
  });
}
