import type { Pool } from 'pg';
import type { SecretBox } from '../crypto/secret-box.ts';
import { loadProviders, type ProviderRecord } from './provider-directory.ts';
import { loadService, type ServiceRecord } from './service-directory.ts';
import { loadTemplate, type TemplateRecord } from './template-directory.ts';
import { ttlCache } from './ttl-cache.ts';

/** Where records come from when they are not in the cache. */
export type DirectorySource = {
  service(serviceId: string): Promise<ServiceRecord | null>;
  template(serviceId: string, templateId: string, version?: number): Promise<TemplateRecord | null>;
  providers(): Promise<readonly ProviderRecord[]>;
};

/** Records at once when they are fresh in the cache, else promises of them. Ids must be lower-case UUIDs. */
export type Directory = {
  service(serviceId: string): ServiceRecord | null | Promise<ServiceRecord | null>;
  template(
    serviceId: string,
    templateId: string,
    version?: number,
  ): TemplateRecord | null | Promise<TemplateRecord | null>;
  providers(): readonly ProviderRecord[] | Promise<readonly ProviderRecord[]>;
  /** Forgets the service and its templates in this process; other processes see a change when their copy expires. */
  invalidateService(serviceId: string): void;
};

export type CachedDirectoryOptions = {
  /** Milliseconds, monotonic. Default `performance.now`. */
  now?: () => number;
  /** Milliseconds that services and current templates live. Default 2000 (public-api 1.2). */
  ttlMs?: number;
  /** Services kept, and templates kept in each of two caches. Default 10 000. */
  max?: number;
};

/** Milliseconds; a version never changes, only the archived, hidden and redacted marks beside it. */
const TEMPLATE_VERSION_TTL_MS = 30_000;
const PROVIDERS_TTL_MS = 10_000;

/** Reads each record from the database, one statement a look-up. */
export function databaseDirectory(pool: Pool, box: SecretBox): DirectorySource {
  return {
    service: (serviceId) => loadService(pool, box, serviceId),
    template: (serviceId, templateId, version) => loadTemplate(pool, serviceId, templateId, version),
    providers: () => loadProviders(pool),
  };
}

/** An in-process cache in front of `source`. What is not found is cached as null; a failed load is not cached. */
export function cachedDirectory(source: DirectorySource, options: CachedDirectoryOptions = {}): Directory {
  const { now = () => performance.now(), ttlMs = 2000, max = 10_000 } = options;
  const services = ttlCache<ServiceRecord | null>({ ttlMs, max, now });
  const currentTemplates = ttlCache<TemplateRecord | null>({ ttlMs, max, now });
  const templateVersions = ttlCache<TemplateRecord | null>({ ttlMs: TEMPLATE_VERSION_TTL_MS, max, now });
  const providers = ttlCache<readonly ProviderRecord[]>({ ttlMs: PROVIDERS_TTL_MS, max: 1, now });

  return {
    service: (serviceId) => services.get(serviceId, () => source.service(serviceId)),
    template: (serviceId, templateId, version) =>
      version === undefined
        ? currentTemplates.get(`${serviceId}/${templateId}`, () => source.template(serviceId, templateId))
        : templateVersions.get(`${serviceId}/${templateId}/${version}`, () =>
            source.template(serviceId, templateId, version),
          ),
    providers: () => providers.get('', () => source.providers()),
    invalidateService: (serviceId) => {
      services.delete(serviceId);
      for (const cache of [currentTemplates, templateVersions]) cache.deletePrefix(`${serviceId}/`);
    },
  };
}
