import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { openProviders } from '../../src/app/providers.ts';
import { readConfig } from '../../src/config/config.ts';
import { sendMeter } from '../../src/metrics/send-meter.ts';
import { httpRecorder } from '../sandbox/http-recorder.ts';
import { smsTo } from '../sandbox/requests.ts';

test('providers are told where receipts go, where that is configured', async () => {
  const server = await httpRecorder((response) => response.end('{"code": 0}'));
  const url = (name: string) => `https://user:secret@api.example/notifications/sms/${name}`;
  const config = readConfig({
    MMG_URL: server.url,
    FIRETEXT_URL: server.url,
    MMG_RECEIPT_URL: url('mmg'),
    FIRETEXT_RECEIPT_URL: url('firetext'),
  });
  const providers = openProviders(config, null, sendMeter(new Registry()), pino({ level: 'silent' }));
  for (const name of ['mmg', 'firetext']) await providers.sms.get(name)?.send(smsTo('447700900123'));
  const [mmg = '', firetext = ''] = server.requests.map(({ body }) => body);
  expect(JSON.parse(mmg)).toMatchObject({ delurl: url('mmg') });
  expect(new URLSearchParams(firetext).get('receipt')).toBe(url('firetext'));
  await providers.close();
  await server.stop();
});
