import { pythonLiteral } from '../../content/python-text.ts';
import { compileSchema, type ObjectSchema, type PropertySchema } from '../../validation/schema.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { fieldsOf } from '../fields.ts';

/** What the printer says became of a letter (public-api 5.5). */
export type PrintStatus = {
  notificationId: string;
  /** When, in milliseconds since the epoch. */
  at: number;
} & ({ status: 'DESPATCHED'; sheets: string; costThreshold: 'sorted' | 'unsorted' } | { status: 'REJECTED' });

/** `messages` are the schema failures, in the words of public-api 3.2. */
export type PrintStatusParse = { ok: true; status: PrintStatus } | { ok: false; messages: string[] };

type Property = { key: string; value: string };
type Body = {
  data: {
    jobId: string;
    jobStatus: 'DESPATCHED' | 'REJECTED';
    transitionDate: string;
    despatchProperties?: unknown[];
  };
};

const dateTime: PropertySchema = { type: 'string', format: 'date-time' };
const despatchProperties: PropertySchema = { type: 'array', minItems: 3, uniqueItems: true };
const validateDespatch = compileSchema(callback({ despatchProperties }));
/** What is despatched is no business of a letter that is not. */
const validateRejection = compileSchema(callback({}));

function callback(ofDespatch: Readonly<Record<string, PropertySchema>>): ObjectSchema {
  return {
    type: 'object',
    properties: {
      id: { type: 'string' },
      time: dateTime,
      data: {
        type: 'object',
        properties: {
          jobId: { type: 'string', format: 'uuid', failureText: 'badly formed hexadecimal UUID string' },
          jobStatus: { enum: ['DESPATCHED', 'REJECTED'] },
          transitionDate: dateTime,
          ...ofDespatch,
        },
        required: ['jobId', 'jobStatus', 'transitionDate'],
      },
      metadata: { type: 'object', properties: { correlationId: { type: 'string' } }, required: ['correlationId'] },
    },
    required: ['id', 'time', 'data', 'metadata'],
  };
}

const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** What the named properties may say; others may say anything. */
const VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  postageClass: new Set(['1ST', '2ND', 'INTERNATIONAL']),
  mailingProduct: new Set(['UNCODED', 'MM UNSORTED', 'UNSORTED', 'MM', 'INT EU', 'INT ROW', 'UNSORTEDE', 'MM ECONOMY']),
};
const WANTED = ['totalSheets', 'postageClass', 'mailingProduct'];
const SORTED_PRODUCTS = new Set(['MM', 'MM ECONOMY']);

/** Reads the body of a callback. `body` is any JSON. */
export function dvlaStatus(body: unknown): PrintStatusParse {
  const isRejection = fieldsOf(fieldsOf(body)['data'])['jobStatus'] === 'REJECTED';
  const messages = isRejection ? validateRejection(body) : validateDespatch(body);
  if (messages !== null) return { ok: false, messages };
  const { jobId, transitionDate, despatchProperties: properties } = (body as Body).data;
  if (!WHOLE_SECONDS.test(transitionDate)) {
    return { ok: false, messages: [`data ${transitionDate} is not a date-time`] };
  }
  const known = { notificationId: parseUuid(jobId) ?? jobId, at: Date.parse(transitionDate) };
  if (isRejection) return { ok: true, status: { ...known, status: 'REJECTED' } };
  if (properties === undefined) return { ok: false, messages: ['data despatchProperties is a required property'] };
  const problems = properties.filter((property) => !isAllowed(property)).map(notAllowed);
  if (problems.length > 0) return { ok: false, messages: problems };
  const facts = new Map((properties as Property[]).map(({ key, value }) => [key, value]));
  const missing = WANTED.filter((key) => !facts.has(key));
  if (missing.length > 0) return { ok: false, messages: missing.map((key) => `data ${key} is a required property`) };
  const isSorted = SORTED_PRODUCTS.has(facts.get('mailingProduct') ?? '') && facts.get('postageClass') === '2ND';
  const sheets = facts.get('totalSheets') ?? '';
  return {
    ok: true,
    status: { ...known, status: 'DESPATCHED', sheets, costThreshold: isSorted ? 'sorted' : 'unsorted' },
  };
}

function isAllowed(property: unknown): property is Property {
  if (typeof property !== 'object' || property === null) return false;
  const { key, value } = property as Partial<Property>;
  if (typeof key !== 'string' || typeof value !== 'string') return false;
  return VALUES[key]?.has(value) ?? true;
}

function notAllowed(property: unknown): string {
  return `data ${pythonLiteral(property).replaceAll("'", '')} is not valid under any of the given schemas`;
}
