import type { Pool } from 'pg';

const KEEP = `insert into notification_attempt (provider_reference, notification_id, attempt) values ($1, $2, $3)
on conflict do nothing`;

/** Keeps the reference of an attempt that the notification's row does not hold. Safe to repeat. */
export function keepAttempt(pool: Pool): (id: string, attempt: number, reference: string) => Promise<void> {
  return async (id, attempt, reference) => {
    await pool.query(KEEP, [reference, id, attempt]);
  };
}
