import { pythonLiteral } from '../content/python-text.ts';
import type { Values } from '../content/values.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { UploadDocument } from '../documents/upload-document.ts';
import { badRequest, type Checked, invalid, passed, type Refused, refused } from '../refusal.ts';
import { isFile } from './sendable-template.ts';

export type EmailFilesParts = {
  /** Without a final slash; for the link to where files by email are set up. */
  adminBaseUrl: string;
  /** Address of the download pages, without a final slash. */
  documentsUrl: string;
  uploadDocument: UploadDocument;
};

export type EmailRecipient = {
  normalised: string;
  /** Nothing is uploaded for simulated ones. */
  isSimulated: boolean;
};

/** Personalisation with a link in the place of each file; `fileCount` is null where there was none. */
export type LinkedFiles = { values: Values | null; fileCount: number | null };

const KNOWN_KEYS = ['file', 'filename', 'confirm_email_before_download', 'retention_period', 'is_csv'];
const RETENTION_PERIOD = /^([1-9]|[1-6][0-9]|7[0-8]) weeks?$/i;
const DEFAULT_RETENTION_WEEKS = 26;

/** Checks the files in the personalisation, all before the first is uploaded (public-api 4.1 step 17). */
export async function filesAsLinks(
  parts: EmailFilesParts,
  service: ServiceRecord,
  values: Values | null,
  recipient: EmailRecipient,
): Promise<Checked<LinkedFiles>> {
  if (values === null || !Object.values(values).some(isFile)) return passed({ values, fileCount: null });
  const files = Object.entries(values).flatMap(([key, value]) => (isFile(value) ? [[key, value] as const] : []));
  const refusal = filesRefusal(service, files, parts.adminBaseUrl);
  if (refusal) return refusal;
  const linked = { ...values };
  for (const [key, file] of files) {
    const link = await fileLink(parts, service, file, recipient);
    if (link.outcome === 'refused') return link;
    linked[key] = link.value;
  }
  return passed({ values: linked, fileCount: files.length });
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

/** Where the uploaded file is. A failure that is not the caller's is told as the original does (public-api 4.8). */
async function fileLink(
  { uploadDocument, documentsUrl }: EmailFilesParts,
  { id: serviceId }: ServiceRecord,
  file: Record<string, unknown>,
  { normalised, isSimulated }: EmailRecipient,
): Promise<Checked<string>> {
  if (isSimulated) return passed(`${documentsUrl}/services/${serviceId}/documents/test-document`);
  const isConfirmed = file['confirm_email_before_download'] !== false;
  const uploaded = await uploadDocument({
    serviceId,
    file: String(file['file']),
    filename: typeof file['filename'] === 'string' ? file['filename'] : null,
    isCsv: file['is_csv'] === true,
    confirmationEmail: isConfirmed ? normalised : null,
    retentionWeeks: retentionWeeks(file['retention_period']),
  });
  if (uploaded.outcome === 'uploaded') return passed(uploaded.url);
  if (uploaded.outcome === 'refused') return badRequest(uploaded.message);
  return refused(500, 'Exception', 'Internal server error');
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
