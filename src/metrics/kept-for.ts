/** Answers what `read` answered less than `maxAgeMs` milliseconds ago, else asks it; never twice at once. */
export function keptFor<Value>(
  maxAgeMs: number,
  read: () => Promise<Value>,
  now: () => number = () => performance.now(),
): () => Promise<Value> {
  let kept: { value: Value; at: number } | null = null;
  let reading: Promise<Value> | null = null;
  const readAnew = async (): Promise<Value> => {
    try {
      const value = await read();
      kept = { value, at: now() };
      return value;
    } finally {
      reading = null;
    }
  };
  return async () => {
    if (kept !== null && now() - kept.at < maxAgeMs) return kept.value;
    reading ??= readAnew();
    return reading;
  };
}
