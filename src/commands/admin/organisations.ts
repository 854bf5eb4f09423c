import { randomUUID } from 'node:crypto';
import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { Domain, Organisation } from '../../db/entities/organisations.ts';
import { AnnualBilling, Service, ServiceEmailBranding, ServiceLetterBranding } from '../../db/entities/services.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { OrganisationChanges } from '../../messages/admin-organisations.ts';
import { getOrganisation } from '../../queries/admin/organisations.ts';
import { tellSigners } from './agreement.ts';
import { financialYear, freeAllowance } from './free-allowance.ts';
import { organisationColumns } from './organisation-columns.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

const NOT_FOUND = plainRefusal(404, 'Organisation not found');

export function createOrganisation(parts: AdminCommandParts): AdminAction<'organisations.create'> {
  return async (asked) => {
    const id = randomUUID();
    try {
      await parts.transact(async (em) => {
        em.create(Organisation, { id, name: asked.name, ...organisationColumns(asked) });
      });
    } catch (error) {
      return organisationRefusal(error);
    }
    return getOrganisation(parts.pool)({ id });
  };
}

/** Type and crown are copied to all services, brandings to those that have none; each touched one gets a version. */
export function updateOrganisation(parts: AdminCommandParts): AdminAction<'organisations.update'> {
  return async ({ id, changes, requestId }) => {
    let services: string[] = [];
    try {
      const updated = await allOrNothing(parts, async (em) => {
        const organisation = await em.findOne(Organisation, { id }, FOR_UPDATE);
        if (organisation === null) return NOT_FOUND;
        em.assign(organisation, organisationColumns(changes));
        await em.flush();
        if (changes.domains !== undefined) await replaceDomains(em, id, changes.domains);
        services = await copyToServices(em, id, changes);
        return done(null);
      });
      if (updated.outcome === 'refused') return updated;
    } catch (error) {
      return organisationRefusal(error);
    }
    parts.changed(services);
    await tellSigners(parts, id, changes, requestId);
    return done(null);
  };
}

/** The allowance of the current year is that of the organisation's type from now on. */
export function linkService(parts: AdminCommandParts): AdminAction<'organisations.linkService'> {
  return async ({ id, serviceId }) => {
    const linked = await allOrNothing(parts, async (em) => {
      const organisation = await em.findOne(Organisation, { id });
      const service = await lockService(em, serviceId);
      if (organisation === null || service === null) return noResult();
      const { organisationType = null, crown = null } = organisation;
      em.assign(service, { organisationId: id, organisationType, crown, version: service.version + 1 });
      await keepVersion(em, Service, serviceId);
      const financialYearStart = financialYear(parts.now());
      const freeSmsFragmentLimit = freeAllowance(organisationType, financialYearStart);
      await em.upsert(
        AnnualBilling,
        { id: randomUUID(), serviceId, financialYearStart, freeSmsFragmentLimit },
        { onConflictFields: ['serviceId', 'financialYearStart'], onConflictExcludeFields: ['id'] },
      );
      return done(null);
    });
    if (linked.outcome === 'done') parts.changed([serviceId]);
    return linked;
  };
}

async function replaceDomains(em: Transaction, organisationId: string, domains: readonly string[]): Promise<void> {
  await em.nativeDelete(Domain, { organisationId });
  for (const domain of new Set(domains.map((each) => each.toLowerCase())))
    em.create(Domain, { domain, organisationId });
  await em.flush();
}

async function copyToServices(
  em: Transaction,
  organisationId: string,
  changes: OrganisationChanges,
): Promise<string[]> {
  const { crown, organisation_type: organisationType } = changes;
  const { email_branding_id: emailBrandingId, letter_branding_id: letterBrandingId } = changes;
  if ([crown, organisationType, emailBrandingId, letterBrandingId].every((value) => value === undefined)) return [];
  const services = await em.find(Service, { organisationId }, FOR_UPDATE);
  const touched: string[] = [];
  for (const service of services) {
    const serviceId = service.id;
    const takesEmail = Boolean(emailBrandingId) && (await em.count(ServiceEmailBranding, { serviceId })) === 0;
    const takesLetter = Boolean(letterBrandingId) && (await em.count(ServiceLetterBranding, { serviceId })) === 0;
    if (crown === undefined && organisationType === undefined && !takesEmail && !takesLetter) continue;
    em.assign(service, {
      ...(crown !== undefined && { crown }),
      ...(organisationType !== undefined && { organisationType }),
      version: service.version + 1,
    });
    if (emailBrandingId && takesEmail) em.create(ServiceEmailBranding, { serviceId, emailBrandingId });
    if (letterBrandingId && takesLetter) em.create(ServiceLetterBranding, { serviceId, letterBrandingId });
    await keepVersion(em, Service, serviceId);
    touched.push(serviceId);
  }
  return touched;
}

function organisationRefusal(error: unknown): AdminRefused {
  const constraint = brokenConstraint(error);
  if (constraint === 'ix_organisation_name') return plainRefusal(400, 'Organisation name already exists');
  if (constraint === 'domain_pkey') return plainRefusal(400, 'Domain already exists');
  if (constraint?.startsWith('organisation_') && constraint.endsWith('_fkey')) return noResult();
  throw error;
}
