/** What went wrong, fit for a log and a row: an error's class, never its text, which may tell of a letter. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
