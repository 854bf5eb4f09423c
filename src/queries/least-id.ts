/** The least id that a row made at a time, in milliseconds since the epoch, can have. Nothing was made before 1970. */
export function leastId(at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
