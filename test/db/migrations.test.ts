import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MIGRATIONS } from '../../src/db/migrations/index.ts';
import { migrate } from '../../src/db/orm.ts';
import { createEmptyTestDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts';

const names = MIGRATIONS.map(({ name }) => name);

/** Statements that would make the database what the entities say. */
async function differences({ orm }: TestDatabase): Promise<string[]> {
  // Look-up tables have no entities; keys, checks and indexes live in the migrations only, so the ORM would drop them.
  const { up } = await orm.schema.getUpdateSchemaMigrationSQL({ wrap: false, dropTables: false });
  const isDropOfConstraint = /^(drop index |alter table "\w+" drop constraint )/;
  return up.split(/;\n*/).filter((statement) => statement !== '' && !isDropOfConstraint.test(statement));
}

describe('an empty database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyTestDatabase();
  });
  afterAll(() => database?.drop());

  test('gets every migration in order, once, when two processes migrate at the same time', async () => {
    const progress: string[] = [];
    const runs = await Promise.all([
      migrate(database.orm, (name) => progress.push(name)),
      migrate(database.orm, (name) => progress.push(name)),
    ]);
    expect(runs.map((run) => run.length).sort()).toEqual([0, names.length]);
    expect(progress).toEqual(names);
    expect(await migrate(database.orm)).toEqual([]);
  });
});

describe('a migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const count = async (table: string): Promise<number> => {
    const { rows } = await database.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return rows[0]?.count ?? Number.NaN;
  };

  test('agrees with the entities in tables, columns, types, nullability and defaults', async () => {
    expect(await differences(database)).toEqual([]);
  });

  test.each([
    'alter table services alter column name drop not null',
    'alter table services alter column rate_limit set default 1',
    'alter table services alter column name type text',
    'alter table services drop column crown',
    'alter table services add column extra text',
  ])('no longer agrees after: %s', async (change) => {
    const changed = await createTestDatabase();
    try {
      await changed.pool.query(change);
      expect(await differences(changed)).toEqual([expect.stringContaining('alter table "services"')]);
    } finally {
      await changed.drop();
    }
  });

  // Error handling turns these names into texts of the API (data-model 7).
  test.each([
    'services_name_key',
    'services_email_from_key',
    'ix_organisation_name',
    'domain_pkey',
    'letter_branding_name_key',
    'letter_branding_filename_key',
    'uix_service_callback_type',
    'template_folder_parent_id_fkey',
    'uix_service_data_retention',
    'ck_user_has_mobile_or_other_auth',
    'uix_service_to_key_name',
  ])('has the rule %s', async (name) => {
    const { rowCount } = await database.pool.query(
      'select conname from pg_constraint where conname = $1 union select relname from pg_class where relname = $1',
      [name],
    );
    expect(rowCount).toBe(1);
  });

  test.each([
    ['36fb0730-6259-4da1-8a80-c8de22ad4246', 'sms', ['verify_code']],
    ['299726d2-dba6-42b8-8209-30e1d66ea164', 'email', ['name', 'url']],
    ['ece42649-22a8-4d06-b87f-d52d5d3f0a27', 'email', ['name', 'url']],
    ['0880fbb1-a0c6-46f0-9a8e-36c986381ceb', 'email', ['feedback_url', 'forgot_password_url', 'signin_url']],
    ['474e9242-823b-4f99-813d-ed392e7f1201', 'email', ['url', 'user_name']],
    ['eb4d9930-87ab-4aef-9bce-786762687884', 'email', ['feedback_url', 'name', 'url']],
    ['c73f1d71-4049-46d5-a647-d013bdeca3f0', 'email', ['email address', 'name', 'servicemanagername']],
    ['8a31520f-4751-4789-8ea1-fe54496725eb', 'sms', ['email address', 'name', 'servicemanagername']],
    ['4f46df42-f795-4cc4-83bb-65ca312f49cc', 'email', ['service_name', 'url', 'user_name']],
    ['46152f7c-6901-41d5-8590-a5624d0d4359', 'email', ['service_name', 'url', 'user_name']],
    ['203566f0-d835-47c5-aa06-932439c86573', 'email', ['organisation_name', 'url', 'user_name']],
    ['618185c6-3636-49cd-b7d2-6f6f5eb3bdde', 'email', ['message limit', 'name', 'service name']],
    ['a42f1d17-9404-46d5-a647-d013bdfca3e1', 'email', []],
    ['d0e66c4c-0c50-43f0-94f5-f85b613202d4', 'email', []],
  ])('its built-in template %s is an %s with the placeholders %j', async (id, type, placeholders) => {
    const { rows } = await database.pool.query<{ template_type: string; text: string }>(
      "select template_type, coalesce(subject, '') || content as text from templates where id = $1",
      [id],
    );
    const found = new Set([...(rows[0]?.text.matchAll(/\(\(([^()]+)\)\)/g) ?? [])].map((match) => match[1]));
    expect(rows[0]?.template_type).toBe(type);
    expect([...found].sort()).toEqual(placeholders);
  });

  test.each([
    ['templates', 18],
    ['templates_history', 18],
    ['template_redacted', 18],
    ['provider_details', 5],
    ['provider_details_history', 5],
    ['rates', 3],
    ['letter_rates', 40],
    ['organisation_types', 9],
    ['notification_status_types', 14],
    ['service_permission_types', 15],
    ['email_branding', 1],
    ['letter_branding', 1],
    ['annual_billing', 1],
  ])('%s holds its %i seeded rows', async (table, rows) => {
    expect(await count(table)).toBe(rows);
  });
});
