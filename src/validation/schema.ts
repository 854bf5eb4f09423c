import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { FORMATS } from './formats.ts';
import { schemaMessages } from './schema-messages.ts';

/** A property's JSON Schema. `failureText` replaces what is said of any failure of the property. */
export type PropertySchema = { readonly [keyword: string]: unknown; readonly failureText?: string };

/** An object's JSON Schema. The order of `properties` is the order in which failures are reported. */
export type ObjectSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
};

/** The messages of a value's failures in the API's words and order (public-api 3.2); null when it is valid. */
export type Validate = (value: unknown) => string[] | null;

const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
addFormats.default(ajv, ['uri', 'date-time']);
ajv.addVocabulary(['failureText']);
for (const [name, problem] of Object.entries(FORMATS)) {
  ajv.addFormat(name, { type: 'string', validate: (text: string) => problem(text) === null });
}

/** Compiles a schema: call it once, when the module loads. */
export function compileSchema(schema: ObjectSchema): Validate {
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return null;
    const errors: ErrorObject[] = validate.errors ?? [];
    return schemaMessages(errors, schema);
  };
}
