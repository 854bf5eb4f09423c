const NAMED_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** What Python does not show as it is; an ordinary space it does. */
const UNPRINTABLE = /\\|(?! )[\p{C}\p{Z}]/gu;
/** Fractions below this are written with an exponent. */
const LEAST_PLAIN = 1e-4;
/** Floating-point numbers from here on, too. */
const LEAST_EXPONENTIAL = 1e16;

function escaped(character: string): string {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(UNPRINTABLE, escaped).replaceAll(quote, `\\${quote}`) + quote;
}

function number(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : fraction(value);
}

function fraction(value: number): string {
  const text = Math.abs(value) < LEAST_PLAIN ? value.toExponential() : String(value);
  return text.replace(/e-(\d)$/, 'e-0$1');
}

/** A number of a JSON text as Python spells it: with all its digits, and with a fraction where the text had one. */
export function pythonNumber(source: string): string {
  if (!/[.eE]/.test(source)) return source === '-0' ? '0' : source;
  const value = Number(source);
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (!Number.isInteger(value)) return fraction(value);
  if (Object.is(value, -0)) return '-0.0';
  return Math.abs(value) < LEAST_EXPONENTIAL ? `${value}.0` : value.toExponential();
}

/** A JSON value in Python's literal notation: `{'key': 'value'}`, `['nested', None]`, `True`. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => `${quoted(key)}: ${pythonLiteral(member)}`);
    return `{${members.join(', ')}}`;
  }
  return pythonText(value);
}

/** A JSON value as text: strings as they are, `True`, `1.5`, and Python's literal notation for the rest (content 1.4). */
export function pythonText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return pythonLiteral(value);
}
