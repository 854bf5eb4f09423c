import type { ClientOptions, Closable, SmsProvider } from './provider.ts';
import { smsApi } from './sms-api.ts';

export type ReachOptions = ClientOptions & { url: string };

/**
 * The third SMS provider (workflows 3.3), proof that one can be added. Reach never published a wire format: the body
 * is ours, and a 2xx with any JSON is success.
 */
export function reachProvider(options: ReachOptions): SmsProvider & Closable {
  const api = smsApi(options.url, options);
  const headers = { 'content-type': 'application/json' };
  return {
    name: 'reach',
    supportsInternational: false,
    close: api.close,
    send: async ({ to, content, sender, reference }) => {
      const answer = await api.post(headers, JSON.stringify({ to, content, sender, reference }));
      return answer.outcome === 'failed' ? answer : { outcome: 'accepted', providerReference: null };
    },
  };
}
