import { Agent, request } from 'undici';
import type { Closable } from './provider.ts';
import { isSnsUrl } from './sns-address.ts';

/** Milliseconds for one fetch from SNS. */
const DEFAULT_TIMEOUT_MS = 5_000;
/** SNS uses a handful of certificates a year; more than these are somebody guessing addresses. */
const MAX_CERTIFICATES = 32;
/** Bytes. A certificate has about two thousand. */
const MAX_RESPONSE_BYTES = 65_536;

export type SnsClient = Closable & {
  /** The certificate at this address as PEM, kept for good once fetched. Rejects when it cannot be had. */
  certificate(url: string): Promise<string>;
  /** Fetches the address that a subscription confirmation names; rejects on anything but a 2xx. Safe to repeat. */
  confirmSubscription(subscribeUrl: string): Promise<void>;
};

/** GETs from SNS, and from nowhere else but the extra origins; redirects are not followed. */
export function snsClient(options: { extraOrigins: readonly string[]; timeoutMs?: number }): SnsClient {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const dispatcher = new Agent({ connections: 4, maxResponseSize: MAX_RESPONSE_BYTES });
  const certificates = new Map<string, Promise<string>>();

  const get = async (url: string): Promise<string> => {
    if (!isSnsUrl(url, options.extraOrigins)) throw new Error('address is not SNS');
    const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(timeoutMs) });
    const text = await body.text();
    if (statusCode < 200 || statusCode > 299) throw new Error(`SNS answered ${statusCode}`);
    return text;
  };

  return {
    certificate: (url) => {
      const known = certificates.get(url);
      if (known !== undefined) return known;
      if (certificates.size >= MAX_CERTIFICATES) certificates.clear();
      const fetched = get(url);
      certificates.set(url, fetched);
      fetched.catch(() => certificates.delete(url));
      return fetched;
    },
    confirmSubscription: async (subscribeUrl) => {
      await get(subscribeUrl);
    },
    close: () => dispatcher.destroy(),
  };
}
