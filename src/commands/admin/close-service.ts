import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import { ApiKey } from '../../db/entities/api-access.ts';
import { Service } from '../../db/entities/services.ts';
import { Template, TemplateFolderMap } from '../../db/entities/templates.ts';
import { keepVersion } from '../../db/history.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { archivedName } from './archived-name.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

/** Takes a service out of use for good: its name is free again, its templates and keys are no more. */
export function archiveService(parts: AdminCommandParts): AdminAction<'services.archive'> {
  return changeService(parts, async (em, service) => {
    if (!service.active) return;
    const at = new Date(parts.now());
    await newVersion(em, service, {
      active: false,
      name: await archivedName(service.name, at, async (name) => (await em.count(Service, { name })) > 0),
      emailFrom: await archivedName(service.emailFrom, at, async (emailFrom) => {
        return (await em.count(Service, { emailFrom })) > 0;
      }),
    });
    for (const template of await em.find(Template, { serviceId: service.id, archived: false })) {
      em.assign(template, { archived: true, version: template.version + 1 });
      await keepVersion(em, Template, template.id);
      await em.nativeDelete(TemplateFolderMap, { templateId: template.id });
    }
    await expireKeys(em, service.id, at);
  });
}

/** Keys of a suspended service stay expired when it is resumed. */
export function suspendService(parts: AdminCommandParts): AdminAction<'services.suspend'> {
  return changeService(parts, async (em, service) => {
    if (!service.active) return;
    await newVersion(em, service, { active: false });
    await expireKeys(em, service.id, new Date(parts.now()));
  });
}

export function resumeService(parts: AdminCommandParts): AdminAction<'services.resume'> {
  return changeService(parts, async (em, service) => {
    if (!service.active) await newVersion(em, service, { active: true });
  });
}

function changeService(
  parts: AdminCommandParts,
  change: (em: Transaction, service: Service) => Promise<void>,
): ({ serviceId }: { serviceId: string }) => Promise<AdminResult<null>> {
  return async ({ serviceId }) => {
    const changed = await allOrNothing(parts, async (em) => {
      const service = await lockService(em, serviceId);
      if (service === null) return noResult();
      await change(em, service);
      return done(null);
    });
    if (changed.outcome === 'done') parts.changed([serviceId]);
    return changed;
  };
}

async function newVersion(em: Transaction, service: Service, changes: Partial<Service>): Promise<void> {
  em.assign(service, { ...changes, version: service.version + 1 });
  await keepVersion(em, Service, service.id);
}

async function expireKeys(em: Transaction, serviceId: string, at: Date): Promise<void> {
  for (const key of await em.find(ApiKey, { serviceId, expiryDate: null })) {
    em.assign(key, { expiryDate: at, version: key.version + 1 });
    await keepVersion(em, ApiKey, key.id);
  }
}
