import table from './data/international-sms-rates.json' with { type: 'json' };

/** What sending to a country costs and allows. The last three come from the supplier. */
export type InternationalSmsRate = {
  countries: readonly string[];
  /** Multiplies the fragments of a message for billing; 1 to 12. */
  rateMultiplier: number;
  /** The service's alphanumeric sender cannot be used, so that a numeric one must take its place. */
  needsNumericSender: boolean;
  /** Delivery receipts from there can be believed. */
  deliveryReceipts: boolean;
};

const NORTH_AMERICA = '1';

/** Rates by dialling prefix: digits without plus (content 2.7). */
const RATES: ReadonlyMap<string, InternationalSmsRate> = new Map(
  Object.entries(table).map(([prefix, { names, rate_multiplier, alpha, dlr }]) => [
    prefix,
    {
      countries: names,
      rateMultiplier: rate_multiplier,
      needsNumericSender: alpha === 'NO',
      deliveryReceipts: dlr?.toUpperCase() === 'YES',
    },
  ]),
);

/**
 * The key of the rates table for a number: its country calling code, or four digits for the parts of North America
 * that have an entry of their own.
 */
export function countryPrefix(countryCode: string, normalised: string): string {
  const four = normalised.slice(0, 4);
  return countryCode === NORTH_AMERICA && RATES.has(four) ? four : countryCode;
}

/** The rate of a country prefix; undefined for a country that cannot be sent to. */
export function internationalSmsRate(prefix: string): InternationalSmsRate | undefined {
  return RATES.get(prefix);
}
