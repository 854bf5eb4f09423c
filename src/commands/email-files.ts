import { pythonLiteral } from '../content/python-text.ts';
import type { Values } from '../content/values.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import { badRequest, invalid, type Refused } from '../refusal.ts';
import { isFile } from './sendable-template.ts';

const KNOWN_KEYS = ['file', 'filename', 'confirm_email_before_download', 'retention_period', 'is_csv'];
const RETENTION_PERIOD = /^([1-9]|[1-6][0-9]|7[0-8]) weeks?$/i;

/**
 * Why the files in the personalisation cannot be sent; null when there are none. There is no store for files yet, so a
 * request that is right in every way is refused as well.
 */
export function filesRefusal(service: ServiceRecord, values: Values | null, adminBaseUrl: string): Refused | null {
  const files = Object.values(values ?? {}).filter(isFile);
  if (files.length === 0) return null;
  for (const file of files) {
    const messages = fileProblems(file);
    if (messages.length > 0) return invalid(messages.map((message) => message.replaceAll("'", '')));
  }
  if (service.contactLink === null) {
    return badRequest(
      'Send files by email has not been set up - add contact details for your service at ' +
        `${adminBaseUrl}/services/${service.id}/service-settings/send-files-by-email`,
    );
  }
  return badRequest('Sending files by email is not available');
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
