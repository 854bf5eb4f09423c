import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sandboxAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import { type DemoService, ensureDemoService, setCallback } from '../db/demo-service.ts';
import type { App } from './app.ts';

const CALLBACK_TOKEN = 'demo-callback-token';

/**
 * Makes the demo service, once, and writes what scripts need to `demo.json` in the data directory. Its callbacks go to
 * the sandbox's receiver.
 */
export async function prepareDemo(app: App, config: Config): Promise<DemoService> {
  const demo = await ensureDemoService(app.orm, app.box);
  const receiver = `${sandboxAddress(config)}/webhook`;
  for (const type of ['delivery_status', 'complaint', 'inbound_sms', 'returned_letter'] as const) {
    await setCallback(app.orm, app.box, demo.serviceId, type, receiver, CALLBACK_TOKEN);
  }
  const file = path.join(config.DATA_DIR, 'demo.json');
  const content = {
    api_url: app.apiUrl,
    service_id: demo.serviceId,
    api_keys: demo.apiKeys,
    templates: demo.templates,
  };
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o755 });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return demo;
}
