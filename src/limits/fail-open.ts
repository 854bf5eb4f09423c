export type FailOpenOptions = {
  /** What failed, for the log. */
  store: string;
  /** Milliseconds after which no answer is waited for. */
  timeoutMs: number;
  log: { error(facts: object, message: string): void };
  /** Milliseconds, monotonic. Default `performance.now`. */
  now?: () => number;
};

/** Does `work`; null where it failed, or was not tried because others just did. */
export type FailOpen = <Answer>(operation: string, key: string, work: () => Promise<Answer>) => Promise<Answer | null>;

/** Longer than the Redis client takes to notice that nobody answers and to connect anew. */
const PAUSE_MS = 2000;

class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

/**
 * Makes calls to something that is allowed to be away. After a failure, one call in two seconds is made and all others
 * are not, so that a dead store costs no latency and writes no more than one line for each of them. The first call that
 * succeeds ends this.
 */
export function failOpen({ store, timeoutMs, log, now = () => performance.now() }: FailOpenOptions): FailOpen {
  let isAway = false;
  let nextTry = 0;

  return async (operation, key, work) => {
    const isProbe = isAway;
    if (isProbe) {
      if (now() < nextTry) return null;
      nextTry = now() + PAUSE_MS;
    }
    try {
      const answer = await inTime(work(), timeoutMs);
      isAway = false;
      return answer;
    } catch (error) {
      const isNews = isProbe || !isAway;
      isAway = true;
      nextTry = now() + PAUSE_MS;
      if (isNews) log.error({ err: error }, `${store} error performing ${operation} on ${key}`);
      return null;
    }
  };
}

function inTime<Answer>(work: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerInTime()), timeoutMs);
    work.then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
