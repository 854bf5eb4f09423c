/** Waiting that can be called off as a whole: what is stopped never goes on, and holds no process open. */
export type Pauses = { pause(delayMs: number): Promise<void>; stop(): void };

export function pauses(): Pauses {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    pause: (delayMs) =>
      new Promise((resolve) => {
        if (stopped) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, delayMs);
        timers.add(timer);
      }),
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
