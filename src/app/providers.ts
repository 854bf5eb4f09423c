import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { SendMeter } from '../metrics/send-meter.ts';
import { firetextProvider } from '../providers/firetext.ts';
import { loggedEmailProvider, loggedSmsProvider } from '../providers/logged-provider.ts';
import { mmgProvider } from '../providers/mmg.ts';
import type { Closable, EmailProvider, SmsProvider } from '../providers/provider.ts';
import { reachProvider } from '../providers/reach.ts';
import { sesProvider } from '../providers/ses.ts';

export type Providers = {
  sms: ReadonlyMap<string, SmsProvider>;
  email: ReadonlyMap<string, EmailProvider>;
  close(): Promise<void>;
};

/** The providers' clients. In development, one without an address is played by the sandbox at `sandboxUrl`. */
export function openProviders(
  config: Config,
  sandboxUrl: string | null,
  meter: Pick<SendMeter, 'provider'>,
  log: Logger,
): Providers {
  const sms: (SmsProvider & Closable)[] = [];
  const mmg = config.MMG_URL ?? (sandboxUrl && `${sandboxUrl}/mmg`);
  if (mmg) sms.push(mmgProvider({ url: mmg, apiKey: config.MMG_API_KEY, receiptUrl: config.MMG_RECEIPT_URL }));
  const firetext = config.FIRETEXT_URL ?? (sandboxUrl && `${sandboxUrl}/firetext`);
  if (firetext) {
    sms.push(
      firetextProvider({
        url: firetext,
        apiKey: config.FIRETEXT_API_KEY,
        internationalApiKey: config.FIRETEXT_INTERNATIONAL_API_KEY,
        receiptUrl: config.FIRETEXT_RECEIPT_URL,
      }),
    );
  }
  const reach = config.REACH_URL ?? (sandboxUrl && `${sandboxUrl}/reach`);
  if (reach) sms.push(reachProvider({ url: reach }));
  const ses = sesProvider({
    region: config.AWS_REGION,
    endpoint: config.SES_ENDPOINT ?? sandboxUrl,
    credentials: sesCredentials(config, sandboxUrl),
  });
  return {
    sms: new Map(sms.map((provider) => [provider.name, loggedSmsProvider(meter.provider(provider), log)])),
    email: new Map([[ses.name, loggedEmailProvider(meter.provider(ses), log)]]),
    close: async () => {
      await Promise.all([...sms, ses].map((provider) => provider.close()));
    },
  };
}

function sesCredentials(config: Config, sandboxUrl: string | null) {
  if (config.AWS_ACCESS_KEY_ID && config.AWS_SECRET_ACCESS_KEY) {
    return { accessKeyId: config.AWS_ACCESS_KEY_ID, secretAccessKey: config.AWS_SECRET_ACCESS_KEY };
  }
  const isSandbox = sandboxUrl !== null && config.SES_ENDPOINT === null;
  return isSandbox ? { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } : null;
}
