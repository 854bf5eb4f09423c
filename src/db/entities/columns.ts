import { randomUUID } from 'node:crypto';
import { p } from '@mikro-orm/core';

/** Primary key: a random UUID unless the caller gives one. */
export const id = () =>
  p
    .uuid()
    .primary()
    .onCreate(() => randomUUID());

/** Microsecond timestamp in UTC. JavaScript sees milliseconds. */
export const instant = () => p.datetime(6);

/** Set by the database when the caller gives none. */
export const createdAt = () => instant().defaultRaw('now()');

/** Null until the first update, then the time of the latest. */
export const updatedAt = () =>
  instant()
    .nullable()
    .onUpdate(() => new Date());

/** Text without a length limit, as `varchar`. */
export const varchar = () => p.string().columnType('varchar');

/** Text of at most 255 characters unless said. */
export const shortText = (length = 255) => p.string().length(length);

/**
 * The id of a row of another table, as a plain string. It tells the ORM to write that row first; the database's own
 * foreign key is in the migrations.
 */
export const idOf = <T extends Parameters<typeof p.manyToOne>[0]>(entity: T, column: string) =>
  p.manyToOne(entity).name(column).mapToPk();

/** One of a PostgreSQL enumeration's values. */
export const notificationType = () => p.enum(['email', 'sms', 'letter'] as const).nativeEnumName('notification_type');

export const templateType = () =>
  p.enum(['sms', 'email', 'letter', 'broadcast'] as const).nativeEnumName('template_type');

/** Key of a history table: (id, version). */
export const historyKey = () => ({ id: p.uuid().primary(), version: p.integer().primary() });
