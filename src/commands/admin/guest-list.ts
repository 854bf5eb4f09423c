import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { parseEmailAddress } from '../../content/email-address.ts';
import { parsePhoneNumber, phoneNumberRefusal } from '../../content/phone-number.ts';
import { ServiceWhitelist } from '../../db/entities/services.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { GuestList } from '../../messages/admin-service-settings.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

/** Characters that the column holds. */
const LONGEST = 255;

/** Replaces the whole list, or leaves it as it is where an entry is wrong. */
export function replaceGuestList(parts: AdminCommandParts): AdminAction<'guestLists.replace'> {
  return async ({ serviceId, guests }) => {
    const replaced = await allOrNothing(parts, async (em) => {
      if ((await lockService(em, serviceId)) === null) return noResult();
      const refusal = guestRefusal(guests);
      if (refusal !== null) return refusal;
      await em.nativeDelete(ServiceWhitelist, { serviceId });
      for (const recipient of guests.email_addresses) {
        em.create(ServiceWhitelist, { serviceId, recipientType: 'email', recipient });
      }
      for (const recipient of guests.phone_numbers) {
        em.create(ServiceWhitelist, { serviceId, recipientType: 'mobile', recipient });
      }
      return done(null);
    });
    if (replaced.outcome === 'done') parts.changed([serviceId]);
    return replaced;
  };
}

function guestRefusal({ email_addresses, phone_numbers }: GuestList): AdminRefused | null {
  const wrong =
    phone_numbers.find((number) => !isNumber(number) || number.length > LONGEST) ??
    email_addresses.find((address) => !parseEmailAddress(address).ok || address.length > LONGEST);
  if (wrong === undefined) return null;
  return plainRefusal(400, `Invalid guest list: "${wrong}" is not a valid email address or phone number`);
}

/** Of any country. */
function isNumber(typed: string): boolean {
  const number = parsePhoneNumber(typed);
  return number.ok && phoneNumberRefusal(number, { international: true, ukLandlines: false }) === null;
}
