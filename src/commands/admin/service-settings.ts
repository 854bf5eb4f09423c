import { type AdminRefused, fieldRefusal, plainRefusal } from '../../admin-refusal.ts';
import { Service, ServiceEmailBranding, ServiceLetterBranding, ServicePermission } from '../../db/entities/services.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';

/** What the database says of a service's columns, as the caller is told; other failures are thrown. */
export function serviceRefusal(error: unknown, name: string): AdminRefused {
  switch (brokenConstraint(error)) {
    case 'services_name_key':
    case 'services_email_from_key':
      return fieldRefusal('name', `Duplicate service name '${name}'`);
    case 'services_organisation_type_fkey':
      return fieldRefusal('organisation_type', 'Not a valid choice.');
    case 'services_created_by_id_fkey':
    case 'services_go_live_user_id_fkey':
    case 'service_email_branding_email_branding_id_fkey':
    case 'service_letter_branding_letter_branding_id_fkey':
      return plainRefusal(404, 'No result found');
    default:
      throw error;
  }
}

/** Replaces what is switched on for a service; refuses names that are unknown or given twice. */
export async function replaceServicePermissions(
  em: Transaction,
  serviceId: string,
  names: readonly string[],
): Promise<AdminRefused | null> {
  const known = new Set(
    (await em.execute<{ name: string }[]>('select name from service_permission_types')).map(({ name }) => name),
  );
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) return fieldRefusal('permissions', `Invalid Service Permission: '${unknown}'`);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0) {
    return fieldRefusal(
      'permissions',
      `Duplicate Service Permission: [${twice.map((name) => `'${name}'`).join(', ')}]`,
    );
  }
  await em.nativeDelete(ServicePermission, { serviceId });
  for (const permission of names) em.create(ServicePermission, { serviceId, permission });
  return null;
}

/** Chooses brandings; null clears, undefined leaves as it is. */
export async function chooseBrandings(
  em: Transaction,
  serviceId: string,
  emailBrandingId: string | null | undefined,
  letterBrandingId: string | null | undefined,
): Promise<void> {
  if (emailBrandingId !== undefined) await em.nativeDelete(ServiceEmailBranding, { serviceId });
  if (letterBrandingId !== undefined) await em.nativeDelete(ServiceLetterBranding, { serviceId });
  await em.flush();
  if (emailBrandingId) em.create(ServiceEmailBranding, { serviceId, emailBrandingId });
  if (letterBrandingId) em.create(ServiceLetterBranding, { serviceId, letterBrandingId });
}

/** Locks a service for a change; null where there is none. */
export async function lockService(em: Transaction, id: string): Promise<Service | null> {
  return em.findOne(Service, { id }, FOR_UPDATE);
}
