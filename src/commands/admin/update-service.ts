import { done, noResult } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { Service } from '../../db/entities/services.ts';
import { keepVersion } from '../../db/history.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ServiceView } from '../../messages/admin-services.ts';
import { readService } from '../../queries/admin/services.ts';
import { listMembers } from '../../queries/admin/users.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { serviceColumns } from './service-columns.ts';
import { chooseBrandings, lockService, replaceServicePermissions, serviceRefusal } from './service-settings.ts';

/** A new version of the service with every call; its members are told when it leaves trial mode. */
export function updateService(parts: AdminCommandParts): AdminAction<'services.update'> {
  return async ({ serviceId, changes, requestId }) => {
    let goesLive = false;
    try {
      const updated = await allOrNothing(parts, async (em) => {
        const service = await lockService(em, serviceId);
        if (service === null) return noResult();
        goesLive = service.restricted && changes.restricted === false;
        em.assign(service, {
          ...serviceColumns(changes, service.messageLimit),
          version: service.version + 1,
        });
        await keepVersion(em, Service, serviceId);
        await chooseBrandings(em, serviceId, changes.email_branding, changes.letter_branding);
        const { permissions } = changes;
        const refusal = permissions === undefined ? null : await replaceServicePermissions(em, serviceId, permissions);
        return refusal ?? done(null);
      });
      if (updated.outcome === 'refused') return updated;
    } catch (error) {
      return serviceRefusal(error, changes.name ?? changes.email_from ?? '');
    }
    parts.changed([serviceId]);
    const service = await readService(parts.pool, serviceId);
    if (goesLive && service.outcome === 'done') await tellMembers(parts, service.value, requestId);
    return service;
  };
}

async function tellMembers(parts: AdminCommandParts, service: ServiceView, requestId: string): Promise<void> {
  const members = await listMembers(parts.pool)({ serviceId: service.id });
  if (members.outcome === 'refused') return;
  for (const { name, email_address } of members.value) {
    await parts.send({
      templateId: INTERNAL_TEMPLATES.serviceNowLive,
      recipient: email_address,
      personalisation: {
        name,
        service_name: service.name,
        message_limit: service.message_limit.toLocaleString('en-GB'),
      },
      requestId,
    });
  }
}
