import type { Pool } from 'pg';
import { EmailBranding, LetterBranding } from '../../db/entities/branding.ts';
import { Organisation } from '../../db/entities/organisations.ts';
import type { Transaction } from '../../db/transaction.ts';
import { ownerOf } from '../../queries/admin/organisations.ts';

/** What a new service takes from whose it is. */
export type ServiceOwner = {
  organisationId: string | null;
  organisationType: string | null;
  crown: boolean | null;
  emailBrandingId: string | null;
  letterBrandingId: string | null;
};

const CROWN: Readonly<Record<string, boolean>> = {
  nhs_central: true,
  local: false,
  nhs_local: false,
  nhs_gp: false,
  emergency_service: false,
  school_or_college: false,
};
const NHS_TYPES = new Set(['nhs', 'nhs_central', 'nhs_local', 'nhs_gp']);
const NHS_ADDRESS = /(?:@nhs\.uk|@nhs\.net|\.nhs\.uk|\.nhs\.net)$/i;
const NHS_BRANDING = 'NHS';

/**
 * The organisation that owns the domain of the creator's address, with its type, crown and brandings; without one, what
 * the asked type says (internal-api 6.4).
 */
export async function serviceOwner(
  em: Transaction,
  pool: Pool,
  creatorAddress: string,
  askedType: string | null,
): Promise<ServiceOwner> {
  const id = await ownerOf(pool, creatorAddress.slice(creatorAddress.lastIndexOf('@') + 1));
  if (id === null) return ownerless(em, creatorAddress, askedType);
  const organisation = await em.findOneOrFail(Organisation, { id });
  return {
    organisationId: id,
    organisationType: organisation.organisationType ?? askedType,
    crown: organisation.crown ?? null,
    emailBrandingId: organisation.emailBrandingId ?? null,
    letterBrandingId: organisation.letterBrandingId ?? null,
  };
}

async function ownerless(em: Transaction, address: string, organisationType: string | null): Promise<ServiceOwner> {
  const isNhs = NHS_TYPES.has(organisationType ?? '') || NHS_ADDRESS.test(address);
  const email = isNhs ? await em.findOne(EmailBranding, { name: NHS_BRANDING }) : null;
  const letter = isNhs ? await em.findOne(LetterBranding, { name: NHS_BRANDING }) : null;
  return {
    organisationId: null,
    organisationType,
    crown: CROWN[organisationType ?? ''] ?? null,
    emailBrandingId: email?.id ?? null,
    letterBrandingId: letter?.id ?? null,
  };
}
