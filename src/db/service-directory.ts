import type { Pool } from 'pg';
import type { SecretBox } from '../crypto/secret-box.ts';
import { LOAD_SERVICE, type ServiceRow } from './service-query.ts';

export type KeyType = 'normal' | 'team' | 'test';

export type ApiKeyRecord = {
  readonly id: string;
  readonly name: string;
  /** Lower-case UUID; its 36 characters are the HMAC key of the client's tokens (public-api 1.1). */
  readonly secret: string;
  readonly keyType: KeyType;
  /** Null means live; otherwise when it was revoked, less than seven days ago. */
  readonly expiresAt: Date | null;
};

export type CallbackRecord = {
  readonly id: string;
  readonly version: number;
  readonly url: string;
  readonly bearerToken: string;
};

export type EmailBrandingRecord = {
  readonly id: string;
  readonly name: string;
  readonly text: string | null;
  readonly colour: string | null;
  /** File name in the logo bucket. */
  readonly logo: string | null;
  readonly brandType: 'org' | 'both' | 'org_banner';
};

/** All that a request needs to know of its service, read at one moment. */
export type ServiceRecord = {
  readonly id: string;
  readonly name: string;
  /** False means suspended or archived. */
  readonly active: boolean;
  /** True means trial mode. */
  readonly restricted: boolean;
  readonly researchMode: boolean;
  readonly prefixSms: boolean;
  readonly emailSenderLocalPart: string;
  readonly contactLink: string | null;
  readonly organisationId: string | null;
  /** Requests per 60 seconds and key type. */
  readonly rateLimit: number;
  /** Messages per UTC day. */
  readonly dailyLimits: {
    readonly sms: number;
    readonly email: number;
    readonly letter: number;
    readonly international_sms: number;
  };
  readonly permissions: ReadonlySet<string>;
  /** Live ones, and those revoked less than seven days ago; newest first. */
  readonly apiKeys: readonly ApiKeyRecord[];
  /** Unarchived; the default first. The same holds for the next two. */
  readonly smsSenders: readonly { readonly id: string; readonly smsSender: string; readonly isDefault: boolean }[];
  readonly replyTos: readonly { readonly id: string; readonly emailAddress: string; readonly isDefault: boolean }[];
  readonly letterContacts: readonly {
    readonly id: string;
    readonly contactBlock: string;
    readonly isDefault: boolean;
  }[];
  /** Addresses and numbers, as typed, of the team members and the guest list. */
  readonly allowedRecipients: readonly string[];
  /** As `allowedRecipients`, of the team members only. */
  readonly teamRecipients: readonly string[];
  /** Days to keep messages. */
  readonly retentionDays: { readonly sms: number; readonly email: number; readonly letter: number };
  readonly callbacks: {
    readonly deliveryStatus: CallbackRecord | null;
    readonly complaint: CallbackRecord | null;
    readonly returnedLetter: CallbackRecord | null;
    readonly inboundSms: CallbackRecord | null;
  };
  /** Null means the GOV.UK style. */
  readonly emailBranding: EmailBrandingRecord | null;
};

/**
 * Reads a service with keys, senders, recipients and settings in one statement; null when there is none.
 * `serviceId` must be a UUID.
 *
 * @throws {UnsealError} when a secret of the service was sealed with an unknown secret
 */
export async function loadService(pool: Pool, box: SecretBox, serviceId: string): Promise<ServiceRecord | null> {
  const { rows } = await pool.query<ServiceRow>({ name: 'load_service', text: LOAD_SERVICE, values: [serviceId] });
  return rows[0] === undefined ? null : toRecord(rows[0], box);
}

function toRecord(row: ServiceRow, box: SecretBox): ServiceRecord {
  const { permissions, api_keys, callbacks, guests, ...same } = row;
  const callback = (type: string): CallbackRecord | null => {
    const found = callbacks.find((each) => each.type === type);
    if (found === undefined) return null;
    return { id: found.id, version: found.version, url: found.url, bearerToken: box.open(found.sealedToken) };
  };
  return {
    ...same,
    permissions: new Set(permissions),
    apiKeys: api_keys.map(({ sealedSecret, expiresAt, ...key }) => ({
      ...key,
      secret: box.open(sealedSecret),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    })),
    allowedRecipients: [...row.teamRecipients, ...guests],
    callbacks: {
      deliveryStatus: callback('delivery_status'),
      complaint: callback('complaint'),
      returnedLetter: callback('returned_letter'),
      inboundSms: callback('inbound_sms'),
    },
  };
}
