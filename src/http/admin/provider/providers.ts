import { type AdminRefused, noResult } from '../../../admin-refusal.ts';
import type { ProviderChanges, ProviderView } from '../../../messages/admin-platform.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { nothing, readObject } from '../read.ts';
import { httpTime, offsetTime, orNull } from '../times.ts';

const PERMITTED = ['priority', 'active', 'created_by'];
/** Per cent; for channels with one provider it means nothing. */
const HIGHEST_PRIORITY = 100;
const PROVIDER = '/provider-details/{provider_details_id}';

/** Who messages are sent through (internal-api 6.22). */
export function providerRoutes(parts: AdminParts): Paths {
  return {
    '/provider-details': { GET: listProviders(parts) },
    [PROVIDER]: { GET: getProvider(parts), POST: updateProvider(parts) },
    [`${PROVIDER}/versions`]: { GET: listVersions(parts) },
  };
}

function listProviders({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    () => call('providers.list', {}),
    (providers) =>
      ok({
        provider_details: providers.map((provider) => ({
          ...provider,
          updated_at: orNull(httpTime)(provider.updated_at),
        })),
      }),
  );
}

function getProvider({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('providers.get', { id: pathPart(request, 'provider_details_id') }),
    (provider) => ok({ provider_details: provider === null ? {} : providerJson(provider) }),
  );
}

function listVersions({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('providers.versions', { id: pathPart(request, 'provider_details_id') }),
    (versions) => dataAnswer(versions.map(providerJson)),
  );
}

function updateProvider({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readChanges,
    (changes, request) => call('providers.update', { id: pathPart(request, 'provider_details_id'), changes }),
    (provider) => ok({ provider_details: providerJson(provider) }),
  );
}

/** A value that cannot be stored is as good as a row that does not exist (internal-api 3.2). */
async function readChanges(request: HttpRequest): Promise<Checked<ProviderChanges> | AdminRefused> {
  const body = await readObject(request);
  if (body.outcome === 'refused') return body;
  const unknown = Object.keys(body.value).filter((name) => !PERMITTED.includes(name));
  if (unknown.length > 0) return notPermitted(unknown);
  const { priority, active, created_by } = body.value;
  const author = typeof created_by === 'string' ? parseUuid(created_by) : null;
  if (priority !== undefined && !isPriority(priority)) return noResult();
  if (active !== undefined && typeof active !== 'boolean') return noResult();
  if (created_by !== undefined && author === null) return noResult();
  return passed({
    ...(priority === undefined ? {} : { priority }),
    ...(active === undefined ? {} : { active }),
    ...(author === null ? {} : { created_by: author }),
  });
}

function notPermitted(names: readonly string[]): AdminRefused {
  const message = Object.fromEntries(names.map((name) => [name, ['Not permitted to be updated']]));
  return { outcome: 'refused', status: 400, message };
}

function isPriority(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= HIGHEST_PRIORITY;
}

function providerJson(provider: ProviderView): object {
  return { ...provider, updated_at: orNull(offsetTime)(provider.updated_at) };
}
