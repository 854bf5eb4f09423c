import { setTimeout as sleep } from 'node:timers/promises';
import { tokenOf } from '../src/app/banner.ts';
import type { Demo } from './program.ts';

/** Sends texts at a steady rate whatever happens, and remembers which were accepted. */
export class Load {
  /** Id → when its 201 came. */
  readonly accepted = new Map<string, number>();
  refused = 0;
  #running = false;
  #senders: Promise<void>[] = [];
  readonly #demo: () => Demo;
  readonly #perSecond: number;

  constructor(demo: () => Demo, perSecond: number) {
    this.#demo = demo;
    this.#perSecond = perSecond;
  }

  start(): void {
    this.#running = true;
    this.#senders = [this.#send()];
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#senders);
  }

  async #send(): Promise<void> {
    const demo = this.#demo();
    const open = new Set<Promise<void>>();
    for (let next = Date.now(); this.#running; next += 1000 / this.#perSecond) {
      await sleep(Math.max(0, next - Date.now()));
      if (open.size > 500) continue;
      const one: Promise<void> = this.#one(demo).finally(() => open.delete(one));
      open.add(one);
    }
    await Promise.all(open);
  }

  async #one(demo: Demo): Promise<void> {
    try {
      const response = await fetch(`${demo.api_url}/v2/notifications/sms`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenOf(demo.api_keys.normal)}` },
        body: JSON.stringify({
          phone_number: '07700900001',
          template_id: demo.templates.sms,
          personalisation: { name: 'x' },
        }),
        signal: AbortSignal.timeout(40_000),
      });
      const body = (await response.json()) as { id: string };
      if (response.status === 201) this.accepted.set(body.id, Date.now());
      else this.refused++;
    } catch {
      this.refused++;
    }
  }
}
