import type { Pool } from 'pg';

export type ProviderRecord = {
  readonly id: string;
  readonly identifier: string;
  readonly displayName: string;
  readonly notificationType: 'email' | 'sms' | 'letter';
  /** Texts: share of the traffic, 0 to 100. Others: order, lowest first. */
  readonly priority: number;
  readonly active: boolean;
  readonly supportsInternational: boolean;
  readonly version: number;
  readonly updatedAt: Date | null;
};

/** All providers, inactive ones too, by notification type and priority. */
export async function loadProviders(pool: Pool): Promise<ProviderRecord[]> {
  const { rows } = await pool.query<ProviderRecord>(`
    select id, identifier, display_name as "displayName", notification_type as "notificationType", priority, active,
      supports_international as "supportsInternational", version, updated_at as "updatedAt"
    from provider_details
    order by notification_type, priority, identifier`);
  return rows;
}

/** Pounds per text fragment at `at`; null before the first known rate. */
export async function smsRate(pool: Pool, at: Date): Promise<number | null> {
  const { rows } = await pool.query<{ rate: number }>(
    `select rate::float8 as rate from rates
     where notification_type = 'sms' and valid_from <= $1
     order by valid_from desc limit 1`,
    [at],
  );
  return rows[0]?.rate ?? null;
}
