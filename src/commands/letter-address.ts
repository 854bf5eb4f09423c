import { type PostalAddress, parsePostalAddress } from '../content/postal-address.ts';
import { postalAddressError } from '../content/postal-address-checks.ts';
import { rawAddress } from '../content/postal-address-values.ts';
import type { Values } from '../content/values.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import { type Checked, invalid, passed } from '../refusal.ts';

const KEYS: ReadonlySet<string> = new Set([...[1, 2, 3, 4, 5, 6, 7].map((line) => `address_line_${line}`), 'postcode']);

/** The address in a letter's personalisation. Here its keys count only in their exact spelling (public-api 4.11). */
export function letterAddress(service: ServiceRecord, personalisation: Values): Checked<PostalAddress> {
  const lines = Object.entries(personalisation).filter(([key]) => KEYS.has(key));
  const address = parsePostalAddress(rawAddress(Object.fromEntries(lines)));
  const error = postalAddressError(address, service.permissions.has('international_letters'));
  return error === null ? passed(address) : invalid([error]);
}
