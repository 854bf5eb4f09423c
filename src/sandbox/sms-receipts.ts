import type { ApiPost } from './api-poster.ts';
import type { SandboxMessage } from './message-log.ts';
import type { SandboxReceipt } from './outcomes.ts';

export type SmsProviderName = Exclude<SandboxMessage['provider'], 'ses' | 'dvla'>;

type Wire = Partial<Record<SandboxReceipt, readonly (readonly [status: string, code: string])[]>>;

/** Each provider's own words for a receipt, one post an entry. A provider leaves out what it cannot say. */
const WIRE: Readonly<Record<SmsProviderName, Wire>> = {
  mmg: {
    delivered: [['3', '5']],
    'permanent-failure': [['5', '52']],
    'temporary-failure': [['4', '27']],
  },
  firetext: {
    delivered: [['0', '']],
    pending: [['2', '']],
    'permanent-failure': [['1', '101']],
    'temporary-failure': [
      ['2', ''],
      ['1', '102'],
    ],
  },
  reach: {
    delivered: [['TODO-d', '']],
    'permanent-failure': [['TODO-pf', '']],
    'temporary-failure': [['TODO-tf', '']],
  },
};

const LONDON_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The posts by which the provider reports a status, in order. */
export function smsReceiptPosts(message: SandboxMessage, status: SandboxReceipt): ApiPost[] {
  const { provider } = message;
  if (provider === 'ses' || provider === 'dvla') return [];
  return (WIRE[provider][status] ?? []).map(([word, code]) => POSTS[provider](message, word, code));
}

type ReceiptPost = (message: SandboxMessage, status: string, code: string) => ApiPost;

const JSON_TYPE = { 'content-type': 'application/json' };

const POSTS: Readonly<Record<SmsProviderName, ReceiptPost>> = {
  mmg: ({ reference, to }, status, substatus) => ({
    path: '/notifications/sms/mmg',
    headers: JSON_TYPE,
    body: JSON.stringify({
      CID: reference,
      status,
      substatus,
      MSISDN: to,
      reference: 'sandbox',
      deliverytime: LONDON_TIME.format(),
    }),
  }),
  firetext: ({ reference, to }, status, code) => ({
    path: '/notifications/sms/firetext',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      mobile: to,
      status,
      ...(code === '' ? {} : { code }),
      time: LONDON_TIME.format(),
      reference,
    }).toString(),
  }),
  reach: ({ reference }, status) => ({
    path: '/notifications/sms/reach',
    headers: JSON_TYPE,
    body: JSON.stringify({ reference, status }),
  }),
};
