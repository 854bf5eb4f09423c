import { toLondonTime } from '../../content/london-time.ts';

/** Free text fragments a year by kind of organisation: to 2020, in 2021, from 2022 on. Source: internal-api 6.20. */
const CENTRAL = [250_000, 150_000, 40_000] as const;
const LOCAL = [25_000, 25_000, 20_000] as const;
const OTHER = [25_000, 10_000, 10_000] as const;

const ALLOWANCES: Readonly<Record<string, readonly [number, number, number]>> = {
  central: CENTRAL,
  nhs_central: CENTRAL,
  local: LOCAL,
  nhs_local: LOCAL,
  emergency_service: LOCAL,
};

/** The default allowance in the financial year that starts in April of `year`. */
export function freeAllowance(organisationType: string | null, year: number): number {
  const [to2020, in2021, from2022] = ALLOWANCES[organisationType ?? ''] ?? OTHER;
  if (year <= 2020) return to2020;
  return year === 2021 ? in2021 : from2022;
}

/** The year in whose April the financial year of a time began, by London's clocks. */
export function financialYear(at: number): number {
  const clock = toLondonTime(new Date(at));
  return clock.getUTCMonth() < 3 ? clock.getUTCFullYear() - 1 : clock.getUTCFullYear();
}
