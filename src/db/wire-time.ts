/** A time as services read it: six fractional digits and `Z`. Source: public-api, general wire conventions. */
export function wireTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}
