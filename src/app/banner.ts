import { createHmac } from 'node:crypto';
import path from 'node:path';
import type { DemoService } from '../db/demo-service.ts';

export type BannerFacts = {
  apiUrl: string;
  consoleUrl: string | null;
  sandboxUrl: string | null;
  documentsUrl: string | null;
  demo: DemoService | null;
  dataDir: string;
};

/** What a newcomer needs first: where things are, the demo's keys, and a command that sends a text. */
export function banner({ apiUrl, consoleUrl, sandboxUrl, documentsUrl, demo, dataDir }: BannerFacts): string {
  const lines = ['', `  API       ${apiUrl}`];
  if (consoleUrl) lines.push(`  Console   ${consoleUrl}`);
  if (sandboxUrl) lines.push(`  Sandbox   ${sandboxUrl}   (plays the providers; shows what was "sent")`);
  if (documentsUrl) lines.push(`  Documents ${documentsUrl}   (where recipients download files sent by email)`);
  if (demo) {
    lines.push(
      '',
      `  Demo service ${demo.serviceId}, also in ${path.join(dataDir, 'demo.json')}`,
      `    live key  ${demo.apiKeys.normal}`,
      `    team key  ${demo.apiKeys.team}`,
      `    test key  ${demo.apiKeys.test}`,
      `    templates sms ${demo.templates.sms}, email ${demo.templates.email}, letter ${demo.templates.letter}`,
      '',
      '  Send a text, from this folder:',
      '',
      curl(apiUrl, demo),
    );
  }
  return `${lines.join('\n')}\n`;
}

function curl(apiUrl: string, demo: DemoService): string {
  const body = JSON.stringify({
    phone_number: '07700900001',
    template_id: demo.templates.sms,
    personalisation: { name: 'Sam' },
  });
  return `  curl -s ${apiUrl}/v2/notifications/sms -H "Authorization: Bearer $(npm run --silent token)" -d '${body}'`;
}

/** A token as the official clients make it, from a key as they take it. Source: public-api 1.1 and 1.2. */
export function tokenOf(apiKey: string, now = Date.now()): string {
  const secret = apiKey.slice(-36);
  const serviceId = apiKey.slice(-73, -37);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ iss: serviceId, iat: Math.floor(now / 1000) })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
