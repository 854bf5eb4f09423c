import { randomUUID } from 'node:crypto';
import { done, noResult } from '../../admin-refusal.ts';
import { User } from '../../db/entities/identity.ts';
import { UserToService } from '../../db/entities/members.ts';
import { ServiceSmsSender } from '../../db/entities/senders.ts';
import { AnnualBilling, Service } from '../../db/entities/services.ts';
import { keepVersion } from '../../db/history.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { NewService } from '../../messages/admin-services.ts';
import { readService } from '../../queries/admin/services.ts';
import { financialYear, freeAllowance } from './free-allowance.ts';
import { replacePermissions } from './memberships.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { serviceColumns } from './service-columns.ts';
import { type ServiceOwner, serviceOwner } from './service-organisation.ts';
import { chooseBrandings, replaceServicePermissions, serviceRefusal } from './service-settings.ts';

/** What the first member may do. Source: internal-api 6.4. */
const CREATOR_PERMISSIONS = [
  'manage_users',
  'manage_templates',
  'manage_settings',
  'send_texts',
  'send_emails',
  'send_letters',
  'manage_api_keys',
  'view_activity',
] as const;

/** What is switched on for a new service. Source: internal-api 6.4. */
const SERVICE_PERMISSIONS = ['sms', 'email', 'letter', 'international_sms', 'upload_letters', 'international_letters'];

/** A service with its first member, sender, allowance and history, all at once. */
export function createService(parts: AdminCommandParts): AdminAction<'services.create'> {
  return async ({ user_id: creatorId, ...asked }) => {
    const id = randomUUID();
    try {
      const created = await allOrNothing(parts, async (em) => {
        const creator = await em.findOne(User, { id: creatorId });
        if (creator === null) return noResult();
        const owner = await serviceOwner(em, parts.pool, creator.emailAddress, asked.organisation_type ?? null);
        await createRow(em, id, asked, owner, creator);
        const refusal = await replaceServicePermissions(em, id, asked.permissions ?? SERVICE_PERMISSIONS);
        if (refusal !== null) return refusal;
        await createSurroundings(em, id, creator.id, parts.fromNumber, owner.organisationType, parts.now());
        const { emailBrandingId, letterBrandingId } = owner;
        await chooseBrandings(
          em,
          id,
          asked.email_branding ?? emailBrandingId,
          asked.letter_branding ?? letterBrandingId,
        );
        return done(null);
      });
      if (created.outcome === 'refused') return created;
    } catch (error) {
      return serviceRefusal(error, asked.name);
    }
    // Someone may have asked for it before it was there.
    parts.changed([id]);
    return readService(parts.pool, id);
  };
}

/** Whatever is asked for, it is active and sends really, and its creator decides whether it counts. */
async function createRow(
  em: Transaction,
  id: string,
  asked: Omit<NewService, 'user_id'>,
  { organisationId, organisationType, crown }: ServiceOwner,
  creator: User,
): Promise<void> {
  const { name, email_from, message_limit, restricted, created_by } = asked;
  em.create(Service, {
    id,
    name,
    emailFrom: email_from,
    messageLimit: message_limit,
    restricted,
    createdById: created_by,
    ...serviceColumns(asked, null),
    active: true,
    researchMode: false,
    countAsLive: !creator.platformAdmin,
    organisationId,
    organisationType,
    crown,
  });
  await keepVersion(em, Service, id);
}

async function createSurroundings(
  em: Transaction,
  serviceId: string,
  userId: string,
  fromNumber: string,
  organisationType: string | null,
  now: number,
): Promise<void> {
  em.create(UserToService, { userId, serviceId });
  await replacePermissions(em, { userId, serviceId }, [...CREATOR_PERMISSIONS]);
  em.create(ServiceSmsSender, { serviceId, smsSender: fromNumber });
  const financialYearStart = financialYear(now);
  const freeSmsFragmentLimit = freeAllowance(organisationType, financialYearStart);
  em.create(AnnualBilling, { serviceId, financialYearStart, freeSmsFragmentLimit });
}
