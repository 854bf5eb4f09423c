/**
 * A time as clients and services read it: six fractional digits and `Z` (public-api, general wire conventions). A number
 * is in milliseconds since the epoch.
 */
export function wireTime(at: number | Date): string {
  return `${new Date(at).toISOString().slice(0, -1)}000Z`;
}

export function wireTimeOrNull(at: number | Date | null): string | null {
  return at === null ? null : wireTime(at);
}
