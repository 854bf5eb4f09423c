/** Every status that is still written. */
const WRITTEN_STATUSES = [
  'cancelled',
  'created',
  'sending',
  'sent',
  'delivered',
  'pending',
  'technical-failure',
  'temporary-failure',
  'permanent-failure',
  'pending-virus-check',
  'validation-failed',
  'virus-scan-failed',
  'returned-letter',
] as const;

/** Filter words that stand for several internal statuses, or for one of another name. Source: public-api 7.3. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  failed: [
    'technical-failure',
    'temporary-failure',
    'permanent-failure',
    'validation-failed',
    'virus-scan-failed',
    'returned-letter',
  ],
  accepted: ['created', 'sending'],
  received: ['delivered'],
};

/** The internal statuses that a filter means; empty for all of them. */
export function filteredStatuses(words: readonly string[]): string[] {
  const statuses = new Set(words.flatMap((word) => SYNONYMS[word] ?? [word]));
  return WRITTEN_STATUSES.every((status) => statuses.has(status)) ? [] : [...statuses];
}
