import type { Pool } from 'pg';
import type { AdminRefused, AdminResult } from '../../admin-refusal.ts';
import type { SecretBox } from '../../crypto/secret-box.ts';
import type { Transaction, Transactions } from '../../db/transaction.ts';
import type { Threads } from '../../threads/threads.ts';
import type { AdminLinks } from './links.ts';
import type { SendInternal } from './send-internal.ts';

/** What commands of administration work with. */
export type AdminCommandParts = Transactions & {
  pool: Pool;
  box: SecretBox;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Has every process forget these services. To be called when the change is committed. */
  changed(serviceIds: readonly string[]): void;
  /** Sends a message of the built-in service. */
  send: SendInternal;
  links: AdminLinks;
  /** Where what keeps a processor busy is done. */
  threads: Pick<Threads, 'run'>;
  /** The sender of a new service's texts. */
  fromNumber: string;
};

/** As `transact`, where a refusal undoes what was written before it. */
export async function allOrNothing<Value>(
  { transact }: Pick<AdminCommandParts, 'transact'>,
  work: (em: Transaction) => Promise<AdminResult<Value>>,
): Promise<AdminResult<Value>> {
  try {
    return await transact(async (em) => {
      const result = await work(em);
      if (result.outcome === 'refused') throw new Undone(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

/** Carries a refusal out of a transaction that is rolled back for it. */
class Undone extends Error {
  override readonly name = 'Undone';
  readonly refusal: AdminRefused;

  constructor(refusal: AdminRefused) {
    super('Refused');
    this.refusal = refusal;
  }
}
