import type { Migration } from '@mikro-orm/migrations';
import { Migration20261101000001_reference_tables } from './Migration20261101000001_reference_tables.ts';
import { Migration20261101000002_identity } from './Migration20261101000002_identity.ts';
import { Migration20261101000003_services } from './Migration20261101000003_services.ts';
import { Migration20261101000004_senders_and_keys } from './Migration20261101000004_senders_and_keys.ts';
import { Migration20261101000005_templates } from './Migration20261101000005_templates.ts';
import { Migration20261101000006_messages } from './Migration20261101000006_messages.ts';
import { Migration20261101000007_providers_and_rates } from './Migration20261101000007_providers_and_rates.ts';
import { Migration20261101000008_built_in_service } from './Migration20261101000008_built_in_service.ts';
import { Migration20261101000020_notifications } from './Migration20261101000020_notifications.ts';
import { Migration20261121000001_service_callbacks } from './Migration20261121000001_service_callbacks.ts';
import { Migration20261121000002_documents } from './Migration20261121000002_documents.ts';
import { Migration20261121000010_limit_counters } from './Migration20261121000010_limit_counters.ts';
import { Migration20261121000020_letters } from './Migration20261121000020_letters.ts';
import { Migration20261129000001_template_email_files } from './Migration20261129000001_template_email_files.ts';
import { Migration20261129000010_sms_balance } from './Migration20261129000010_sms_balance.ts';

/**
 * All migrations, applied in this order and known in the database by class name. Forward only: one that was released
 * is never edited or renamed. Imported one by one so that they are found from any working directory.
 */
export const MIGRATIONS: (new (...given: ConstructorParameters<typeof Migration>) => Migration)[] = [
  Migration20261101000001_reference_tables,
  Migration20261101000002_identity,
  Migration20261101000003_services,
  Migration20261101000004_senders_and_keys,
  Migration20261101000005_templates,
  Migration20261101000006_messages,
  Migration20261101000007_providers_and_rates,
  Migration20261101000008_built_in_service,
  Migration20261101000020_notifications,
  Migration20261121000001_service_callbacks,
  Migration20261121000002_documents,
  Migration20261121000010_limit_counters,
  Migration20261121000020_letters,
  Migration20261129000001_template_email_files,
  Migration20261129000010_sms_balance,
];
