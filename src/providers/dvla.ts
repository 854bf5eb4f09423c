import { Agent, request } from 'undici';
import { dvlaAddress } from './dvla-address.ts';
import { fieldsOf, parseJson, textField } from './fields.ts';
import type { LetterPrinter, PrintAnswer, PrintJob, PrintPostage } from './letter-printer.ts';
import { type ClientOptions, type Closable, DEFAULT_TIMEOUT_MS } from './provider.ts';

export type DvlaOptions = ClientOptions & { url: string; userName: string; password: string; apiKey: string };

/** A token is used until so long before it ends. Milliseconds. */
const TOKEN_MARGIN_MS = 60_000;
const CONNECTIONS = 16;
/** Bytes of an answer that are read. */
const MAX_RESPONSE_BYTES = 65_536;
/** Seconds in which the printer repeats its callback. */
const CALLBACK_WINDOW_S = 10_800;

/** Second class is what the printer uses when it is told nothing. */
const DESPATCH: Readonly<Record<PrintPostage, string | null>> = {
  first: 'FIRST',
  second: null,
  economy: 'ECONOMY',
  europe: 'INTERNATIONAL_EU',
  'rest-of-world': 'INTERNATIONAL_ROW',
};

type Token = { text: string; endsAt: number };
type Reply = { status: number; body: unknown };

/** DVLA's print API (letters-broadcasts 6.12). A second hand-over of a letter is answered as known. */
export function dvlaPrinter(options: DvlaOptions): LetterPrinter & Closable {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const dispatcher = new Agent({ connections: CONNECTIONS, maxResponseSize: MAX_RESPONSE_BYTES });
  let token: Token | null = null;

  const post = async (path: string, headers: Record<string, string>, body: object): Promise<Reply> => {
    const response = await request(`${options.url}${path}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.statusCode, body: parseJson(await response.body.text()) };
  };

  const validToken = async (): Promise<string | null> => {
    if (token && token.endsAt - TOKEN_MARGIN_MS > Date.now()) return token.text;
    const { userName, password } = options;
    const reply = await post('/thirdparty-access/v1/authenticate', {}, { userName, password });
    const text = textField(fieldsOf(reply.body), 'id-token');
    token = reply.status === 200 && text !== null ? { text, endsAt: endOf(text) } : null;
    return token?.text ?? null;
  };

  return {
    name: 'dvla',
    close: () => dispatcher.destroy(),
    print: async (job) => {
      try {
        const authorization = await validToken();
        if (authorization === null) return { outcome: 'try-later', reason: 'Authentication failed' };
        const headers = { authorization, 'x-api-key': options.apiKey };
        const { status } = await post('/print-request/v1/print/jobs', headers, jobBody(job));
        if (status === 401 || status === 403) token = null;
        return answerOf(status);
      } catch (error) {
        return { outcome: 'try-later', reason: errorCode(error) };
      }
    },
  };
}

function answerOf(status: number): PrintAnswer {
  if (status >= 200 && status < 300) return { outcome: 'accepted', wasKnown: false };
  if (status === 409) return { outcome: 'accepted', wasKnown: true };
  const mayPass = status === 429 || status === 401 || status === 403 || status >= 500;
  return { outcome: mayPass ? 'try-later' : 'refused', reason: `HTTP ${status}` };
}

function jobBody({ notificationId, reference, addressLines, postage, serviceId, organisationId, ...job }: PrintJob) {
  const despatchMethod = DESPATCH[postage];
  return {
    id: notificationId,
    standardParams: {
      jobType: 'NOTIFY',
      templateReference: 'NOTIFY',
      businessIdentifier: reference,
      ...dvlaAddress(addressLines),
      ...(despatchMethod === null ? {} : { despatchMethod }),
    },
    customParams: [
      { key: 'pdfContent', value: Buffer.from(job.pdf).toString('base64') },
      { key: 'organisationIdentifier', value: organisationId ?? '' },
      { key: 'serviceIdentifier', value: serviceId },
    ],
    callbackParams: {
      target: job.callbackUrl,
      retryParams: { enabled: true, maxRetryWindow: CALLBACK_WINDOW_S },
    },
  };
}

/** When a JWT ends, in milliseconds since the epoch; 0 where it does not say so. */
function endOf(jwt: string): number {
  const [, claims = ''] = jwt.split('.');
  const { exp } = fieldsOf(parseJson(Buffer.from(claims, 'base64url').toString()));
  return typeof exp === 'number' ? exp * 1000 : 0;
}

/** A short name for what went wrong: a system code where there is one, else the error's class. Holds no data. */
function errorCode(error: unknown): string {
  const fields = fieldsOf(error);
  return textField(fields, 'code') ?? textField(fields, 'name') ?? 'unknown';
}
