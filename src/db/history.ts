import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Copies the current row of a versioned entity to its history table (data-model 4). Flushes first, so call it after
 * the change, and after raising `version`, inside the same transaction.
 *
 * @throws {UniqueConstraintViolationException} when that version is already in the history
 */
export async function keepVersion<T extends { id: string; version?: number }>(
  em: EntityManager,
  entity: EntityName<T>,
  id: string,
): Promise<void> {
  await em.flush();
  const meta = em.getMetadata().get(entity);
  const quote = (name: string): string => em.getPlatform().quoteIdentifier(name);
  const columns = meta.props.flatMap(({ fieldNames }) => fieldNames.map(quote)).join(', ');
  const history = quote(`${meta.tableName}_history`);
  await em.execute(`insert into ${history} (${columns}) select ${columns} from ${quote(meta.tableName)} where id = ?`, [
    id,
  ]);
}
