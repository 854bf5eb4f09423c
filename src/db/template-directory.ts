import type { Pool } from 'pg';

export type TemplateType = 'sms' | 'email' | 'letter' | 'broadcast';

/** A file that goes with every email of a template (public-api 4.8). */
export type TemplateFile = {
  readonly id: string;
  /** Also the name of the placeholder that its link fills. */
  readonly filename: string;
  /** What the link reads; null for its address. */
  readonly linkText: string | null;
  readonly retentionWeeks: number;
  /** Whether recipients confirm their address before they download it. */
  readonly isConfirmed: boolean;
};

/** One version of a template, with what may change without a new version read from the current row. */
export type TemplateRecord = {
  readonly id: string;
  readonly serviceId: string;
  readonly type: TemplateType;
  readonly name: string;
  /** Null for texts and broadcasts. */
  readonly subject: string | null;
  readonly content: string;
  readonly version: number;
  /** Current, whatever the version. */
  readonly archived: boolean;
  /** Current, whatever the version. True only for the template of precompiled letters. */
  readonly hidden: boolean;
  /** Letters only. */
  readonly postage: string | null;
  readonly processType: 'normal' | 'priority';
  /** When the template, not this version, was made. */
  readonly createdAt: Date;
  /** When this version was made; null for version 1. */
  readonly updatedAt: Date | null;
  /** Email address of the author of this version. */
  readonly createdBy: string;
  /** Of this version; letters only, null without one. */
  readonly letterContactBlock: string | null;
  readonly hasUnsubscribeLink: boolean;
  /** Current, whatever the version. */
  readonly redactPersonalisation: boolean;
  /** Current, whatever the version. Emails only. */
  readonly files: readonly TemplateFile[];
};

const COLUMNS = `
  v.id, v.service_id as "serviceId", v.template_type as type, v.name, v.subject, v.content, v.version, t.archived,
  t.hidden, v.postage, v.process_type as "processType", v.created_at as "createdAt", v.updated_at as "updatedAt",
  author.email_address as "createdBy", contact.contact_block as "letterContactBlock",
  v.has_unsubscribe_link as "hasUnsubscribeLink", coalesce(r.redact_personalisation, false) as "redactPersonalisation",
  array(
    select json_build_object('id', f.id, 'filename', f.filename, 'linkText', f.link_text,
      'retentionWeeks', f.retention_period, 'isConfirmed', f.validate_users_email)
    from template_email_files f
    where f.template_id = t.id and f.archived_at is null and not f.pending
    order by f.created_at, f.id
  ) as files`;

const JOINS = `
  join users author on author.id = v.created_by_id
  left join service_letter_contacts contact on contact.id = v.service_letter_contact_id
  left join template_redacted r on r.template_id = t.id`;

/** $1 template, $2 service, $3 version or null for the current one. Reads two primary keys. */
const LOAD_TEMPLATE = `
select ${COLUMNS}
from templates t
join templates_history v on v.id = t.id and v.version = coalesce($3, t.version)
${JOINS}
where t.id = $1 and t.service_id = $2`;

/** $1 service, $2 type or null for all. Reads index ix_templates_service_id_name. */
const LIST_TEMPLATES = `
select ${COLUMNS}
from templates t
join templates_history v on v.id = t.id and v.version = t.version
${JOINS}
where t.service_id = $1 and not t.archived and not t.hidden and ($2::template_type is null or t.template_type = $2)
order by t.name, t.template_type`;

/**
 * Reads a template of a service in one statement: the given version, else the current one. Null when the service has
 * no such template or version; archived and hidden ones are returned. Both ids must be UUIDs.
 */
export async function loadTemplate(
  pool: Pool,
  serviceId: string,
  templateId: string,
  version?: number,
): Promise<TemplateRecord | null> {
  const { rows } = await pool.query<TemplateRecord>({
    name: 'load_template',
    text: LOAD_TEMPLATE,
    values: [templateId, serviceId, version ?? null],
  });
  return rows[0] ?? null;
}

/** The current versions of a service's templates, neither archived nor hidden, by name and then type. */
export async function listTemplates(pool: Pool, serviceId: string, type?: TemplateType): Promise<TemplateRecord[]> {
  const { rows } = await pool.query<TemplateRecord>({
    name: 'list_templates',
    text: LIST_TEMPLATES,
    values: [serviceId, type ?? null],
  });
  return rows;
}
