export type Fields = Record<string, unknown>;

/** The value as an object's fields; anything that is no object has none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The field's text; null when it is absent, empty or something else. */
export function textField(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** JSON as a value; undefined when it does not parse (JSON has no undefined of its own). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
