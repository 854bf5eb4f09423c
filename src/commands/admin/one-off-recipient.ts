import { type AdminResult, done, plainRefusal } from '../../admin-refusal.ts';
import { parseEmailAddress } from '../../content/email-address.ts';
import type { Postage } from '../../content/letter-timings.ts';
import { parsePhoneNumber, phoneNumberRefusal } from '../../content/phone-number.ts';
import { stripAndRemoveObscureWhitespace } from '../../content/text/whitespace.ts';
import type { Values } from '../../content/values.ts';
import type { ServiceRecord } from '../../db/service-directory.ts';
import type { TemplateRecord } from '../../db/template-directory.ts';
import { letterAddress } from '../letter-address.ts';
import type { CheckedMessage } from '../send-parts.ts';

type Recipient = Pick<
  CheckedMessage,
  'recipient' | 'normalisedTo' | 'international' | 'receiptsBelieved' | 'phonePrefix' | 'rateMultiplier'
>;

/** Who a one-off message goes to, if the service may write there. */
export function oneOffRecipient(service: ServiceRecord, type: 'sms' | 'email', typed: string): AdminResult<Recipient> {
  return type === 'sms' ? textRecipient(service, typed) : emailRecipient(typed);
}

function textRecipient({ permissions }: ServiceRecord, typed: string): AdminResult<Recipient> {
  const number = parsePhoneNumber(typed);
  if (!number.ok) return plainRefusal(400, number.apiMessage);
  const international = permissions.has('international_sms');
  if (!number.isUk && !international) return plainRefusal(400, 'Cannot send to international mobile numbers');
  const ukLandlines = permissions.has('sms_to_uk_landlines');
  const refusal = phoneNumberRefusal(number, { international, ukLandlines });
  if (refusal !== null) return plainRefusal(400, refusal.apiMessage);
  return done({
    recipient: stripAndRemoveObscureWhitespace(typed),
    normalisedTo: number.normalised,
    international: number.international,
    receiptsBelieved: !number.international || number.deliveryReceipts,
    phonePrefix: number.countryPrefix,
    rateMultiplier: number.rateMultiplier,
  });
}

function emailRecipient(typed: string): AdminResult<Recipient> {
  const address = parseEmailAddress(typed);
  if (!address.ok) return plainRefusal(400, address.message);
  return done({
    recipient: address.address,
    normalisedTo: address.normalised,
    international: false,
    receiptsBelieved: true,
    phonePrefix: null,
    rateMultiplier: null,
  });
}

/** Where a one-off letter goes, and how: abroad the country says it, at home the template. */
export function oneOffAddress(
  service: ServiceRecord,
  { postage }: TemplateRecord,
  values: Values,
): AdminResult<{ recipient: string; postage: Postage }> {
  const address = letterAddress(service, values);
  if (address.outcome === 'refused') return plainRefusal(400, address.errors[0]?.message ?? '');
  const { country, normalisedLines } = address.value;
  const recipient = normalisedLines.join('\n');
  if (country.postageZone !== 'united-kingdom') return done({ recipient, postage: country.postageZone });
  return done({ recipient, postage: postage === 'first' || postage === 'economy' ? postage : 'second' });
}
