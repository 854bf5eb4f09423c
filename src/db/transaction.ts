import { LockMode, raw } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

/** The entities as one unit of work sees them. */
export type Transaction = EntityManager;

/** Units of work for commands of administration: few, seldom, and about many tables. */
export type Transactions = {
  /** Does all that `work` writes, or nothing where it rejects. */
  transact<Result>(work: (em: Transaction) => Promise<Result>): Promise<Result>;
  /** For reading alone. */
  read(): Transaction;
};

/** Option of a look-up: others who would change the rows wait. */
export const FOR_UPDATE = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** SQL of a column's value and one more, whatever others write at the same time. */
export function oneMore(column: string) {
  return raw<number>('?? + 1', [column]);
}

export function transactions(orm: MikroORM): Transactions {
  return {
    transact: (work) => orm.em.fork().transactional(work),
    read: () => orm.em.fork(),
  };
}

/** The constraint that a write broke; null for any other failure. */
export function brokenConstraint(error: unknown): string | null {
  if (!(error instanceof Error) || !('constraint' in error)) return null;
  return typeof error.constraint === 'string' ? error.constraint : null;
}
