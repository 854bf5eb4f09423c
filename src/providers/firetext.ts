import { fieldsOf } from './fields.ts';
import type { ClientOptions, Closable, SmsProvider } from './provider.ts';
import { invalidResponseJson, smsApi } from './sms-api.ts';

export type FiretextOptions = ClientOptions & {
  url: string;
  apiKey: string;
  internationalApiKey: string;
  /** Where Firetext posts receipts. Absent or null: the address of the Firetext account. */
  receiptUrl?: string | null;
};

/** Firetext's form API (workflows 3.2). It answers 200 to everything; `code` 0 in the reply is the only success. */
export function firetextProvider(options: FiretextOptions): SmsProvider & Closable {
  const api = smsApi(options.url, options);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    name: 'firetext',
    supportsInternational: false,
    close: api.close,
    send: async ({ to, content, sender, reference, international }) => {
      const form = new URLSearchParams({
        apiKey: international ? options.internationalApiKey : options.apiKey,
        from: sender,
        to: to.replaceAll('+', ''),
        message: content,
        reference,
      });
      if (options.receiptUrl) form.set('receipt', options.receiptUrl);
      const answer = await api.post(headers, form.toString());
      if (answer.outcome === 'failed') return answer;
      const { code } = fieldsOf(answer.body);
      if (code === 0 || code === '0') return { outcome: 'accepted', providerReference: null };
      return typeof code === 'number' ? invalidResponseJson(`code ${code}`) : invalidResponseJson();
    },
  };
}
