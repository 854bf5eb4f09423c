import type { ClientOptions, Closable, SmsProvider } from './provider.ts';
import { smsApi } from './sms-api.ts';

export type MmgOptions = ClientOptions & {
  url: string;
  /** Sent verbatim after `Basic `. */
  apiKey: string;
  /** Where MMG posts receipts, credentials included. Absent or null: the address of the MMG account. */
  receiptUrl?: string | null;
};

/** MMG's JSON API (workflows 3.1). The reply's content is not used: receipts carry our own reference. */
export function mmgProvider(options: MmgOptions): SmsProvider & Closable {
  const api = smsApi(options.url, options);
  const headers = { authorization: `Basic ${options.apiKey}`, 'content-type': 'application/json' };
  const receipts = options.receiptUrl ? { delurl: options.receiptUrl } : {};
  return {
    name: 'mmg',
    supportsInternational: true,
    close: api.close,
    send: async ({ to, content, sender, reference }) => {
      const message = { reqType: 'BULK', MSISDN: to, msg: content, sender, cid: reference, multi: true, ...receipts };
      const answer = await api.post(headers, JSON.stringify(message));
      return answer.outcome === 'failed' ? answer : { outcome: 'accepted', providerReference: null };
    },
  };
}
