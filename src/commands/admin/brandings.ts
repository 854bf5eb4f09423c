import { randomUUID } from 'node:crypto';
import { type AdminRefused, type AdminResult, done, fieldRefusal, noResult } from '../../admin-refusal.ts';
import { EmailBranding, LetterBranding } from '../../db/entities/branding.ts';
import { ServiceEmailBranding } from '../../db/entities/services.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readEmailBranding, readLetterBranding } from '../../queries/admin/brandings.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

/** The text is the name where none is given; null is none. */
export function createEmailBranding(parts: AdminCommandParts): AdminAction<'emailBrandings.create'> {
  return async ({ name, text = name, colour = null, logo = null, brand_type: brandType = 'org' }) => {
    const id = randomUUID();
    const created = await write(parts, async (em) => {
      em.create(EmailBranding, { id, name, text, colour, logo, brandType });
      return done(null);
    });
    return created.outcome === 'refused' ? created : readEmailBranding(parts.pool, id);
  };
}

/** Empty texts are none. A new name without a text is the text, too. */
export function updateEmailBranding(parts: AdminCommandParts): AdminAction<'emailBrandings.update'> {
  return async ({ id, changes }) => {
    let services: string[] = [];
    const updated = await write(parts, async (em) => {
      const branding = await em.findOne(EmailBranding, { id }, FOR_UPDATE);
      if (branding === null) return noResult();
      const { name, text = name, brand_type: brandType, colour, logo } = changes;
      em.assign(branding, {
        ...(name ? { name } : {}),
        ...(text === undefined ? {} : { text: text || null }),
        ...(colour === undefined ? {} : { colour: colour || null }),
        ...(logo === undefined ? {} : { logo: logo || null }),
        ...(brandType === undefined ? {} : { brandType }),
      });
      services = (await em.find(ServiceEmailBranding, { emailBrandingId: id })).map(({ serviceId }) => serviceId);
      return done(null);
    });
    if (updated.outcome === 'refused') return updated;
    parts.changed(services);
    return readEmailBranding(parts.pool, id);
  };
}

export function createLetterBranding(parts: AdminCommandParts): AdminAction<'letterBrandings.create'> {
  return async ({ name, filename }) => {
    const id = randomUUID();
    const created = await write(parts, async (em) => {
      em.create(LetterBranding, { id, name, filename });
      return done(null);
    });
    return created.outcome === 'refused' ? created : readLetterBranding(parts.pool, id);
  };
}

export function updateLetterBranding(parts: AdminCommandParts): AdminAction<'letterBrandings.update'> {
  return async ({ id, changes: { name, filename } }) => {
    const updated = await write(parts, async (em) => {
      const branding = await em.findOne(LetterBranding, { id }, FOR_UPDATE);
      if (branding === null) return noResult();
      em.assign(branding, { name, filename });
      return done(null);
    });
    return updated.outcome === 'refused' ? updated : readLetterBranding(parts.pool, id);
  };
}

/** Names, and file names of letters, are there once. */
async function write(
  parts: AdminCommandParts,
  work: (em: Transaction) => Promise<AdminResult<null>>,
): Promise<AdminResult<null>> {
  try {
    return await allOrNothing(parts, work);
  } catch (error) {
    const refusal = takenRefusal(brokenConstraint(error));
    if (refusal !== null) return refusal;
    throw error;
  }
}

function takenRefusal(constraint: string | null): AdminRefused | null {
  switch (constraint) {
    case 'uq_email_branding_name':
    case 'letter_branding_name_key':
      return fieldRefusal('name', 'Name already in use');
    case 'letter_branding_filename_key':
      return fieldRefusal('filename', 'Filename already in use');
    default:
      return null;
  }
}
