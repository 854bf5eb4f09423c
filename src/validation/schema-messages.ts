import type { ErrorObject } from 'ajv';
import { pythonLiteral } from '../content/python-text.ts';
import { FORMATS } from './formats.ts';
import type { ObjectSchema } from './schema.ts';

type Placed = { place: number; message: string };

/**
 * Puts Ajv's errors into the API's words: first those of each property in the schema's order, then missing properties,
 * then additional ones. Values appear as Python prints them, without single quotes (public-api 3.2, 3.3).
 */
export function schemaMessages(errors: readonly ErrorObject[], schema: ObjectSchema): string[] {
  const names = Object.keys(schema.properties);
  const placed: Placed[] = [];
  for (const error of errors) {
    if (error.keyword === 'additionalProperties') continue;
    const field = topLevelField(error);
    const isMissing = error.keyword === 'required' && field === null;
    const name = isMissing ? String(error.params['missingProperty']) : (field ?? '');
    placed.push({ place: names.indexOf(name) + (isMissing ? names.length : 0), message: describe(error, field) });
  }
  placed.sort((one, other) => one.place - other.place);
  const messages = [...placed.map(({ message }) => message), ...additionalProperties(errors)];
  return [...new Set(messages.map((message) => message.replaceAll("'", '')))];
}

/** The first part of the JSON pointer to the failure; null for the document itself. */
function topLevelField({ instancePath }: ErrorObject): string | null {
  const [, first] = instancePath.split('/');
  return first === undefined ? null : first.replaceAll('~1', '/').replaceAll('~0', '~');
}

function describe(error: ErrorObject, field: string | null): string {
  const prefix = field === null ? '' : `${field} `;
  const failureText: unknown = error.parentSchema?.['failureText'];
  if (typeof failureText === 'string') return prefix + failureText;
  if (error.keyword === 'required') return `${prefix}${error.params['missingProperty']} is a required property`;
  if (error.keyword === 'format') return prefix + formatProblem(error);
  return `${prefix}${pythonLiteral(error.data)} ${problem(error)}`;
}

function formatProblem({ params, data }: ErrorObject): string {
  const format = FORMATS[String(params['format'])];
  return (format === undefined ? null : format(String(data))) ?? `${pythonLiteral(data)} is not a ${params['format']}`;
}

function problem({ keyword, params, schema, data, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `is not of type ${[params['type']].flat().join(', ')}`;
    case 'enum':
      return `is not one of ${pythonLiteral(schema)}`;
    case 'maxLength':
      return 'is too long';
    case 'minLength':
      return 'is too short';
    case 'minItems':
      return Array.isArray(data) && data.length === 0 ? 'should be non-empty' : 'is too short';
    case 'pattern':
      return `does not match ${schema}`;
    case 'anyOf':
    case 'oneOf':
      return 'is not valid under any of the given schemas';
    case 'uniqueItems':
      return 'has non-unique elements';
    default:
      return message ?? keyword;
  }
}

function additionalProperties(errors: readonly ErrorObject[]): string[] {
  const extra = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const names = extra.map(({ params }) => String(params['additionalProperty'])).sort();
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'was' : 'were';
  return [
    `Additional properties are not allowed (${names.map((name) => pythonLiteral(name)).join(', ')} ${verb} unexpected)`,
  ];
}
