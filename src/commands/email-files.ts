import { pythonLiteral } from '../content/python-text.ts';
import type { Values } from '../content/values.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateFile } from '../db/template-directory.ts';
import { withFileNames } from '../queries/placed-files.ts';
import { badRequest, type Checked, invalid, passed, type Refused } from '../refusal.ts';
import { type EmailRecipient, fileLink } from './file-link.ts';
import { isFile } from './sendable-template.ts';
import { type TemplateFileParts, withTemplateFiles } from './template-files.ts';

export type EmailFilesParts = TemplateFileParts & {
  /** Without a final slash; for the link to where files by email are set up. */
  adminBaseUrl: string;
};

/** Personalisation with a link in the place of each file; `fileCount` is null where there was none. */
export type LinkedFiles = { values: Values | null; fileCount: number | null };

const KNOWN_KEYS = ['file', 'filename', 'confirm_email_before_download', 'retention_period', 'is_csv'];
const RETENTION_PERIOD = /^([1-9]|[1-6][0-9]|7[0-8]) weeks?$/i;
const DEFAULT_RETENTION_WEEKS = 26;

/**
 * Checks the files in the personalisation, all before the first is uploaded, then uploads them and the template's own
 * (public-api 4.1 step 17). The original uploads the latter before it checks anything else of the message; here nothing
 * is uploaded for a message that is refused.
 */
export async function filesAsLinks(
  parts: EmailFilesParts,
  service: ServiceRecord,
  given: Values | null,
  recipient: EmailRecipient,
  ofTemplate: readonly TemplateFile[],
): Promise<Checked<LinkedFiles>> {
  if (ofTemplate.length === 0 && !Object.values(given ?? {}).some(isFile)) {
    return passed({ values: given, fileCount: null });
  }
  const named = Object.entries(withFileNames(ofTemplate, given) ?? {});
  const files = named.flatMap(([key, value]) => (isFile(value) ? [[key, value] as const] : []));
  const refusal = filesRefusal(service, files, parts.adminBaseUrl);
  if (refusal) return refusal;
  const linked = await withTemplateFiles(parts, service.id, ofTemplate, given, recipient);
  if (linked.outcome === 'refused') return linked;
  const values = { ...linked.value };
  for (const [key, file] of files) {
    const link = await fileLink(parts, emailFile(service.id, file), recipient);
    if (link.outcome === 'refused') return link;
    values[key] = link.value;
  }
  return passed({ values, fileCount: files.length + ofTemplate.length });
}

function filesRefusal(
  service: ServiceRecord,
  files: readonly (readonly [key: string, file: Record<string, unknown>])[],
  adminBaseUrl: string,
): Refused | null {
  for (const [, file] of files) {
    const messages = fileProblems(file);
    if (messages.length > 0) return invalid(messages.map((message) => message.replaceAll("'", '')));
  }
  if (service.contactLink !== null) return null;
  return badRequest(
    'Send files by email has not been set up - add contact details for your service at ' +
      `${adminBaseUrl}/services/${service.id}/service-settings/send-files-by-email`,
  );
}

/** A file of the personalisation that keeps the rules. */
function emailFile(serviceId: string, file: Record<string, unknown>) {
  return {
    serviceId,
    file: String(file['file']),
    filename: typeof file['filename'] === 'string' ? file['filename'] : null,
    isCsv: file['is_csv'] === true,
    isConfirmed: file['confirm_email_before_download'] !== false,
    retentionWeeks: retentionWeeks(file['retention_period']),
  };
}

function retentionWeeks(period: unknown): number {
  return typeof period === 'string' ? Number.parseInt(period, 10) : DEFAULT_RETENTION_WEEKS;
}

/** Failures of one file object, in the order and words of public-api 3.2 and 4.8. */
function fileProblems(file: Record<string, unknown>): string[] {
  return [
    ...unknownKeys(file),
    ...(typeof file['file'] === 'string' ? [] : [`file ${pythonLiteral(file['file'])} is not of type string`]),
    ...booleanProblem(file, 'is_csv'),
    ...booleanProblem(file, 'confirm_email_before_download'),
    ...retentionProblem(file['retention_period']),
    ...filenameProblem(file['filename']),
    ...(Object.hasOwn(file, 'is_csv') && Object.hasOwn(file, 'filename')
      ? ['Do not set a value for `is_csv` if `filename` is set.']
      : []),
  ];
}

function unknownKeys(file: Record<string, unknown>): string[] {
  const names = Object.keys(file)
    .filter((name) => !KNOWN_KEYS.includes(name))
    .sort();
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'was' : 'were';
  return [
    `Additional properties are not allowed (${names.map((name) => pythonLiteral(name)).join(', ')} ${verb} unexpected)`,
  ];
}

function booleanProblem(file: Record<string, unknown>, name: string): string[] {
  const value = file[name] ?? null;
  if (value === null || typeof value === 'boolean') return [];
  return [`${name} Unsupported value for ${name}: ${shown(value)}. Use a boolean true or false value.`];
}

function retentionProblem(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string' && RETENTION_PERIOD.test(value.trim())) return [];
  return [
    `retention_period Unsupported value for retention_period: ${shown(value)}. Supported periods are from 1 to 78 weeks.`,
  ];
}

function filenameProblem(value: unknown): string[] {
  if (value === null || value === undefined || (typeof value === 'string' && value.includes('.'))) return [];
  return ['filename `filename` must end with a file extension. For example, filename.csv'];
}

/** These messages print text as it is, and anything else as Python does. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : pythonLiteral(value);
}
