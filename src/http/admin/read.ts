import { type AdminRefused, cannotUnderstand } from '../../admin-refusal.ts';
import { type Checked, passed } from '../../refusal.ts';
import type { Validate } from '../../validation/schema.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { type Fields, isFields } from '../fields.ts';
import { parseJsonBody } from '../json.ts';
import { checkDocument } from '../json-document.ts';
import type { HttpRequest } from '../request.ts';
import type { FieldType } from './field-types.ts';

/** What a route takes from a request, or why it cannot. */
export type Read<Input> = (request: HttpRequest) => Promise<Checked<Input> | AdminRefused>;

type Rule<Value> = { isRequired: boolean; type: FieldType<Value> };
type Rules = Readonly<Record<string, Rule<unknown>>>;
/** The values of a body's fields; those that are optional and absent are undefined. */
type FieldsOf<R extends Rules> = { [Name in keyof R]: R[Name] extends Rule<infer Value> ? Value : never };

const MISSING = 'Missing data for required field.';

export const required = <Value>(type: FieldType<Value>): Rule<Value> => ({ isRequired: true, type });
export const optional = <Value>(type: FieldType<Value>): Rule<Value | undefined> => ({ isRequired: false, type });

/** For routes that take nothing: whatever body comes is not even looked at (internal-api 2). */
export const nothing: Read<null> = async () => passed(null);

/** A body checked field by field: every wrong field is named. Fields without a rule are ignored. */
export function fields<R extends Rules>(rules: R): Read<FieldsOf<R>> {
  return async (request) => {
    const body = await readObject(request);
    return body.outcome === 'refused' ? body : checkFields(rules, body.value);
  };
}

/** As `fields`, where a field without a rule is an error. */
export function onlyFields<R extends Rules>(rules: R): Read<FieldsOf<R>> {
  return async (request) => {
    const body = await readObject(request);
    if (body.outcome === 'refused') return body;
    const unknown = Object.keys(body.value).filter((name) => !Object.hasOwn(rules, name));
    if (unknown.length > 0) return fieldsRefused({ _schema: unknown.map((name) => `Unknown field name ${name}`) });
    return checkFields(rules, body.value);
  };
}

/**
 * A body checked against a JSON schema; failures are of the public API's shape. `ids` are the fields that hold UUIDs:
 * they come in their stored form, however they were spelled.
 */
export function document<Document extends object>(validate: Validate, ids: readonly string[] = []): Read<Document> {
  return async (request) => {
    const body = await readValue(request);
    if (body.outcome === 'refused') return body;
    const checked = checkDocument<Document>(body.value, validate);
    if (checked.outcome === 'refused') return checked;
    const stored = Object.entries(checked.value).map(([name, value]) => [
      name,
      ids.includes(name) && typeof value === 'string' ? parseUuid(value) : value,
    ]);
    return passed({ ...checked.value, ...Object.fromEntries(stored) });
  };
}

/** The body's JSON object. A route that needs one refuses no body, or another one, with a text. */
export async function readObject(request: HttpRequest): Promise<Checked<Fields> | AdminRefused> {
  const body = await readValue(request);
  if (body.outcome === 'refused') return body;
  return isFields(body.value) ? passed(body.value) : cannotUnderstand();
}

export function checkFields<R extends Rules>(rules: R, body: Fields): Checked<FieldsOf<R>> | AdminRefused {
  const messages: Record<string, string[]> = {};
  const values: Fields = {};
  for (const [name, { isRequired, type }] of Object.entries(rules)) {
    if (!Object.hasOwn(body, name)) {
      if (isRequired) messages[name] = [MISSING];
      continue;
    }
    const parsed = type(body[name]);
    if (parsed.ok) values[name] = parsed.value;
    else messages[name] = [parsed.message];
  }
  // Each rule has put a value of its own type in its place.
  return Object.keys(messages).length > 0 ? fieldsRefused(messages) : passed(values as FieldsOf<R>);
}

function fieldsRefused(message: Record<string, string[]>): AdminRefused {
  return { outcome: 'refused', status: 400, message };
}

async function readValue(request: HttpRequest): Promise<Checked<unknown> | AdminRefused> {
  const parsed = parseJsonBody(await request.body());
  return parsed.ok ? passed(parsed.value) : cannotUnderstand();
}
