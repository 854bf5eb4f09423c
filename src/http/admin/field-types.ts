import { parseEmailAddress } from '../../content/email-address.ts';
import { parsePhoneNumber, phoneNumberRefusal } from '../../content/phone-number.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { type Fields, isFields } from '../fields.ts';

/** What a field's JSON means, or what is wrong with it in the words of internal-api 3.4. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; message: string };
export type FieldType<Value> = (json: unknown) => Parsed<Value>;

const NULL = 'Field may not be null.';
const LONGEST = 255;
const LARGEST = 2_147_483_647;
const TRUE = new Set<unknown>([true, 1, 't', 'True', 'true', 'TRUE', '1']);
const FALSE = new Set<unknown>([false, 0, 'f', 'False', 'false', 'FALSE', '0']);
const INTEGER = /^\s*[+-]?\d+\s*$/;
const ISO_TIME = /^(?!0000)\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/;

const right = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
const wrong = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** Null passes as well. */
export function nullable<Value>(type: FieldType<Value>): FieldType<Value | null> {
  return (json) => (json === null ? right(null) : type(json));
}

/** Text of any length, without what PostgreSQL refuses (the reader took it out). */
export const anyText: FieldType<string> = (json) => {
  if (json === null) return wrong(NULL);
  return typeof json === 'string' ? right(json) : wrong('Not a valid string.');
};

/** Text for a column of at most 255 characters. */
export const text: FieldType<string> = (json) => {
  const parsed = anyText(json);
  if (!parsed.ok) return parsed;
  return [...parsed.value].length > LONGEST ? wrong(`Longer than maximum length ${LONGEST}.`) : parsed;
};

/** A user's name: any text but the empty one. */
export const personName: FieldType<string> = (json) => {
  const parsed = text(json);
  return parsed.ok && parsed.value === '' ? wrong('Invalid name') : parsed;
};

/** An address as typed. */
export const emailAddress: FieldType<string> = (json) => {
  const parsed = text(json);
  if (!parsed.ok) return parsed;
  const address = parseEmailAddress(parsed.value);
  return address.ok ? parsed : wrong(address.message);
};

/** A phone number of any country, as typed. */
export const phoneNumber: FieldType<string> = (json) => {
  const parsed = anyText(json);
  if (!parsed.ok) return parsed;
  const problem = phoneNumberProblem(parsed.value);
  return problem === null ? parsed : wrong(`Invalid phone number: ${problem}`);
};

/** What is wrong with a number of a user, in the words of internal-api 3.2. */
export function phoneNumberProblem(typed: string): string | null {
  const number = parsePhoneNumber(typed);
  if (!number.ok) return number.apiMessage;
  return phoneNumberRefusal(number, { international: true, ukLandlines: false })?.apiMessage ?? null;
}

/** A number, or the text of one. */
export const integer: FieldType<number> = (json) => {
  if (json === null) return wrong(NULL);
  const isNumber = typeof json === 'number' || (typeof json === 'string' && INTEGER.test(json));
  const number = isNumber ? Math.trunc(Number(json)) : Number.NaN;
  return Math.abs(number) <= LARGEST ? right(number) : wrong('Not a valid integer.');
};

export const boolean: FieldType<boolean> = (json) => {
  if (json === null) return wrong(NULL);
  if (TRUE.has(json)) return right(true);
  return FALSE.has(json) ? right(false) : wrong('Not a valid boolean.');
};

/** An id in its stored form. */
export const uuid: FieldType<string> = (json) => {
  if (json === null) return wrong(NULL);
  const id = typeof json === 'string' ? parseUuid(json) : null;
  return id === null ? wrong('Not a valid UUID.') : right(id);
};

/** Milliseconds since the epoch; a time without a zone is UTC. */
export const time: FieldType<number> = (json) => {
  if (json === null) return wrong(NULL);
  const match = typeof json === 'string' ? ISO_TIME.exec(json) : null;
  const at =
    match === null ? Number.NaN : Date.parse(`${match[0].replace(' ', 'T')}${match[1] === undefined ? 'Z' : ''}`);
  return Number.isNaN(at) ? wrong('Not a valid datetime.') : right(at);
};

export const object: FieldType<Fields> = (json) => (isFields(json) ? right(json) : wrong('Not a valid mapping type.'));

export function oneOf<Word extends string>(words: readonly Word[]): FieldType<Word> {
  return (json) => {
    if (json === null) return wrong(NULL);
    const word = words.find((candidate) => candidate === json);
    return word === undefined ? wrong('Not a valid choice.') : right(word);
  };
}

export function listOf<Value>(type: FieldType<Value>): FieldType<Value[]> {
  return (json) => {
    if (json === null) return wrong(NULL);
    if (!Array.isArray(json)) return wrong('Not a valid list.');
    const values: Value[] = [];
    for (const item of json) {
      const parsed = type(item);
      if (!parsed.ok) return parsed;
      values.push(parsed.value);
    }
    return right(values);
  };
}
