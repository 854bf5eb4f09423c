/** Calls that may fail within a minute before their provider is said to fail. Source: workflows 1.9, as of 2026. */
const MOST_FAILURES = 50;
const WINDOW_MS = 60_000;

/**
 * Tells when a provider's calls fail too often, then begins to count anew. Failures are counted in this process alone:
 * where many processes share the traffic, each is patient for itself. `now` is in milliseconds.
 */
export function failureWatch(now: () => number, onFailing: (provider: string) => void): (provider: string) => void {
  const failures = new Map<string, number[]>();
  return (provider) => {
    const at = now();
    const recent = (failures.get(provider) ?? []).filter((failure) => failure > at - WINDOW_MS);
    recent.push(at);
    const isFailing = recent.length > MOST_FAILURES;
    failures.set(provider, isFailing ? [] : recent);
    if (isFailing) onFailing(provider);
  };
}
