import autocannon, { type Request, type Result } from 'autocannon';
import { tokenOf } from '../../src/app/banner.ts';
import type { Ready } from './served.ts';

const CONNECTIONS = 100;
/** Any key and template: servers that do not check them are sent the same bytes. */
const ANY_KEY = `bench-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}-${'1'.repeat(8)}-0000-4000-8000-${'1'.repeat(12)}`;
const ANY_TEMPLATE = '00000000-0000-4000-8000-000000000000';
const TOKEN_MS = 1000;
/** With the rest about 1 KB on the wire, and just under what a text may hold. */
const NAME = 'A'.repeat(780);

/** Posts texts over 100 connections for `seconds`, as an official client would: a token is as old as its second. */
export async function postTexts(ready: Ready, seconds: number): Promise<Result> {
  const key = ready.apiKey ?? ANY_KEY;
  const body = JSON.stringify({
    phone_number: '07900900123',
    template_id: ready.templateId ?? ANY_TEMPLATE,
    personalisation: { name: NAME },
    reference: 'bench',
  });
  let madeAt = 0;
  let authorization = '';
  const setupRequest = (request: Request): Request => {
    const now = Date.now();
    if (now - madeAt >= TOKEN_MS) {
      madeAt = now;
      authorization = `Bearer ${tokenOf(key, now)}`;
    }
    return { ...request, headers: { ...request.headers, authorization } };
  };
  const headers = { 'content-type': 'application/json' };
  const result = await autocannon({
    url: ready.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method: 'POST', path: '/v2/notifications/sms', headers, body, setupRequest }],
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} requests failed, ${result['2xx']} did not`);
  return result;
}
