import type { ServiceRecord } from '../db/service-directory.ts';
import { parseUuid } from '../validation/uuid.ts';
import type { Caller } from './route.ts';
import { claimsProblem, isSignedBy, parseToken, type SecretHolder, type Token } from './token.ts';

/** Services by id; both answers of the cached directory will do. */
export type ServiceSource = {
  service(serviceId: string): ServiceRecord | null | Promise<ServiceRecord | null>;
};

export type AuthFailure = { failed: true; status: 401 | 403; message: string };
export type Authentication = { failed: false; caller: Caller } | AuthFailure;

/** A client inside the system. More than one secret is for rotation: all are accepted (internal-api 1). */
export type InternalClient = { id: string; secrets: readonly SecretHolder[] };

/** The texts of public-api 1.2, in the order of the checks. */
const MESSAGES = {
  missing: 'Unauthorized: authentication token must be provided',
  scheme: 'Unauthorized: authentication bearer scheme must be used',
  general:
    'Invalid token: make sure your API token matches the example at https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header',
  noIssuer: 'Invalid token: iss field not provided',
  otherClient: 'Unauthorized: not allowed to perform this action',
  issuerType: 'Invalid token: service id is not the right data type',
  noService: 'Invalid token: service not found',
  noKeys: 'Invalid token: service has no API keys',
  archived: 'Invalid token: service is archived',
  algorithm: 'Invalid token: algorithm used is not HS256',
  'unknown-key': 'Invalid token: API key not found',
  clock: 'Error: Your system clock must be accurate to within 30 seconds',
  revoked: 'Invalid token: API key revoked',
} as const;

const SCHEME = 'bearer ';

/** Finds the service and the key that signed a request's token. `nowSeconds` is since the epoch. */
export async function authenticate(
  authorization: string | undefined,
  directory: ServiceSource,
  nowSeconds: number,
): Promise<Authentication> {
  const token = bearerToken(authorization);
  if ('failed' in token) return token;
  const issuer = token.claims['iss'];
  const serviceId = typeof issuer === 'string' ? parseUuid(issuer) : null;
  if (serviceId === null) return failure('issuerType');

  const found = directory.service(serviceId);
  const service = found instanceof Promise ? await found : found;
  if (service === null) return failure('noService');
  if (service.apiKeys.length === 0) return failure('noKeys');
  if (!service.active) return failure('archived');
  return signedBy(token, service, nowSeconds);
}

/** Why a request is not the client's; null when it is. The texts and their order are those of internal-api 1. */
export function internalAuthFailure(
  authorization: string | undefined,
  client: InternalClient,
  nowSeconds: number,
): AuthFailure | null {
  const token = bearerToken(authorization);
  if ('failed' in token) return token;
  if (token.claims['iss'] !== client.id) return failure('otherClient', 401);
  const key = signingKey(token, client.secrets, nowSeconds);
  return 'failed' in key ? key : null;
}

/** The token of a request, with an issuer; nothing of it is verified. */
function bearerToken(authorization: string | undefined): Token | AuthFailure {
  if (authorization === undefined || authorization === '') return failure('missing', 401);
  // A server trims header values: a scheme without a token has lost its space.
  if (!`${authorization} `.toLowerCase().startsWith(SCHEME)) return failure('scheme', 401);
  const token = parseToken(authorization.slice(SCHEME.length));
  if (token === null) return failure('general');
  return Object.hasOwn(token.claims, 'iss') ? token : failure('noIssuer');
}

/** The key that signed a token whose claims are in order. */
function signingKey<Key extends SecretHolder>(
  token: Token,
  keys: readonly Key[],
  nowSeconds: number,
): Key | AuthFailure {
  if (token.header['alg'] !== 'HS256') return failure('algorithm');
  const signer = keys.find((key) => isSignedBy(token, key));
  if (signer === undefined) return failure('unknown-key');
  const problem = claimsProblem(token.claims, nowSeconds);
  return problem === null ? signer : failure(problem);
}

function signedBy(token: Token, service: ServiceRecord, nowSeconds: number): Authentication {
  const apiKey = signingKey(token, service.apiKeys, nowSeconds);
  if ('failed' in apiKey) return apiKey;
  const isRevoked = apiKey.expiresAt !== null;
  return isRevoked ? failure('revoked') : { failed: false, caller: { service, apiKey } };
}

function failure(reason: keyof typeof MESSAGES, status: 401 | 403 = 403): AuthFailure {
  return { failed: true, status, message: MESSAGES[reason] };
}
