/** An event as trails and drawings write it, and what kind of event it is. */
export type EventName = { name: string; kind: 'done' | 'error' | 'after' | 'event' };

const names = new Map<string, EventName>();
const REMEMBERED = 1000;

/** XState's names for its own events, shortened for people: `sendToProvider.done`, `after.retryDelay`. */
export function eventName(type: string): EventName {
  let name = names.get(type);
  if (!name) {
    name = shortened(type);
    if (names.size < REMEMBERED) names.set(type, name);
  }
  return name;
}

function shortened(type: string): EventName {
  const [, ended, actor] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? [];
  if (ended !== undefined) return { name: `${actor}.${ended}`, kind: ended === 'done' ? 'done' : 'error' };
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(type) ?? [];
  return delay === undefined ? { name: type, kind: 'event' } : { name: `after.${delay}`, kind: 'after' };
}
