/** A time as clients read it: six fractional digits and `Z`. `at` is in milliseconds since the epoch. */
export function wireTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}000Z`;
}

export function wireTimeOrNull(at: number | null): string | null {
  return at === null ? null : wireTime(at);
}
