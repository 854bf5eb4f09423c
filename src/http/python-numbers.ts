import { normaliseKey } from '../content/keys.ts';
import { pythonNumber, pythonText } from '../content/python-text.ts';
import { type Fields, isFields } from './fields.ts';

/** A number, where a value may stand, with a fraction, an exponent, or more digits than JavaScript keeps. */
const MAY_BE_SPELLED_OTHERWISE = /[:[,]\s*-?[0-9]+(?:\.[0-9]|[eE]|[0-9]{15})/;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
/** TypeScript does not know yet that a reviver is told how a number was written. */
const parseJson = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** A number whose spelling JavaScript loses: `text` is Python's. */
class SpelledNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Personalisation shows numbers as Python spells them (content 1.4): `1.0`, and all digits of a large one. JavaScript
 * keeps neither, so that these come as text, where they stand as a value or as an item of a list; inside objects they stay
 * numbers. `value` is what `text` parses to.
 */
export function withSpelledNumbers(text: string, value: unknown): unknown {
  if (!isFields(value) || !isFields(value['personalisation']) || !MAY_BE_SPELLED_OTHERWISE.test(text)) return value;
  const spelled = parseJson(text, readNumber);
  const personalisation = isFields(spelled) ? spelled['personalisation'] : undefined;
  if (!isFields(personalisation)) return value;
  const shown = Object.entries(personalisation).map(([key, member]) => [key, shownValue(member)]);
  const keys = value['sanitise_content_for'];
  return {
    ...value,
    personalisation: Object.fromEntries(shown),
    ...(Array.isArray(keys) && { sanitise_content_for: keysOfTexts(keys, personalisation) }),
  };
}

/** Only what came as text is sanitised (public-api 4.7): keys of numbers that come as text are taken out. */
function keysOfTexts(keys: readonly unknown[], personalisation: Fields): unknown[] {
  const texts = Object.entries(personalisation).filter(([, member]) => typeof member === 'string');
  const listed = new Set(texts.map(([key]) => normaliseKey(key)));
  return keys.filter((key) => typeof key === 'string' && listed.has(normaliseKey(key)));
}

const readNumber: Reviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || source === undefined) return value;
  const text = pythonNumber(source);
  return text === pythonText(value) ? value : new SpelledNumber(text);
};

function shownValue(value: unknown): unknown {
  if (value instanceof SpelledNumber) return value.text;
  return Array.isArray(value)
    ? value.map((item) => (item instanceof SpelledNumber ? item.text : plain(item)))
    : plain(value);
}

function plain(value: unknown): unknown {
  if (value instanceof SpelledNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
