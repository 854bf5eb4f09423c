import { fieldsOf } from '../fields.ts';

/** Providers as messages and log lines name them: `MMG callback failed: …`. */
export const CLIENT_NAMES = { mmg: 'MMG', firetext: 'Firetext', reach: 'Reach' } as const;

/** `technical-failure` stands for a provider status that is in no table. */
export type ReceiptStatus = 'delivered' | 'permanent-failure' | 'temporary-failure' | 'pending' | 'technical-failure';

/** What a provider says about a text message. */
export type SmsReceipt = {
  provider: keyof typeof CLIENT_NAMES;
  /** The notification's id as the provider gave it back: not checked to be a UUID. */
  reference: string;
  status: ReceiptStatus;
  /** The provider's own word for the status. */
  providerStatus: string;
  detailedCode: string | null;
  /** The detailed code in words, for logs; null when there is no code or it is unknown. */
  reason: string | null;
  /** False when `providerStatus` is in no table. */
  mapped: boolean;
};

/** `messages` is the body of the 400 answer, one entry a missing field (public-api 5.1). */
export type ReceiptParse = { ok: true; receipt: SmsReceipt } | { ok: false; messages: string[] };

/** A receipt's field names and tables, as one provider has them. */
export type ReceiptFormat = {
  provider: SmsReceipt['provider'];
  /** In the order in which missing ones are reported. */
  required: { status: string; reference: string };
  detailedCode: string | null;
  statuses: Readonly<Record<string, ReceiptStatus>>;
  reason(status: string, code: string): string | undefined;
};

/** Reads a receipt's body: fields may be text or numbers, and a repeated form field counts by its first value. */
export function parseReceipt(body: unknown, format: ReceiptFormat): ReceiptParse {
  const fields = fieldsOf(body);
  const providerStatus = fieldText(fields[format.required.status]);
  const reference = fieldText(fields[format.required.reference]);
  if (providerStatus === '' || reference === '') {
    const missing = [
      ...(providerStatus === '' ? [format.required.status] : []),
      ...(reference === '' ? [format.required.reference] : []),
    ];
    return {
      ok: false,
      messages: missing.map((field) => `${CLIENT_NAMES[format.provider]} callback failed: ${field} missing`),
    };
  }
  const code = format.detailedCode === null ? '' : fieldText(fields[format.detailedCode]);
  const status = ownValue(format.statuses, providerStatus);
  const receipt: SmsReceipt = {
    provider: format.provider,
    reference,
    status: status ?? 'technical-failure',
    providerStatus,
    detailedCode: code === '' ? null : code,
    reason: format.reason(providerStatus, code) ?? null,
    mapped: status !== undefined,
  };
  return { ok: true, receipt };
}

/** The table's own entry: keys come from outside, and `constructor` is a property of every object. */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function fieldText(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' || typeof first === 'number' ? String(first) : '';
}
