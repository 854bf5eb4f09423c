import { ANSWER_SCHEMAS, type AnswerName, type JsonSchema } from './answer-schemas.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { queryParameters, requestSchema } from './request-schema.ts';

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The request is wrong; the message says how',
  401: 'There is no token',
  403: 'The token or the key does not allow it',
  404: 'There is no such thing, or it is another service’s',
  413: 'The body is too large',
  429: 'Too many requests a minute, or messages a day',
  500: 'Something broke here',
  504: 'It took too long',
};

/**
 * The public API as an OpenAPI 3.1 document. Request schemas are those that requests are checked with. `root` is the
 * API's address with its final slash.
 */
export function openApiDocument(root: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Notification service',
      version: '2',
      description: 'Emails, text messages and letters. Wire-compatible with the GOV.UK Notify REST API.',
    },
    servers: [{ url: root.replace(/\/$/, '') }],
    paths,
    components: {
      schemas: ANSWER_SCHEMAS,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'HS256 under the API key’s secret (its last 36 characters); claims `iss` (the service’s id, the 36 characters before) and `iat` (seconds; at most 30 off).',
        },
      },
    },
  };
}

function operationObject(operation: Operation): object {
  const { id, summary, tag, needsToken, status, answers, bodies, isBodyOptional = false } = operation;
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: needsToken ? [{ token: [] }] : [],
    parameters: [...pathParameters(operation.path), ...(operation.query ? queryParameters(operation.query) : [])],
    ...(bodies && {
      requestBody: {
        required: !isBodyOptional,
        content: { 'application/json': { schema: oneOf(bodies.map(requestSchema)) } },
      },
    }),
    responses: {
      [status]: { description: 'Done', content: successContent(answers) },
      ...Object.fromEntries(refusalsOf(operation).map((code) => [code, refusal(code, operation)])),
    },
  };
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: pathParameter(name),
  }));
}

function pathParameter(name: string): JsonSchema {
  if (name === 'version') return { type: 'integer', minimum: 0 };
  return name.endsWith('_id') ? { type: 'string', format: 'uuid' } : { type: 'string', minLength: 1 };
}

function successContent(answers: Operation['answers']): object {
  if (answers.includes('pdf')) return { 'application/pdf': {} };
  const schemas = answers.flatMap((name) => (name === 'pdf' ? [] : [reference(name)]));
  return { 'application/json': { schema: oneOf(schemas) } };
}

function refusalsOf({ needsToken, refusals }: Operation): number[] {
  const all = new Set<number>([...refusals, ...(needsToken ? [401, 403] : []), 500, 504]);
  return [...all].sort((one, other) => one - other);
}

/** Paths that match no route answer in the plain shape, also below `/v2`. */
function refusal(code: number, { path }: Operation): object {
  const isV2 = path.startsWith('/v2/');
  const schema = !isV2
    ? reference('PlainError')
    : code === 404
      ? { anyOf: [reference('Errors'), reference('PlainError')] }
      : reference('Errors');
  return { description: REFUSALS[code] ?? 'It was refused', content: { 'application/json': { schema } } };
}

function reference(name: AnswerName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function oneOf(schemas: readonly object[]): object {
  const [only] = schemas;
  return schemas.length === 1 && only ? only : { anyOf: schemas };
}
