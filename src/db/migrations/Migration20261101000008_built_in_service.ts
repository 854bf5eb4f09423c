import { raw } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { BUILT_IN_TEMPLATES } from './seed/built-in-templates.ts';

/** The service's own user, service, templates and branding, which a fresh database must hold (data-model 9). */
export class Migration20261101000008_built_in_service extends Migration {
  override up(): void {
    this.addSql(USER_AND_SERVICE);
    this.addSql(raw(TEMPLATES, [JSON.stringify(BUILT_IN_TEMPLATES)]));
    this.addSql(TEMPLATE_HISTORY);
    this.addSql(ORGANISATION_AND_BRANDING);
  }
}

const USER = '6af522d0-2915-4e52-83a3-3690455a5fe6';
const SERVICE = 'd6aa2c68-a2d9-4437-ab19-3ae8eb202553';

// The password is not a bcrypt hash, so nobody can sign in with it.
const USER_AND_SERVICE = `
insert into users (id, name, email_address, _password, state, auth_type)
values ('${USER}', 'Notify service user', 'notify-service-user@digital.cabinet-office.gov.uk', '*', 'active', 'email_auth');

insert into services (
  id, name, email_from, restricted, message_limit, email_message_limit, sms_message_limit, letter_message_limit,
  international_sms_message_limit, prefix_sms, created_by_id
) values ('${SERVICE}', 'GOV.UK Notify', 'gov.uk.notify', false, 1000, 250000, 250000, 20000, 100, false, '${USER}');
insert into services_history select * from services where id = '${SERVICE}';

insert into service_permissions (service_id, permission)
select '${SERVICE}', unnest(array['sms', 'email', 'international_sms', 'upload_letters', 'international_letters']);

insert into inbound_numbers (id, number, provider, active)
values (gen_random_uuid(), '07984404008', 'mmg', false);
insert into service_sms_senders (id, service_id, sms_sender, is_default) values
  (gen_random_uuid(), '${SERVICE}', 'GOVUK', true),
  (gen_random_uuid(), '${SERVICE}', '07984404008', false);
insert into service_email_reply_to (id, service_id, email_address, is_default)
values (gen_random_uuid(), '${SERVICE}', 'notify-support@digital.cabinet-office.gov.uk', false);

insert into annual_billing (id, service_id, financial_year_start, free_sms_fragment_limit)
values (
  gen_random_uuid(), '${SERVICE}',
  extract(year from now() at time zone 'Europe/London' - interval '3 months')::integer, 40000
);`;

const TEMPLATES = `
insert into templates (id, name, template_type, subject, content, service_id, created_by_id)
select id, name, template_type, subject, content, '${SERVICE}', '${USER}'
from jsonb_to_recordset(?::jsonb)
  as template (id uuid, name varchar, template_type template_type, subject text, content text)`;

const TEMPLATE_HISTORY = `
insert into templates_history select * from templates where service_id = '${SERVICE}';
insert into template_redacted (template_id, updated_by_id)
select id, created_by_id from templates where service_id = '${SERVICE}';`;

const ORGANISATION_AND_BRANDING = `
insert into organisation (id, name, organisation_type)
values ('38e4bf69-93b0-445d-acee-53ea53fe02df', 'Broadcast Services (development)', 'central');
insert into email_branding (id, name, brand_type) values ('a7dc4e56-660b-4db7-8cff-12c37b12b5ea', 'NHS', 'org');
insert into letter_branding (id, name, filename) values (gen_random_uuid(), 'NHS', 'nhs');`;
